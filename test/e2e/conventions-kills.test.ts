import { configMapText, openFiles } from '../support/convention-person.ts';
import { eventually } from '../support/eventually.ts';
import { killAt, loseCall, MOMENTS } from '../support/kill-at.ts';
import { PersonOnGitHub } from '../support/person-on-github.ts';
import { type Stage, setStage } from '../support/stage.ts';

let stage: Stage;
let pat: PersonOnGitHub;

beforeAll(async () => {
  // Over HTTP, for Slack limits how often an app may open a socket.
  stage = await setStage({ slackMode: 'http', env: { JOB_LOCK_MS: '1000' } });
  pat = new PersonOnGitHub(stage.world, 'pat-platform');
}, 60_000);
afterEach(() => stage?.world.faults.clear());
afterAll(async () => stage?.close(), 60_000);

const root = () => `/repos/${stage.world.env['PLATFORM_REPO']}`;

/** Whatever the look at a pull request writes, by the pull request's number. */
const WRITES = {
  'the comment': (pull: number) => `github POST ${root()}/issues/${pull}/comments`,
  'the check': () => `github POST ${root()}/check-runs`,
} as const;

const cases = (['the comment', 'the check'] as const).flatMap((what) =>
  MOMENTS.map((moment, at) => ({
    what,
    moment,
    name: `${what === 'the check' ? 'check' : 'comment'}-${at}`,
  })),
);

describe('a bot that dies while it looks at a pull request', () => {
  it.each(cases)(
    'at $what, $moment, says all of it and one comment in the end',
    async (given) => {
      const { what, moment, name } = given;
      const next = stage.world.github.world.state.pulls.size;
      const number = Math.max(...stage.world.github.world.state.pulls.keys(), 0) + 1;
      expect(next).toBeGreaterThan(0);
      const call = WRITES[what](number);
      // Of the two checks it is the one that comes first or second, as the looks go.
      const strike = killAt(stage, call, 1, moment);
      if (moment === 'before it is done') loseCall(stage, call);
      const path = `tenants/aws/common/${name}/configmap-one.yaml`;
      const pull = await openFiles(pat, name, `tenants(${name}): add a configuration`, {
        [path]: configMapText('One', name),
      });
      expect(pull).toBe(number);
      await strike.done;
      stage.world.faults.clear();
      await stage.restart();
      const { state } = stage.world.github.world;
      await eventually(
        `#${pull} is told all`,
        () => {
          const head = state.pulls.get(pull)?.headSha;
          const run = [...state.checkRuns.values()].findLast(
            (each) => each.name === 'conventions' && each.headSha === head,
          );
          return run?.output.title === '1 thing to mend';
        },
        60_000,
      );
      const comments = [...state.comments.values()].filter(
        ({ issueNumber, body }) => issueNumber === pull && body.includes('## What this does'),
      );
      expect(comments).toHaveLength(1);
      expect(comments[0]?.body).toContain(`added: \`ConfigMap ${name}/One\``);
    },
    120_000,
  );
});
