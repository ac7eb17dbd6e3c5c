import { promote } from '../../../jobs/change/promote.ts';
import { lookAtChange } from '../../../jobs/look-at-change.ts';
import type { RequestId } from '../../../src/domain/ids.ts';
import { RetryableError } from '../../../src/errors.ts';
import { ChangeJobScene, HEAD, idOf, MOVED, policyText, pullFacts, refOf } from './change-scene.ts';

const REQUEST = 'req-00000000000000aa' as RequestId;

function emptyScene(policy?: string): ChangeJobScene {
  const scene = new ChangeJobScene(policy);
  scene.changes.pulls.clear();
  return scene;
}

const ask = (scene: ChangeJobScene, over: object = {}, attempt = 1) =>
  scene.run(
    promote,
    {
      requestId: REQUEST,
      askedBy: idOf('rita'),
      askedAt: 1,
      tag: 'v0.2.0',
      where: [],
      viewId: 'V1',
      ...over,
    },
    attempt,
  );

describe('a promotion that somebody asks for', () => {
  it('is a change on the ledger before the person is told, and is looked at', async () => {
    const scene = emptyScene();
    scene.book.before = () => expect(scene.views.shown.size).toBe(0);
    await ask(scene);
    expect(scene.deeds('opened')).toMatchObject([
      {
        change: 1,
        what: { kind: 'promotion', tag: 'v0.2.0', automatic: false, back: false },
        requester: { login: 'rita' },
        places: [{ wave: 0 }],
      },
    ]);
    expect(scene.hints).toEqual(['change 1']);
    expect(scene.views.shown.size).toBe(1);
  });

  it('is one, however often it comes, and after a crash at the record', async () => {
    const scene = emptyScene();
    scene.book.done = () => {
      throw new RetryableError('killed');
    };
    await expect(ask(scene)).rejects.toThrow('killed');
    scene.restart();
    await ask(scene);
    await ask(scene);
    expect(scene.deeds('opened')).toHaveLength(1);
  });

  it('is one of two that want the same at once', async () => {
    const scene = emptyScene();
    await Promise.all([ask(scene), ask(scene, { requestId: 'req-00000000000000bb' })]);
    expect(scene.deeds('opened')).toHaveLength(1);
  });

  it.each<[string, object, (scene: ChangeJobScene) => void]>([
    ['a tag that is not there', { tag: 'v9.0.0' }, () => {}],
    [
      'a tag that is no version',
      { tag: 'nightly' },
      (scene) => void scene.changes.tags.set('nightly', MOVED),
    ],
    ['what runs already', { tag: 'v0.1.0' }, () => {}],
    ['a place that nobody knows', { where: ['mars'] }, () => {}],
    ['no tag at all', { tag: undefined }, () => {}],
    ['a guest', {}, (scene) => void scene.gone.add(idOf('rita'))],
    ['a stranger who is on call nowhere, back', { tag: undefined, backFrom: 1 }, () => {}],
    [
      'a policy with mistakes',
      {},
      (scene) => {
        scene.policy = 'changes: 7';
      },
    ],
  ])('is refused for %s', async (_what, over, spoil) => {
    const scene = emptyScene();
    spoil(scene);
    await ask(scene, over);
    expect(scene.book.records).toEqual([]);
    expect(scene.views.shown.size).toBe(1);
    expect(scene.hints).toEqual([]);
  });

  it('refuses an external number that does not fit, and takes one that does', async () => {
    const scene = emptyScene(policyText('  externalNumber: { name: CHG, pattern: "CHG[0-9]+" }'));
    await ask(scene, { externalNumber: 'x CHG1' });
    expect(scene.book.records).toEqual([]);
    await ask(scene, { externalNumber: 'CHG1' });
    expect(scene.deeds('opened')).toMatchObject([{ externalNumber: 'CHG1' }]);
  });

  it('is not told while the ledger is away, and not for ever', async () => {
    const scene = emptyScene();
    scene.book.trouble = new RetryableError('away');
    await expect(ask(scene)).rejects.toThrow('away');
    expect(scene.views.shown.size).toBe(0);
    await ask(scene, {}, 5);
    expect(scene.views.shown.size).toBe(1);
  });
});

describe('the pull request of a promotion', () => {
  async function asked(): Promise<ChangeJobScene> {
    const scene = emptyScene();
    scene.changes.opens = ({ branch, title, body }) =>
      pullFacts({ number: 8, branch, title, body, head: HEAD, ours: true, author: undefined, authors: [] });
    scene.changes.pusher = { kind: 'us' };
    await ask(scene);
    return scene;
  }
  const look = (scene: ChangeJobScene) => scene.run(lookAtChange, { number: 1 });

  it('is opened once, with one line turned, and waits for approvals', async () => {
    const scene = await asked();
    await look(scene);
    await look(scene);
    expect(scene.changes.opened).toHaveLength(1);
    const [plan] = scene.changes.opened;
    expect(plan?.file.content).toBe(scene.changes.file.replace('v0.1.0', 'v0.2.0'));
    expect(scene.changes.pulls.get(8)?.ownCheck).toMatchObject({ status: 'in_progress' });
    expect(scene.changes.merges).toEqual([]);
  });

  it('is opened once though the process dies before or after it', async () => {
    for (const when of ['before', 'done'] as const) {
      const scene = await asked();
      scene.changes[when] = (method) => {
        if (method === 'openPromotion') throw new Error('killed');
      };
      await expect(look(scene)).rejects.toThrow('killed');
      scene.restart();
      await look(scene);
      expect(scene.changes.opened).toHaveLength(1);
      expect(scene.changes.pulls.size).toBe(1);
    }
  });

  it("says so once when its branch is somebody else's, and goes on", async () => {
    const scene = await asked();
    scene.changes.opens = undefined;
    await look(scene);
    await look(scene);
    expect(scene.changes.pulls.size).toBe(0);
    expect(scene.speaker.said.filter(({ key }) => key.includes('trouble'))).toHaveLength(1);
  });

  it('is not opened for a tag that is gone by then', async () => {
    const scene = await asked();
    scene.changes.tags.delete('v0.2.0');
    await look(scene);
    expect(scene.changes.opened).toEqual([]);
  });

  it('never is that of somebody else with the same branch', async () => {
    const scene = await asked();
    const branch = scene.deeds('opened')[0]?.places[0]?.branch ?? '';
    scene.changes.pulls.set(9, pullFacts({ number: 9, branch, ours: false }));
    scene.record({
      kind: 'approved',
      change: 1,
      by: refOf('ann'),
      subjects: [{ ...scene.subjectOf(9) }],
      via: 'slack',
    });
    await look(scene);
    expect(scene.changes.merges).toEqual([]);
    expect(scene.changes.checks).toEqual([]);
  });

  it('is closed once the change is withdrawn, and once a newer one takes its place', async () => {
    const withdrawn = await asked();
    await look(withdrawn);
    withdrawn.record({
      kind: 'ended',
      change: 1,
      why: 'withdrawn',
      by: refOf('rita'),
      supersededBy: undefined,
    });
    await look(withdrawn);
    expect(withdrawn.changes.pulls.get(8)?.state).toBe('closed');

    const superseded = await asked();
    await look(superseded);
    superseded.changes.tags.set('v0.3.0', MOVED);
    await ask(superseded, { tag: 'v0.3.0', requestId: 'req-00000000000000cc' });
    await look(superseded);
    expect(superseded.deeds('ended')).toMatchObject([{ why: 'superseded', supersededBy: 2 }]);
    expect(superseded.changes.pulls.get(8)?.state).toBe('closed');
  });
});
