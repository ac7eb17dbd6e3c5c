import { eventually } from '../../test/support/eventually.ts';
import { PersonOnGitHub } from '../../test/support/person-on-github.ts';
import { beside, type Measurement, round } from '../measurement.ts';
import { median } from '../statistics.ts';
import { applied, onRolloutStage, type RolloutStage } from '../support/on-rollout-stage.ts';

const TIMES = 3;
const MOST = 1.3;
const MAIN = '/apis/source.toolkit.fluxcd.io/v1/namespaces/flux-system/gitrepositories/main';
const POLICY = '.github/trunkline.yaml';
const SOURCE = 'providers/aws/v1/mgmt/namespaced/flux-system/gitrepository-release.yaml';

/** How long it takes from a merge until production has applied it, with and without asking Flux to fetch it. */
export const mergeToApplied: Measurement = {
  name: 'merge-to-applied',
  figures: ['merge-to-applied', 'merge-to-applied-by-polling'],
  async measure(say) {
    const alone = await onRolloutStage({}, (stage) => repeatedly(() => withoutBot(stage)));
    say(`Flux alone, asked at the moment of the merge: ${alone.map(Math.round).join(', ')} ms`);
    const asked = await onRolloutStage({}, async (stage) => {
      await stage.startBot();
      return repeatedly(() => withBot(stage));
    });
    say(`the bot asks Flux: ${asked.map(Math.round).join(', ')} ms`);
    const polled = await onRolloutStage({}, async (stage) => {
      await askNobody(stage);
      await stage.startBot();
      return repeatedly(() => withBot(stage));
    });
    say(`Flux polls: ${polled.map(Math.round).join(', ')} ms`);
    const [with_, without] = [median(asked), median(alone)];
    return {
      'merge-to-applied': {
        ...beside(with_, without, 'ms'),
        of: 'applying alone',
        bound: `at most ${MOST} of applying alone`,
        ok: with_ <= MOST * without,
      },
      'merge-to-applied-by-polling': { value: round(median(polled)), unit: 'ms' },
    };
  },
};

async function repeatedly(act: () => Promise<number>): Promise<number[]> {
  const times: number[] = [];
  for (let n = 0; n < TIMES; n += 1) times.push(await act());
  return times;
}

/** A commit that promotes, of which Flux is told at once by whoever made it. */
async function withoutBot(stage: RolloutStage): Promise<number> {
  const { world, member, promotions } = stage;
  const pat = new PersonOnGitHub(world, 'pat-platform');
  const tag = await promotions.tag();
  const files = await promotions.turned(tag);
  await promotions.write(pat, 'main', SOURCE, files[SOURCE]);
  const mergedAt = performance.now();
  const { name, tokens } = member.cluster;
  const annotations = { 'reconcile.fluxcd.io/requestedAt': new Date().toISOString() };
  const answer = await fetch(`${world.url}/kubernetes/${name}~${tokens.admin}${MAIN}`, {
    method: 'PATCH',
    headers: { 'content-type': 'application/merge-patch+json' },
    body: JSON.stringify({ metadata: { annotations } }),
  });
  if (!answer.ok) throw new Error(`Flux could not be asked: ${answer.status} ${await answer.text()}`);
  await applied(stage, tag);
  return performance.now() - mergedAt;
}

/** A promotion that two people approve and the bot merges. */
async function withBot(stage: RolloutStage): Promise<number> {
  const { world, promotions, rollouts } = stage;
  const one = await promotions.promote();
  let mergedAt = Number.NaN;
  const end = world.faults.onCall(({ name, phase }) => {
    if (phase === 'done' && /^PUT .*\/merge$/.test(name)) mergedAt = performance.now();
  });
  await stage.approve(one);
  await promotions.merged(one);
  await applied(stage, one.tag);
  const took = performance.now() - mergedAt;
  end();
  await rollouts.says(one.change, `${one.tag} runs everywhere`, 60_000);
  return took;
}

async function askNobody({ world, promotions }: RolloutStage): Promise<void> {
  const policy = await promotions.read('main', POLICY);
  if (/^rollout:/m.test(policy)) throw new Error('the sample has a section of rollouts already');
  const pat = new PersonOnGitHub(world, 'pat-platform');
  const text = `${policy}\nrollout:\n  requestReconciliation: false\n`;
  await promotions.write(pat, 'main', POLICY, text);
  await eventually('the policy is on main', async () => (await promotions.read('main', POLICY)) === text);
}
