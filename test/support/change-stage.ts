import { ChangePerson } from './change-person.ts';
import { eventually } from './eventually.ts';
import { PersonOnGitHub } from './person-on-github.ts';
import { type OnePull, Promotions } from './promotions.ts';
import { type Stage, type StageOptions, setStage } from './stage.ts';

interface ChangeStageOptions extends Pick<StageOptions, 'fleet' | 'now'> {
  /** What stands in the policy's `changes` besides what the sample has, as lines of YAML indented by two. */
  readonly changes?: string;
}

/** A stage with the approval rule, those who ask for and decide about changes, and what they often do. */
export async function setChangeStage({ changes, ...options }: ChangeStageOptions = {}) {
  const stage: Stage = await setStage({ approvalRule: true, ...options });
  const { world } = stage;
  const pat = new ChangePerson(world);
  const ana = new ChangePerson(world, 'U0APPRVR01');
  const ben = new ChangePerson(world, 'U0APPRVR02');
  const olli = new ChangePerson(world, 'U0ONCALL01');
  const patOnGitHub = new PersonOnGitHub(world, 'pat-platform');
  const anaOnGitHub = new PersonOnGitHub(world, 'ana-approver');
  const benOnGitHub = new PersonOnGitHub(world, 'ben-approver');
  const olliOnGitHub = new PersonOnGitHub(world, 'olli-oncall');
  const promotions = new Promotions(stage, pat, patOnGitHub);
  const approves = (who: ChangePerson, { change }: OnePull, answer = 'Your approval is recorded') =>
    who.decides(change, 'change_approve', answer);
  const says = (one: OnePull, words: string) => ana.change(one.change, words, 15_000);
  if (changes !== undefined) await withoutRule(stage, () => addToPolicy(patOnGitHub, promotions, changes));
  await pat.warm();
  return {
    stage,
    pat,
    ana,
    ben,
    olli,
    patOnGitHub,
    anaOnGitHub,
    benOnGitHub,
    olliOnGitHub,
    promotions,
    approves,
    says,
    bothApprove: async (one: OnePull) => {
      await approves(ana, one);
      await approves(ben, one);
    },
    threadSays: (one: OnePull, words: string) =>
      eventually(`the thread of change ${one.change} says "${words}"`, async () =>
        (await ana.thread(one.change)).includes(words),
      ),
    isUnmerged: ({ pull }: OnePull) => expect(promotions.pull(pull).merged).toBe(false),
    putAway: async (one: OnePull) => {
      await pat.asks(`withdraw ${one.change}`, 'withdrawn');
      await eventually('it is closed', () => promotions.pull(one.pull).state === 'closed');
    },
  };
}

/** As somebody with a bypass would: the policy is a production change by itself. */
async function withoutRule(stage: Stage, act: () => Promise<void>): Promise<void> {
  const { rulesets } = stage.world.github.world.state;
  const kept = [...rulesets];
  rulesets.clear();
  await act();
  for (const [id, rule] of kept) rulesets.set(id, rule);
}

async function addToPolicy(by: PersonOnGitHub, promotions: Promotions, lines: string): Promise<void> {
  const path = '.github/trunkline.yaml';
  const text = await promotions.read('main', path);
  await promotions.write(by, 'main', path, text.replace('\nchanges:\n', `\nchanges:\n${lines}\n`));
}

/** What {@link setChangeStage} gives. */
export type ChangeStage = Awaited<ReturnType<typeof setChangeStage>>;
