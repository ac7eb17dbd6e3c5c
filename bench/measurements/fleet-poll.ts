import { once } from 'node:events';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { startWorld, type World } from '../../sandbox/world.ts';
import { atMost, beside, type Figure, type Measurement, round, type Say } from '../measurement.ts';
import { median } from '../statistics.ts';
import { type CountedLine, countedLine } from '../support/counted-line.ts';
import { kubectlVersion, runKubectl } from '../support/kubectl.ts';
import { cpuMs, forgetPeak, peakMb, residentMb } from '../support/process-usage.ts';
import { type Script, startScript } from '../support/start-script.ts';

const LARGE = { workloadClusters: 100, kustomizations: 100 };
const ROUNDS = 5;
/** Polls of one process after its first. */
const FURTHER = 9;
const SETTLE_MS = 1_000;
const MOST_OF_CPU = 0.5;
const MOST_MB = 60;

interface Polls {
  /** The first poll's, then the further ones', in milliseconds. */
  readonly cpu: readonly number[];
  /** What the process held before. */
  readonly baselineMb: number;
  /** The most until the end of each poll. */
  readonly peakMb: readonly number[];
}

interface Counts {
  readonly requests: number;
  readonly bytes: number;
}

/** What one poll of 10,000 Kustomizations over 100 clusters costs the bot, beside kubectl's list of them. */
export const fleetPoll: Measurement = {
  name: 'fleet-poll',
  figures: [
    'fleet-poll-requests',
    'fleet-poll-bytes',
    'fleet-poll-cpu',
    'fleet-poll-cpu-again',
    'fleet-poll-memory',
    'fleet-poll-memory-again',
    'fleet-poll-memory-whole',
  ],
  async measure(say) {
    const world = await startWorld({ botUrl: 'http://127.0.0.1:9', fleet: { large: LARGE } });
    const scratch = await mkdtemp(path.join(tmpdir(), 'trunkline-bench-'));
    try {
      await world.fleet.ready;
      return await measureIn(world, scratch, say);
    } finally {
      await world.stop();
      await rm(scratch, { recursive: true, force: true });
    }
  },
};

async function measureIn(world: World, scratch: string, say: Say): Promise<Readonly<Record<string, Figure>>> {
  const [large, small] = world.fleet.members.map(({ cluster }) => cluster);
  if (large === undefined || small === undefined) throw new Error('the sandbox has no two clusters');
  const places = { large: large.name, small: small.name };
  const there = large.store.count('kustomizations');
  const version = await kubectlVersion();
  say(version === undefined ? 'there is no kubectl on the PATH' : `beside kubectl ${version}`);
  const kubeconfigs = { bot: world.env['KUBECONFIG'] ?? '', admin: world.adminKubeconfig ?? '' };
  const kubectl = (kubeconfig: string) =>
    runKubectl(kubeconfig, path.join(scratch, 'cache'), [
      ...['--context', `${large.name}-mgmt`],
      ...['get', 'kustomizations', '--all-namespaces', '--output', 'json'],
    ]);

  const ours = await counted(world.url, kubeconfigs.bot, scratch, async (kubeconfig) => {
    await withPoller(kubeconfig, ({ look }) => look(places.large, there));
  });
  const theirs =
    version &&
    (await counted(world.url, kubeconfigs.admin, scratch, async (kubeconfig, line) => {
      // What the server serves is known from then on, as it is to whoever uses kubectl again and again.
      await kubectl(kubeconfig);
      line.forget();
      const listed = JSON.parse((await kubectl(kubeconfig)).output.toString()).items.length;
      if (listed !== there) throw new Error(`kubectl lists ${listed} of ${there} Kustomizations`);
    }));
  if (version !== undefined) await kubectl(kubeconfigs.admin);
  const polls: Polls[] = [];
  const lists: { readonly cpuMs: number; readonly peakMb: number }[] = [];
  for (let n = 0; n < ROUNDS; n += 1) {
    if (version !== undefined && n % 2 === 0) lists.push(await kubectl(kubeconfigs.admin));
    polls.push(await withPoller(kubeconfigs.bot, (poller) => pollAgain(poller, places, there)));
    if (version !== undefined && n % 2 === 1) lists.push(await kubectl(kubeconfigs.admin));
    const [mine, their] = [polls.at(-1)?.cpu.join(', '), lists.at(-1)?.cpuMs];
    const { peakMb: peaks = [], baselineMb = 0 } = polls.at(-1) ?? {};
    say(`round ${n + 1}: up to ${peaks.map(Math.round).join(', ')} MB from ${Math.round(baselineMb)} MB`);
    say(`round ${n + 1}: polls ${mine} ms of CPU${their === undefined ? '' : `, kubectl ${their} ms`}`);
  }
  const listed = theirs ? { ...theirs, of: `kubectl ${version}`, lists } : undefined;
  return figuresOf(ours, polls, listed);
}

type Listed = Counts & {
  readonly of: string;
  readonly lists: readonly { readonly cpuMs: number; readonly peakMb: number }[];
};

function figuresOf(ours: Counts, polls: readonly Polls[], theirs: Listed | undefined) {
  const first = median(polls.flatMap(({ cpu }) => cpu.slice(0, 1)));
  const again = median(polls.flatMap(({ cpu }) => cpu.slice(1)));
  const above = ({ peakMb: peaks, baselineMb }: Polls, until: number) =>
    Math.max(...peaks.slice(0, until)) - baselineMb;
  const most = (each: (one: Polls) => number) => Math.max(...polls.map(each));
  const against = (value: number, their: (listed: Listed) => number, unit: string): Figure =>
    theirs === undefined
      ? { value: round(value), unit }
      : { ...beside(value, their(theirs), unit), of: theirs.of };
  const listCpu = ({ lists }: Listed) => median(lists.map((each) => each.cpuMs));
  const bound = `at most ${MOST_OF_CPU} of kubectl`;
  return {
    'fleet-poll-requests': against(ours.requests, ({ requests }) => requests, 'requests'),
    'fleet-poll-bytes': against(ours.bytes / 1e6, ({ bytes }) => bytes / 1e6, 'MB'),
    'fleet-poll-cpu':
      theirs === undefined
        ? { value: first, unit: 'ms', bound: `${bound}: not known, for there is no kubectl on the PATH` }
        : { ...against(first, listCpu, 'ms'), bound, ok: first <= MOST_OF_CPU * listCpu(theirs) },
    'fleet-poll-cpu-again': against(again, listCpu, 'ms'),
    'fleet-poll-memory': atMost(
      MOST_MB,
      most((one) => above(one, 1)),
      'MB',
    ),
    'fleet-poll-memory-again': { value: round(most((one) => above(one, 1 + FURTHER))), unit: 'MB' },
    'fleet-poll-memory-whole': against(
      most(({ peakMb: peaks }) => peaks[0] ?? 0),
      ({ lists }) => Math.max(...lists.map((each) => each.peakMb)),
      'MB',
    ),
  };
}

/** Counts on a line of its own, for counting takes time. */
async function counted(
  url: string,
  kubeconfig: string,
  scratch: string,
  act: (kubeconfig: string, line: CountedLine) => Promise<void>,
): Promise<Counts> {
  const line = await countedLine(url);
  try {
    const file = path.join(scratch, 'kubeconfig');
    await writeFile(file, (await readFile(kubeconfig, 'utf8')).replaceAll(url, line.url));
    await act(file, line);
    return { requests: line.requests, bytes: line.bytes };
  } finally {
    await line.close();
  }
}

interface Poller {
  readonly pid: number;
  /** @throws when it does not see as many Kustomizations as there are. */
  look(cluster: string, wanted?: number): Promise<void>;
}

async function withPoller<Result>(
  kubeconfig: string,
  act: (poller: Poller) => Promise<Result>,
): Promise<Result> {
  const script = startScript('bench/fleet-poller.ts', { KUBECONFIG: kubeconfig });
  try {
    await next(script);
    return await act({
      pid: script.pid,
      async look(cluster, wanted) {
        script.child.send(cluster);
        const seen = await next(script);
        if (wanted !== undefined && seen !== wanted)
          throw new Error(`the bot sees ${String(seen)} of ${wanted} Kustomizations`);
      },
    });
  } finally {
    await script.stop();
  }
}

async function next({ child, failed }: Script): Promise<unknown> {
  const [message] = await Promise.race([once(child, 'message'), failed]);
  return message;
}

/** One process' polls, after it has looked at a small cluster and holds all that it needs for that. */
async function pollAgain(
  { pid, look }: Poller,
  places: { readonly large: string; readonly small: string },
  there: number,
): Promise<Polls> {
  await look(places.small);
  await sleep(SETTLE_MS);
  const [cpu, peaks]: [number[], number[]] = [[], []];
  const baselineMb = await residentMb(pid);
  await forgetPeak(pid);
  for (let n = 0; n < 1 + FURTHER; n += 1) {
    const before = await cpuMs(pid);
    await look(places.large, there);
    cpu.push((await cpuMs(pid)) - before);
    peaks.push(await peakMb(pid));
  }
  return { cpu, baselineMb, peakMb: peaks };
}
