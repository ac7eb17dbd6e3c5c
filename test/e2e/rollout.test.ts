import { type ChangeStage, setChangeStage } from '../support/change-stage.ts';
import { eventually } from '../support/eventually.ts';
import { openPull } from '../support/open-pull.ts';
import type { OnePull } from '../support/promotions.ts';
import { Rollouts } from '../support/rollouts.ts';

let at: ChangeStage;
let rollouts: Rollouts;

beforeAll(async () => {
  at = await setChangeStage({ fleet: { timing: { applyMs: 500, longestIntervalMs: 8_000 } } });
  await at.stage.world.fleet.ready;
  rollouts = new Rollouts(at.olli);
}, 120_000);

afterAll(async () => at?.stage.close(), 60_000);

const broken = { cluster: 'aws-v1', namespace: 'prod-eu-west-1', name: 'tenants-prod' };

async function fleet(what: 'break' | 'mend' | 'outage' | 'suspend', body: object): Promise<void> {
  const answer = await fetch(`${at.stage.world.url}/control/fleet/${what}`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(body),
  });
  if (!answer.ok) throw new Error(`${what}: ${answer.status} ${await answer.text()}`);
}

async function promoted(): Promise<OnePull> {
  const one = await at.promotions.promote();
  await at.bothApprove(one);
  await at.promotions.merged(one);
  return one;
}

const threadSays = (change: number, words: string) =>
  eventually(`the thread of the rollout of change ${change} says "${words}"`, () =>
    rollouts.thread(change).includes(words),
  );

const commentOn = (pull: number, words: string) =>
  eventually(
    `a comment on #${pull} says "${words}"`,
    () =>
      [...at.stage.world.github.world.state.comments.values()].some(
        ({ issueNumber, body }) => issueNumber === pull && body.includes(words),
      ),
    20_000,
  );

/** The newest deployment of a promoted tag's commit, with its last status. */
function deploymentOf({ tag }: OnePull) {
  const { state } = at.stage.world.github.world;
  const found = [...state.deployments.values()].findLast(({ sha }) => sha === at.promotions.commitOf(tag));
  return found && { environment: found.environment, sha: found.sha, state: found.statuses.at(-1)?.state };
}

describe('the rollout of a promotion', () => {
  it('is told in one message, from the merge until every cluster runs it', async () => {
    const one = await promoted();
    const text = await rollouts.says(one.change, `${one.tag} runs everywhere`);
    expect(text).toContain('U0APPRVR01');
    expect(text).toContain(`#${one.pull} chore(release)`);
    expect(rollouts.all).toHaveLength(1);
    await threadSays(one.change, 'runs everywhere');
    await commentOn(one.pull, `**${one.tag}** is live`);
    await at.says(one, 'How it rolls out');
    await eventually('GitHub shows the deployment', () => deploymentOf(one)?.state === 'success');
    expect(deploymentOf(one)).toMatchObject({
      environment: 'aws-v1-prod',
      sha: at.promotions.commitOf(one.tag),
    });
  }, 90_000);

  it('is shown to whoever asks, by version, by pull request, or the latest', async () => {
    for (const words of ['rollout', 'rollout v0.2.1', 'rollout #13']) await at.olli.asks(words, 'v0.2.1');
    await at.olli.asks('rollout v9', 'knows no rollout of v9');
  }, 60_000);

  it('tells of a failure at once, mentions who can help, and tells of the recovery', async () => {
    await fleet('break', { ...broken, how: 'apply' });
    const one = await promoted();
    const text = await rollouts.says(one.change, 'has failed');
    expect(text).toContain('5 of 6 applied; tenants-prod fails: ReconciliationFailed');
    await threadSays(one.change, 'ReconciliationFailed');
    expect(rollouts.rawThread(one.change)).toContain('S0ONCALL01');
    expect(rollouts.rawThread(one.change)).toContain('U0PLATFM01');
    await commentOn(one.pull, 'has failed');
    await rollouts.press(one.change, 'rollout_show_why', 'Ready is False (ReconciliationFailed)');
    await fleet('mend', { ...broken, reconcile: false });
    await rollouts.press(one.change, 'rollout_try_again', 'was asked to try');
    await rollouts.says(one.change, 'runs everywhere');
    await threadSays(one.change, 'has recovered');
    expect(rollouts.all).toHaveLength(2);
  }, 90_000);

  it('goes on after the bot was killed and Redis lost everything, in the same message', async () => {
    await fleet('suspend', { ...broken, suspend: true });
    const one = await promoted();
    await rollouts.says(one.change, 'tenants-prod is suspended');
    await at.stage.flushRedis();
    await at.stage.restart();
    await fleet('suspend', { ...broken, suspend: false });
    await rollouts.says(one.change, 'runs everywhere', 60_000);
    expect(rollouts.all).toHaveLength(3);
    await threadSays(one.change, 'runs everywhere');
  }, 120_000);

  it.each([
    ['does not answer', { kind: 'timeout' }, 'because it does not answer'],
    ['fails', { kind: 'error', status: 503 }, 'because its API fails'],
  ])(
    'shows a cluster that %s as unknown, and goes on once it answers',
    async (_what, outage, words) => {
      const one = await at.promotions.promote();
      await at.approves(at.ana, one);
      await fleet('outage', { cluster: 'aws-v1', outage });
      await at.approves(at.ben, one);
      await rollouts.says(one.change, words, 60_000);
      await fleet('outage', { cluster: 'aws-v1', outage: null });
      await rollouts.says(one.change, 'runs everywhere', 60_000);
    },
    150_000,
  );

  it('says that a tag was moved after its approval, and that nobody approved what runs', async () => {
    await fleet('break', { ...broken, how: 'apply' });
    const one = await promoted();
    await rollouts.says(one.change, 'has failed');
    const moved = await at.promotions.moveTag(at.patOnGitHub, one.tag);
    const text = await rollouts.says(one.change, 'the tag was moved after its approval', 30_000);
    expect(text).toContain(`now holds ${moved.slice(0, 7)}, which nobody approved`);
    await fleet('mend', { ...broken, reconcile: true });
    await rollouts.press(one.change, 'change_back', 'The change is opened');
    await rollouts.says(one.change, 'was overtaken by v0.2.', 60_000);
  }, 150_000);
});

describe('the rollout of a merge that changes nothing in production', () => {
  it('is told on its pull request alone', async () => {
    const number = await openPull(
      at.patOnGitHub,
      'quiet',
      'tenants/aws/non-prod/quiet.yaml',
      'apiVersion: v1\nkind: ConfigMap\nmetadata:\n  name: quiet\n  namespace: guestbook\n',
    );
    await eventually('its check is green', () => at.promotions.check(number) === 'success');
    await at.patOnGitHub.call('PUT', `/pulls/${number}/merge`, { merge_method: 'squash' });
    await commentOn(number, 'non-prod-eu-west-1');
    expect(JSON.stringify(rollouts.all)).not.toContain(`/pull/${number}`);
  }, 60_000);
});
