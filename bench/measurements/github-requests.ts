import { setTimeout as sleep } from 'node:timers/promises';
import type { Call } from '../../sandbox/faults.ts';
import { eventually } from '../../test/support/eventually.ts';
import { PersonInSlack } from '../../test/support/person.ts';
import { atMost, type Measurement } from '../measurement.ts';
import type { BenchStage } from '../support/bench-stage.ts';
import { onStage } from '../support/on-stage.ts';

const REQUESTS = ['bench-one', 'bench-two', 'bench-three'] as const;
const QUIET_MS = 2_000;

/** Not of any one request: the sweep asks every 20 s, `/readyz` when somebody asks it. */
const BACKGROUND: readonly string[] = ['graphql Pulse', 'GET /rate_limit'];
/** Looks, which webhooks bring about whoever has opened the pull request. */
const LOOKS =
  /^graphql (?:Pull|Head|Texts|ChangeFacts|ConventionPull|Ledger)$|^GET \S+\/(?:compare|git\/trees)\/|\/(?:check-runs|comments)$/;

interface Counted {
  readonly untilStands: number;
  readonly inAll: number;
  readonly looks: number;
}

/** How many requests to GitHub one request of a person costs, by the sandbox's log of calls. */
export const githubRequests: Measurement = {
  name: 'github-requests',
  figures: ['github-requests-until-pull-request', 'github-requests-per-request', 'github-looks-per-request'],
  measure: (say) =>
    onStage('socket', async (stage) => {
      await stage.startBot().ready();
      const tess = new PersonInSlack(stage.world, 'U0TENANT01');
      // A warm bot: it has its token, knows the repository's and the labels' ids, and its memory is filled.
      await count(stage, tess, 'bench-warm-up');
      const counted: Counted[] = [];
      for (const name of REQUESTS) {
        const { names, ...figures } = await count(stage, tess, name);
        say(`${name}: ${names.join(', ')}`);
        counted.push(figures);
      }
      const worst = (figure: keyof Counted) => Math.max(...counted.map((each) => each[figure]));
      return {
        'github-requests-until-pull-request': atMost(2, worst('untilStands'), 'requests'),
        'github-requests-per-request': atMost(3, worst('inAll'), 'requests'),
        'github-looks-per-request': { value: worst('looks'), unit: 'requests' },
      };
    }),
};

async function count(stage: BenchStage, tess: PersonInSlack, name: string) {
  const { faults, github } = stage.world;
  const preview = await tess.preview(name);
  await quiet(stage);
  const before = faults.calls().at(-1)?.id ?? 0;
  const pullsBefore = github.world.state.pulls.size;
  let standsAfter: Call | undefined;
  const end = faults.onCall((call) => {
    if (call.service === 'github' && call.phase !== 'received' && github.world.state.pulls.size > pullsBefore)
      standsAfter ??= call;
  });
  try {
    const answer = await tess.submit(preview);
    if (answer.outcome !== 'ok') throw new Error(`the preview was refused: ${JSON.stringify(answer)}`);
    await tess.told(name, 'The pull request is open');
    await quiet(stage);
  } finally {
    end();
  }
  if (standsAfter === undefined) throw new Error(`no pull request stands for ${name}`);
  const { id: lastId } = standsAfter;
  const calls = faults
    .calls()
    .filter(
      ({ id, service, name: called }) => id > before && service === 'github' && !BACKGROUND.includes(called),
    );
  const own = calls.filter(({ name: called }) => !LOOKS.test(called));
  return {
    names: calls.map(({ name: called }) => called),
    untilStands: own.filter(({ id }) => id <= lastId).length,
    inAll: own.length,
    looks: calls.length - own.length,
  };
}

/** Resolves when the bot has called nobody for a while, save in the background. */
async function quiet({ world }: BenchStage): Promise<void> {
  const latest = () => world.faults.calls().findLast(({ name }) => !BACKGROUND.includes(name))?.id;
  await eventually(
    'the bot has nothing more to do',
    async () => {
      const before = latest();
      await sleep(QUIET_MS);
      return latest() === before;
    },
    60_000,
  );
}
