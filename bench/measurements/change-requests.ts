import { setTimeout as sleep } from 'node:timers/promises';
import { ChangePerson } from '../../test/support/change-person.ts';
import { eventually } from '../../test/support/eventually.ts';
import { openPull } from '../../test/support/open-pull.ts';
import { PersonOnGitHub } from '../../test/support/person-on-github.ts';
import { atMost, type Figure, type Measurement, round, type Say } from '../measurement.ts';
import { onStage } from '../support/on-stage.ts';

const OPEN_PULLS = [0, 40] as const;
const MOST_REQUESTS = 25;
const MOST_MS = 1_000;
const TAG = 'v0.1.1';

/** Not of any change: the sweep asks every 20 s, `/readyz` when somebody asks it. */
const BACKGROUND: readonly string[] = ['graphql Pulse', 'GET /rate_limit'];

const MERGE = /^PUT .*\/merge$/;

interface Counted {
  /** From the command until the merge is recorded. */
  readonly requests: number;
  /** Milliseconds from the click of the last approver to the request that merges. */
  readonly merges: number;
}

/** What a promotion to one place costs with two approvals, by how many other pull requests are open. */
export const changeRequests: Measurement = {
  name: 'change-requests',
  figures: OPEN_PULLS.flatMap((open) => [`change-requests-${open}`, `change-merge-ms-${open}`]),
  async measure(say) {
    const figures: Record<string, Figure> = {};
    for (const open of OPEN_PULLS) {
      const { requests, merges } = await countOne(open, say);
      figures[`change-requests-${open}`] = atMost(MOST_REQUESTS, requests, 'requests');
      figures[`change-merge-ms-${open}`] = atMost(MOST_MS, round(merges), 'ms');
    }
    return figures;
  },
};

function countOne(open: number, say: Say): Promise<Counted> {
  return onStage('socket', async (stage) => {
    const { faults, github } = stage.world;
    const patAtGitHub = new PersonOnGitHub(stage.world, 'pat-platform');
    for (let n = 0; n < open; n += 1)
      await openPull(patAtGitHub, `notes-${n}`, `notes/${n}.md`, `Note ${n}\n`);
    const bot = stage.startBot();
    await bot.ready();
    const pat = new ChangePerson(stage.world);
    const [ana, ben] = [
      new ChangePerson(stage.world, 'U0APPRVR01'),
      new ChangePerson(stage.world, 'U0APPRVR02'),
    ];
    await pat.warm();
    await pat.release();
    await pat.announced(TAG);
    await pat.closeAll();
    await settled(stage.world.faults);
    const before = faults.calls().at(-1)?.id ?? 0;
    await pat.command('/trunkline', `promote ${TAG} aws`);
    await pat.change(1, 'change_approve');
    await pat.closeAll();
    await settled(faults);
    await ana.decides(1, 'change_approve', 'recorded');
    await settled(faults);
    let merged = Number.NaN;
    const end = faults.onCall(({ name, phase }) => {
      if (phase === 'received' && MERGE.test(name)) merged = performance.now();
    });
    const clicked = performance.now();
    await ben.press(1, 'change_approve');
    await eventually('it is merged', () => {
      return [...github.world.state.pulls.values()].some(
        ({ headRef, merged: is }) => is && headRef.startsWith('promote-'),
      );
    });
    await pat.change(1, 'Merged by approval');
    end();
    const calls = faults
      .calls()
      .filter(({ id, service, name }) => id > before && service === 'github' && !BACKGROUND.includes(name));
    const merge = calls.findIndex(({ name }) => MERGE.test(name));
    const recorded = calls.findIndex(({ name }, n) => n > merge && name === 'graphql AppendRecord');
    const counted = calls.slice(0, recorded + 1);
    say(`${open} open: ${counted.map(({ name }) => name).join(', ')}`);
    return { requests: counted.length, merges: merged - clicked };
  });
}

/** Waits until nothing is asked of GitHub any more. */
async function settled(faults: { calls(): readonly { readonly name: string }[] }): Promise<void> {
  const count = () => faults.calls().filter(({ name }) => !BACKGROUND.includes(name)).length;
  await eventually(
    'nothing is asked any more',
    async () => {
      const seen = count();
      await sleep(2_000);
      return count() === seen;
    },
    300_000,
  );
}
