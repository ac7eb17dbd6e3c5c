import { trunkline } from '../../../handlers/slack/trunkline.ts';
import {
  changeIntentPayload,
  freezePayload,
  promotePayload,
  showChangesPayload,
} from '../../../jobs/change/payloads.ts';
import { REPO } from '../../support/sample-platform.ts';
import { HandlerScene, TESS, wordsOfView } from './scene.ts';

async function typed(text: string, scene = new HandlerScene(), triggerId = 'T1') {
  const reaction = trunkline(text);
  if (reaction.kind !== 'open') throw new Error(`${text} opens nothing`);
  await reaction.open(scene.deps, { user: TESS, triggerId });
  return scene;
}

function answered(text: string): string {
  const reaction = trunkline(text);
  if (reaction.kind !== 'answer') throw new Error(`${text} opens something`);
  expect(reaction.answer.response_type).toBe('ephemeral');
  return reaction.answer.text;
}

function everyPayload(scene: HandlerScene): number {
  for (const payload of scene.said) changeIntentPayload.parse(payload);
  for (const payload of scene.promoted) promotePayload.parse(payload);
  for (const payload of scene.frozen) freezePayload.parse(payload);
  for (const payload of scene.shown) showChangesPayload.parse(payload);
  return scene.said.length + scene.promoted.length + scene.frozen.length + scene.shown.length;
}

describe('/trunkline about changes', () => {
  it.each([
    ['hold 12 the database moves', { kind: 'hold', reason: 'the database moves' }],
    ['hold #12', { kind: 'hold', reason: 'no reason given' }],
    ['unhold 12', { kind: 'unhold' }],
    ['override 12 customers cannot pay', { kind: 'override', reason: 'customers cannot pay' }],
    ['withdraw acme/platform 12', { kind: 'withdraw' }],
  ])('%s opens a view at once and leaves one wish in the queue', async (text, wish) => {
    const scene = await typed(text);
    expect(wordsOfView(scene.opened[0])).toContain('One moment');
    expect(scene.said).toEqual([
      {
        v: 1,
        repo: REPO,
        actionId: expect.stringMatching(/^[a-z]+-[0-9a-f]{32}$/),
        by: { slack: TESS },
        askedAt: expect.any(Number),
        change: 12,
        via: 'slack',
        wish,
        answer: { kind: 'view', viewId: 'V1' },
      },
    ]);
    expect(everyPayload(scene)).toBe(1);
  });

  it('is one deed however often one command is delivered, and another for the next', async () => {
    const scene = new HandlerScene();
    for (const triggerId of ['T1', 'T1', 'T2']) await typed('hold 12', scene, triggerId);
    const [one, again, next] = scene.said.map(({ actionId }) => actionId);
    expect(again).toBe(one);
    expect(next).not.toBe(one);
  });

  it.each([
    ['changes', { kind: 'all' }],
    ['changes acme/platform', { kind: 'all' }],
    ['change 12', { kind: 'one', change: 12 }],
    ['doctor', { kind: 'doctor' }],
    ['promote', { kind: 'promote' }],
  ])('%s has a job draw it into a view', async (text, what) => {
    const scene = await typed(text);
    expect(scene.opened).toHaveLength(1);
    expect(scene.shown).toEqual([{ v: 1, repo: REPO, askedBy: TESS, viewId: 'V1', what }]);
    expect(everyPayload(scene)).toBe(1);
  });

  it.each([
    ['promote v0.0.3', 'v0.0.3', []],
    ['promote v0.0.3 aws prod', 'v0.0.3', ['aws', 'prod']],
    ['promote acme/platform v0.0.3 aws', 'v0.0.3', ['aws']],
  ])('%s is one promotion in the queue', async (text, tag, where) => {
    const scene = await typed(text);
    await typed(text, scene);
    expect(scene.promoted[0]).toMatchObject({ repo: REPO, askedBy: TESS, tag, where, viewId: 'V1' });
    expect(scene.promoted[1]?.requestId).toBe(scene.promoted[0]?.requestId);
    expect(everyPayload(scene)).toBe(2);
  });

  it.each([
    ['freeze fair week', { kind: 'freeze', reason: 'fair week' }],
    [
      'freeze fair week until 2027-03-01 18:00',
      { kind: 'freeze', reason: 'fair week', until: '2027-03-01T18:00:00.000Z' },
    ],
    ['unfreeze', { kind: 'unfreeze' }],
    ['unfreeze acme/platform', { kind: 'unfreeze' }],
  ])('%s leaves its wish in the queue', async (text, wish) => {
    const scene = await typed(text);
    expect(scene.frozen).toMatchObject([{ repo: REPO, askedBy: TESS, wish, viewId: 'V1' }]);
    expect(everyPayload(scene)).toBe(1);
  });

  it.each([
    ['change', '/trunkline change 12'],
    ['change twelve', '/trunkline change 12'],
    ['change 12 13', '/trunkline change 12'],
    ['hold', '/trunkline hold 12'],
    ['hold release', '/trunkline hold 12'],
    ['unhold 12 now', '/trunkline unhold 12'],
    ['override 12', 'needs a reason'],
    ['override customers cannot pay', '/trunkline override 12'],
    [`hold 12 ${'x'.repeat(1_001)}`, 'at most 1000 characters'],
    ['withdraw', '/trunkline withdraw 12'],
    ['freeze', 'needs a reason'],
    ['freeze fair until monday', 'until 2027-01-04 08:00'],
    ['unfreeze 12', '/trunkline unfreeze'],
    [`promote v1 ${'x'.repeat(101)}`, '/trunkline promote v0.0.3 aws prod'],
  ])('%s is answered at once with what to type (%s)', (text, words) => {
    expect(answered(text)).toContain(words);
  });

  it.each([
    'changes other/platform',
    'hold other/platform 12',
    'promote other/platform v1',
    'freeze other/platform x',
  ])('%s takes no repository that is not ours', async (text) => {
    const scene = await typed(text);
    expect(everyPayload(scene)).toBe(0);
    expect(wordsOfView(scene.opened[0])).toContain('acme/platform');
  });

  it.each(['changes', 'hold 12', 'promote v1', 'promote', 'freeze x', 'doctor'])(
    '%s says in its view that nothing was recorded while Redis is away',
    async (text) => {
      const scene = new HandlerScene();
      scene.queueFails = true;
      await typed(text, scene);
      expect(wordsOfView(scene.updated.at(-1)?.view)).toContain('Nothing was recorded');
    },
  );
});
