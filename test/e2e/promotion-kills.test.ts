import { setTimeout as sleep } from 'node:timers/promises';
import type { Call } from '../../sandbox/faults.ts';
import { CHANGES, ChangePerson } from '../support/change-person.ts';
import { eventually } from '../support/eventually.ts';
import { killAt, loseCall, MOMENTS, type Moment, nameOf } from '../support/kill-at.ts';
import { wordsOf } from '../support/person.ts';
import { PersonOnGitHub } from '../support/person-on-github.ts';
import { type Stage, setStage } from '../support/stage.ts';

let stage: Stage;
let pat: ChangePerson;
let ana: ChangePerson;
let ben: ChangePerson;
let patOnGitHub: PersonOnGitHub;

beforeAll(async () => {
  // Over HTTP, for Slack limits how often an app may open a socket.
  stage = await setStage({ approvalRule: true, slackMode: 'http', env: { JOB_LOCK_MS: '1000' } });
  // Processes that remember nothing ask for groups more often than Slack answers in a minute.
  Object.assign(stage.world.slack.workspace.limits, { rateLimits: false });
  pat = new ChangePerson(stage.world);
  ana = new ChangePerson(stage.world, 'U0APPRVR01');
  ben = new ChangePerson(stage.world, 'U0APPRVR02');
  patOnGitHub = new PersonOnGitHub(stage.world, 'pat-platform');
  await pat.warm();
}, 90_000);

afterAll(async () => stage?.close(), 60_000);

/** Longer than any claim or lock of a process that died. */
const LONGEST_MS = 60_000;

/** One change on its way from the command to the merge. */
interface Run {
  readonly tag: string;
  readonly change: number;
}

const PHASES = ['asked for', 'approved once', 'approved twice'] as const;
type Phase = (typeof PHASES)[number];

let made = 0;

async function next(): Promise<Run> {
  made += 1;
  const tag = `v0.2.${made}`;
  const sha = stage.world.github.world.state.refs.get('refs/heads/main');
  await patOnGitHub.call('POST', '/git/refs', { ref: `refs/tags/${tag}`, sha });
  return { tag, change: made };
}

const pullsOf = ({ tag }: Run) =>
  [...stage.world.github.world.state.pulls.values()].filter(({ headRef }) =>
    headRef.startsWith(`promote-${tag}-`),
  );
const messagesOf = ({ change }: Run) =>
  pat
    .messages(CHANGES)
    .filter(({ isBot, blocks }) => isBot && JSON.stringify(blocks).includes(`"Change ${change}:`));
const repliesOf = (run: Run, words: string) =>
  messagesOf(run)
    .flatMap(({ replies }) => replies)
    .filter((reply) => wordsOf(reply).includes(words));

const approvalsOf = (run: Run, who: string) =>
  repliesOf(run, who).filter((each) => wordsOf(each).includes('👍')).length;

/** How often each thing that a phase brings stands: each exactly once, whatever died. */
const STANDS: Readonly<Record<Phase, (run: Run) => Readonly<Record<string, number>>>> = {
  'asked for': (run) => {
    const [pull] = pullsOf(run);
    const { checkRuns, comments } = stage.world.github.world.state;
    const isCheck = (each: { name: string; headSha: string }) =>
      each.name === 'change-approval' && each.headSha === pull?.headSha;
    // What the rollout says of it later is a comment of its own.
    const isComment = (each: { issueNumber: number; body: string }) =>
      each.issueNumber === pull?.number && each.body.includes('trunkline:change -->');
    return {
      'pull request': pullsOf(run).length,
      check: [...checkRuns.values()].some(isCheck) ? 1 : 0,
      comment: [...comments.values()].filter(isComment).length,
      message: messagesOf(run).length,
    };
  },
  'approved once': (run) => ({ 'approval of Ana': approvalsOf(run, 'ana-approver') }),
  'approved twice': (run) => ({
    'approval of Ben': approvalsOf(run, 'ben-approver'),
    merge: pullsOf(run).filter(({ merged, mergedBy }) => merged && mergedBy === 'trunkline[bot]').length,
    'merge in the thread': repliesOf(run, 'is merged by approval').length,
    'message that says so': messagesOf(run).filter((message) =>
      wordsOf(message).includes('Merged by approval'),
    ).length,
  }),
};

function wrongIn(phase: Phase, run: Run): readonly string[] {
  return Object.entries(STANDS[phase](run)).flatMap(([what, count]) =>
    count === 1 ? [] : [`${count} ${what}`],
  );
}

/** What a person does; fails when the process that it went to is dead. */
const ACTS: Readonly<Record<Phase, (run: Run) => Promise<{ readonly outcome: string }>>> = {
  'asked for': ({ tag }) => pat.command('/trunkline', `promote ${tag} aws`),
  'approved once': ({ change }) => ana.press(change, 'change_approve'),
  'approved twice': ({ change }) => ben.press(change, 'change_approve'),
};

/** Reads, forms and further looks of a message leave nothing behind that could stand twice. */
const LOOKS =
  /^graphql (?!.*(?:Record|Open|Reserve|Label))|^GET |auth\.test|access_tokens|^users\.|^usergroups\.|^conversations\.|^views\.|^chat\.(?:update|getPermalink)|deployments|statuses/;

const counts = ({ name, service }: Call) => service !== 'kubernetes' && !LOOKS.test(name);

interface Case {
  readonly phase: Phase;
  readonly call: string;
  readonly moment: Moment;
}

const keyOf = ({ phase, call, moment }: Case) => `${call}, ${phase}, ${moment}`;

/** A person who was told nothing for so long sees that it still says "one moment", and does it again. */
const PATIENCE_MS = 8_000;
/** Who sees that it failed does it again sooner. */
const SOON_MS = 2_500;

/** How many of the three things that people do stand on the ledger. */
async function recorded({ change }: Run): Promise<number> {
  const { git, state } = stage.world.github.world;
  const head = state.refs.get('refs/heads/trunkline/ledger');
  const titles = head === undefined ? '' : String(await git.run(['log', '--format=%s', head]));
  return titles.split('\n').filter((each) => RECORD.exec(each)?.[1] === String(change)).length;
}

const RECORD = /: change (\d+) (?:opened|approved)$/;

/** Does a phase to its end. */
async function pass(phase: Phase, run: Run): Promise<void> {
  let askedAt = Number.NEGATIVE_INFINITY;
  await eventually(
    `change ${run.change} is ${phase}`,
    async () => {
      if (performance.now() - askedAt > PATIENCE_MS) {
        const isRecorded = (await recorded(run)) > PHASES.indexOf(phase);
        const isTaken = isRecorded || (await ACTS[phase](run)).outcome === 'ok';
        askedAt = performance.now() - (isTaken ? 0 : PATIENCE_MS - SOON_MS);
      }
      return wrongIn(phase, run).length === 0;
    },
    LONGEST_MS,
  ).catch(() => {
    throw new Error(`change ${run.change} is not ${phase}: ${wrongIn(phase, run).join(', ')}`);
  });
  for (const who of [pat, ana, ben]) await who.closeAll();
}

describe('the bot is killed (SIGKILL) at every call it makes from the last approval to the merge', () => {
  it('and each time one pull request, two approvals, one merge and one message stand', async () => {
    const open = (await casesOfOneRun()).filter(({ phase }) => phase === 'approved twice');
    const names = new Set(open.map(({ call }) => call.replace(/^github |^slack /, '')));
    for (const needed of [
      'graphql AppendRecord',
      'PUT /repos/sandbox-org/platform/pulls/#/merge',
      'chat.postMessage',
    ])
      expect([...names]).toContain(needed);
    const failures: string[] = [];
    const missed = new Map<string, number>();
    while (open.length > 0 && failures.length === 0 && made < 40) {
      const run = await next();
      for (const phase of PHASES) {
        const problem = await passKilled(phase, run, open, missed).catch(String);
        if (problem) failures.push(problem);
      }
      const wrong = PHASES.flatMap((phase) => wrongIn(phase, run));
      if (wrong.length > 0) failures.push(`change ${run.change}: ${wrong.join(', ')}`);
    }
    expect(failures).toEqual([]);
    expect(open.map(keyOf)).toEqual([]);
  }, 150_000);
});

/** What one run that nobody disturbs calls, by phase. */
async function casesOfOneRun(): Promise<Case[]> {
  const run = await next();
  const cases: Case[] = [];
  for (const phase of PHASES) {
    const before = stage.world.faults.calls().length;
    await pass(phase, run);
    const calls = stage.world.faults.calls().slice(before).filter(counts);
    for (const call of new Set(calls.map((each) => nameOf(each))))
      for (const moment of MOMENTS) cases.push({ phase, call, moment });
  }
  return cases;
}

/** Kills at one call of the phase after the other, as long as there is one left that has not been killed at. */
async function passKilled(phase: Phase, run: Run, open: Case[], missed: Map<string, number>): Promise<void> {
  let deaths = 0;
  let isOver = false;
  let armed: { readonly case: Case; stop(): void } | undefined;
  let restarting = Promise.resolve();
  const arm = () => {
    const wanted = open.find((each) => each.phase === phase && (missed.get(keyOf(each)) ?? 0) < 3);
    if (wanted === undefined || isOver || deaths >= 12) return;
    const killed = killAt(stage, wanted.call, 1, wanted.moment);
    if (wanted.moment === 'before it is done') loseCall(stage, wanted.call);
    armed = { case: wanted, stop: killed.stop };
    void killed.done.then(() => {
      restarting = again(wanted);
    });
  };
  const again = async (wanted: Case) => {
    armed = undefined;
    deaths += 1;
    open.splice(open.indexOf(wanted), 1);
    stage.world.faults.clear();
    await stage.restart();
    arm();
  };
  arm();
  try {
    await pass(phase, run);
  } finally {
    isOver = true;
    // It may have been struck by the last call of the phase.
    await sleep(300);
    await restarting;
    if (armed !== undefined) {
      armed.stop();
      missed.set(keyOf(armed.case), (missed.get(keyOf(armed.case)) ?? 0) + 1);
      stage.world.faults.clear();
    }
  }
}
