import { type ChangeStage, setChangeStage } from '../support/change-stage.ts';
import { eventually } from '../support/eventually.ts';
import { Rollouts } from '../support/rollouts.ts';

const POLICY = '.github/trunkline.yaml';
const WAVES = '  waves: [{ places: ["azure-*"] }, { places: ["aws-*"] }]';
const broken = { cluster: 'azure-v1', namespace: 'prod-westeurope', name: 'tenants-prod' };

let at: ChangeStage;
let rollouts: Rollouts;

// Each case on a stage of its own: Slack lets the bot read its groups only so often a minute.
beforeEach(async () => {
  at = await setChangeStage({ fleet: { timing: { applyMs: 500, longestIntervalMs: 8_000 } } });
  const { stage, promotions, patOnGitHub } = at;
  await stage.world.fleet.ready;
  const { rulesets } = stage.world.github.world.state;
  const rules = [...rulesets];
  // As somebody with a bypass does: the policy is production itself.
  rulesets.clear();
  const text = await promotions.read('main', POLICY);
  await promotions.write(patOnGitHub, 'main', POLICY, text.replace('\nchanges:\n', `\nchanges:\n${WAVES}\n`));
  for (const [id, rule] of rules) rulesets.set(id, rule);
  rollouts = new Rollouts(at.olli);
}, 120_000);

afterEach(async () => at?.stage.close(), 60_000);

async function fleet(what: 'break' | 'mend', body: object): Promise<void> {
  const answer = await fetch(`${at.stage.world.url}/control/fleet/${what}`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(body),
  });
  if (!answer.ok) throw new Error(`${what}: ${answer.status} ${await answer.text()}`);
}

interface Promotion {
  readonly change: number;
  readonly tag: string;
}

/** Asks for a promotion everywhere. */
async function promoteAll(): Promise<Promotion> {
  const tag = await at.promotions.tag();
  await at.pat.command('/trunkline', `promote ${tag}`);
  const view = await at.pat.sees('The change is opened');
  await at.pat.closeAll();
  return { change: Number(/\d+/.exec(view.title)?.[0]), tag };
}

const pullsOf = ({ tag }: Promotion) =>
  at.promotions.pulls.filter(({ headRef }) => headRef.startsWith(`promote-${tag}-`));

/** Waits for a wave's pull request, has both approve it, and waits for its merge. */
async function merged(one: Promotion, cloud: 'azure' | 'aws'): Promise<number> {
  const pull = await eventually(
    `the pull request of ${one.tag} to ${cloud}`,
    () => pullsOf(one).find(({ headRef }) => headRef.includes(`-${cloud}-`)),
    40_000,
  );
  await at.ana.change(one.change, '0 of 2');
  await at.bothApprove({ ...one, pull: pull.number });
  await at.promotions.merged({ ...one, pull: pull.number }, 70_000);
  return pull.number;
}

/** Whether every Kustomization of a cloud's production has applied the tag, by what the cluster itself holds. */
function runs(cloud: 'azure' | 'aws', tag: string): boolean {
  const member = at.stage.world.fleet.member(`${cloud}-v1`);
  const wanted = `${tag}@sha1:${at.promotions.commitOf(tag)}`;
  const all = [...(member?.cluster.store.list('kustomizations') ?? [])].filter((each) =>
    JSON.stringify(each).includes('"name":"release"'),
  );
  return (
    all.length > 0 && all.every((each) => JSON.stringify(each).includes(`"lastAppliedRevision":"${wanted}"`))
  );
}

describe('the rollout of a promotion in waves', () => {
  it('opens the second only once the first runs everywhere, and tells of both in one message', async () => {
    const one = await promoteAll();
    const opened: boolean[] = [];
    const watch = setInterval(() => {
      if (pullsOf(one).length > 1) opened.push(runs('azure', one.tag));
    }, 20);
    const first = await merged(one, 'azure');
    await rollouts.says(one.change, '(1 more to be merged)');
    const second = await merged(one, 'aws');
    clearInterval(watch);
    expect(opened[0]).toBe(true);
    const text = await rollouts.says(one.change, `${one.tag} runs everywhere`);
    expect(text).toContain(`#${first}`);
    expect(text).toContain(`#${second}`);
    expect(rollouts.all).toHaveLength(1);
    expect(runs('aws', one.tag)).toBe(true);
    await eventually('the thread tells of the end', () =>
      rollouts.thread(one.change).includes('runs everywhere'),
    );
    expect(rollouts.thread(one.change).split('runs everywhere')).toHaveLength(3);
  }, 180_000);

  it('opens no second where the first fails, before it has recovered', async () => {
    await fleet('break', { ...broken, how: 'apply' });
    const one = await promoteAll();
    await merged(one, 'azure');
    await rollouts.says(one.change, 'has failed');
    await at.ana.change(one.change, 'failed', 40_000);
    expect(pullsOf(one)).toHaveLength(1);
    expect(rollouts.rawThread(one.change)).toContain('S0ONCALL01');
    await fleet('mend', { ...broken, reconcile: true });
    await eventually(
      'the thread tells of the recovery',
      () => rollouts.thread(one.change).includes('has recovered where'),
      30_000,
    );
    await merged(one, 'aws');
    await rollouts.says(one.change, `${one.tag} runs everywhere`);
    expect(rollouts.all).toHaveLength(1);
  }, 240_000);

  it('keeps the second shut when the first fails after it had run, until it runs again', async () => {
    const one = await promoteAll();
    await merged(one, 'azure');
    const second = await eventually(
      'the second pull request',
      () => pullsOf(one).find(({ headRef }) => headRef.includes('-aws-')),
      40_000,
    );
    await fleet('break', { ...broken, how: 'apply' });
    await at.ana.change(one.change, 'failed', 90_000);
    await at.bothApprove({ ...one, pull: second.number });
    await rollouts.says(one.change, 'has failed');
    expect(at.promotions.pull(second.number).merged).toBe(false);
    await fleet('mend', { ...broken, reconcile: true });
    await at.promotions.merged({ ...one, pull: second.number }, 90_000);
    await rollouts.says(one.change, `${one.tag} runs everywhere`);
  }, 300_000);
});
