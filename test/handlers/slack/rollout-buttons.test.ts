import { pressShowWhy, pressTryAgain } from '../../../handlers/slack/rollout/press-rollout.ts';
import { ROLLOUT } from '../../../handlers/slack/rollout/rollout-verb.ts';
import { showRolloutPayload, showWhyPayload, tryAgainPayload } from '../../../jobs/rollout/payloads.ts';
import { rolloutKeyOf } from '../../../jobs/rollout/rollout.ts';
import { failureButtons } from '../../../src/views/rollout-actions.ts';
import { REPO } from '../../support/sample-platform.ts';
import { HandlerScene, TESS, wordsOfView } from './scene.ts';

const target = {
  rollout: rolloutKeyOf.change(REPO, 12),
  management: 'aws-v1-mgmt',
  kind: 'kustomization',
  id: 'prod-1/tenants-prod',
} as const;

/** What stands behind the buttons that people see. */
function buttonValue(over: Partial<Parameters<typeof failureButtons>[0]> = {}): string {
  const [row] = failureButtons({ ...target, ...over }, undefined);
  const [button] = row?.elements ?? [];
  if (button?.type !== 'button' || button.value === undefined) throw new Error('there is no button');
  return button.value;
}

function press(value: unknown = buttonValue(), actionTs = '1800000000.100', user: string = TESS) {
  return {
    type: 'block_actions',
    user: { id: user, username: 'tess' },
    trigger_id: 'T1',
    message: { ts: '1800000000.000', text: 'v2 has failed' },
    container: { type: 'message', message_ts: '1800000000.000', channel_id: 'C1' },
    actions: [{ type: 'button', action_id: 'x', block_id: 'b', value, action_ts: actionTs }],
  };
}

const named = { management: 'aws-v1-mgmt', kind: 'kustomization', id: 'prod-1/tenants-prod' };

describe('the buttons under a rollout that failed', () => {
  it('open a view at once, and have the cluster asked why', async () => {
    const scene = new HandlerScene();
    await pressShowWhy(scene.deps, press());
    expect(wordsOfView(scene.opened[0])).toContain('asking the management clusters');
    expect(scene.rollouts).toMatchObject([{ v: 1, repo: REPO, askedBy: TESS, viewId: 'V1', target: named }]);
    expect(showWhyPayload.safeParse(scene.rollouts[0]).success).toBe(true);
  });

  it('have Flux try again once for one press, however often Slack delivers it', async () => {
    const scene = new HandlerScene();
    for (const body of [
      press(),
      press(),
      press(buttonValue(), '1800000000.200'),
      press(buttonValue(), undefined, 'U0LEAD'),
    ])
      await pressTryAgain(scene.deps, body);
    const payloads = scene.rollouts.map((each) => tryAgainPayload.parse(each));
    const [one, again, ...others] = payloads.map(({ actionId }) => actionId);
    expect(again).toBe(one);
    expect(new Set([one, ...others]).size).toBe(3);
    expect(payloads[0]).toMatchObject({ askedBy: TESS, target: named });
  });

  it('are of a quiet merge as well', async () => {
    const scene = new HandlerScene();
    await pressShowWhy(scene.deps, press(buttonValue({ rollout: rolloutKeyOf.pull(REPO, 3) })));
    expect(scene.rollouts).toHaveLength(1);
  });

  it('say that nothing was done while Redis is away', async () => {
    const scene = new HandlerScene();
    scene.queueFails = true;
    await pressTryAgain(scene.deps, press());
    expect(wordsOfView(scene.updated.at(-1)?.view)).toContain('Nothing was done');
  });

  it.each([
    ['of another repository', buttonValue({ rollout: 'other/platform~12' })],
    ['of a rollout that is none', buttonValue({ rollout: 'other' })],
    ['without a cluster', buttonValue({ management: '' })],
    ['of an object without a namespace', buttonValue({ id: 'tenants-prod' })],
    ['of an object with a path for a name', buttonValue({ id: 'prod-1/../../secrets/x' })],
    ['with more than there is', JSON.stringify({ ...JSON.parse(buttonValue()), by: 'U0BOSS' })],
    ['of a kind that Flux does not know', JSON.stringify({ ...JSON.parse(buttonValue()), k: 'secret' })],
    ['with a list for a name', JSON.stringify({ ...JSON.parse(buttonValue()), i: ['a/b'] })],
    ['that is no JSON', '{'],
    ['that is JSON of nothing', 'null'],
    ['that is huge', buttonValue().replace('tenants-prod', 'x'.repeat(2_500))],
    ['that is missing', null],
  ])('ask for nothing with a value %s, and say so', async (_what, value) => {
    for (const pressed of [pressShowWhy, pressTryAgain]) {
      const scene = new HandlerScene();
      await pressed(scene.deps, press(value));
      expect(scene.rollouts).toEqual([]);
      expect(wordsOfView(scene.opened[0])).toContain('not about a rollout of this platform');
    }
  });

  it('are not shown where a value would be too long for Slack', () => {
    expect(failureButtons({ ...target, id: `a/${'x'.repeat(2_000)}` }, undefined)).toEqual([]);
  });

  it('offer no second try of a HelmRelease, which Flux makes anew by its Kustomization', () => {
    const labels = JSON.stringify(failureButtons({ ...target, kind: 'helm-release' }, undefined));
    expect(labels).toContain('Show why');
    expect(labels).not.toContain('Try again');
  });
});

describe('/trunkline rollout', () => {
  const ask = async (rest: string) => {
    const scene = new HandlerScene();
    if (ROLLOUT.kind !== 'reads') throw new Error('it reads');
    const read = ROLLOUT.read(rest);
    if (read.kind === 'mistake') return { scene, mistake: JSON.stringify(read.answer) };
    await read.open(scene.deps, { user: TESS, triggerId: 'T1' });
    return { scene, mistake: undefined };
  };

  it.each([
    ['', { kind: 'latest' }],
    ['v0.0.3', { kind: 'version', version: 'v0.0.3' }],
    ['#42', { kind: 'pull-request', number: 42 }],
  ])('"%s" leaves the wish in the queue', async (rest, asked) => {
    const { scene } = await ask(rest);
    expect(scene.rollouts).toEqual([{ v: 1, repo: REPO, askedBy: TESS, viewId: 'V1', asked }]);
    expect(showRolloutPayload.safeParse(scene.rollouts[0]).success).toBe(true);
  });

  it.each(['v1 v2', 'x'.repeat(300)])('asks for one version at a time: %s', async (rest) => {
    const { scene, mistake } = await ask(rest);
    expect(mistake).toContain('One version or pull request at a time');
    expect(scene.rollouts).toEqual([]);
  });
});
