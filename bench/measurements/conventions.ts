import { execFile } from 'node:child_process';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { promisify } from 'node:util';
import type { World } from '../../sandbox/world.ts';
import { eventually } from '../../test/support/eventually.ts';
import { openPull } from '../../test/support/open-pull.ts';
import { PersonOnGitHub } from '../../test/support/person-on-github.ts';
import { atMost, beside, type Measurement, type Say } from '../measurement.ts';
import type { BenchStage } from '../support/bench-stage.ts';
import { commitFiles } from '../support/commit-files.ts';
import { onStage } from '../support/on-stage.ts';
import { cpuMs, residentMb } from '../support/process-usage.ts';

const run = promisify(execFile);

const FILES = 500;
const FOLDER = 'tenants/aws/common';
const MOST_SECONDS = 10;
const MOST_MB = 200;
const MOST_REQUESTS = 8;

/** Not of the look: the sweep asks every 20 s, `/readyz` when somebody asks it. */
const BACKGROUND: readonly string[] = ['graphql Pulse', 'graphql Head', 'GET /rate_limit'];

/** A sweep or another look that falls into the measurement spoils it; it is made again then. */
const ATTEMPTS = 5;

/** What a pull request of 500 files costs, half of them new, by a bot that knows the default branch and nothing of it. */
export const conventions: Measurement = {
  name: 'conventions',
  figures: ['conventions-seconds', 'conventions-memory', 'conventions-requests', 'conventions-cpu'],
  measure: (say) =>
    onStage('socket', async (stage) => {
      const { world } = stage;
      const pat = new PersonOnGitHub(world, 'pat-platform');
      await commitFiles(pat, 'main', filesOf(FILES / 2, 'old'));
      const bot = stage.startBot();
      await bot.ready();
      // Known is what the bot of any platform knows: the default branch, by a look at another pull request.
      const small = await openPull(pat, 'small', 'docs/small.md', '# Small\n', 'docs: add a small one');
      await checkOf(world, small);
      const looked = await firstLook(stage, bot.pid, pat, small);
      say(`${FILES} files: ${looked.names.join(', ')}`);
      const kubectl = await kustomizeCpuMs(world, looked.branch, say);
      return {
        'conventions-seconds': atMost(MOST_SECONDS, looked.seconds, 's'),
        'conventions-memory': atMost(MOST_MB, looked.memory, 'MB'),
        'conventions-requests': atMost(MOST_REQUESTS, looked.names.length, 'requests'),
        'conventions-cpu': beside(looked.cpu, kubectl, 'ms'),
      };
    }),
};

/** The first look at a pull request of which no webhook told, so that no other look at it is under way. */
async function firstLook(stage: BenchStage, pid: number, pat: PersonOnGitHub, small: number) {
  const { faults, github } = stage.world;
  for (let attempt = 1; attempt <= ATTEMPTS; attempt += 1) {
    await quiet(stage);
    const branch = `many-${attempt}`;
    faults.add({ service: 'github', on: 'delivery', effect: { kind: 'drop' }, times: 1_000 });
    await commitFiles(pat, branch, filesOf(FILES, branch), 'main');
    const title = 'tenants: give everybody a configuration';
    const body = { title, head: branch, base: 'main', body: '' };
    const { number } = (await pat.call('POST', '/pulls', body)) as { number: number };
    faults.clear();
    // Asked for by the check of an earlier head, as if its button "Re-run" was pressed.
    const { state } = github.world;
    const run = await checkOf(stage.world, small);
    const id = state.nextId();
    state.checkRuns.set(id, { ...run, id, externalId: `#${number} earlier` });
    const looked = await lookAt(stage, pid, () => pat.call('POST', `/check-runs/${id}/rerequest`));
    if (!looked.isSpoilt) {
      await checkOf(stage.world, number);
      return { ...looked, branch };
    }
  }
  throw new Error('other looks fell into every attempt');
}

function filesOf(count: number, value: string): Readonly<Record<string, string>> {
  return Object.fromEntries(
    Array.from({ length: count }, (_, n) => {
      const tenant = `bench-${n % 25}`;
      return [`${FOLDER}/${tenant}/deployment-${n}.yaml`, deployment(`web-${n}`, tenant, value)];
    }),
  );
}

function deployment(name: string, namespace: string, value: string): string {
  return `apiVersion: apps/v1
kind: Deployment
metadata:
  name: ${name}
  namespace: ${namespace}
  labels:
    app.kubernetes.io/name: ${name}
spec:
  replicas: 2
  selector:
    matchLabels:
      app.kubernetes.io/name: ${name}
  template:
    metadata:
      labels:
        app.kubernetes.io/name: ${name}
    spec:
      serviceAccountName: ${namespace}
      containers:
        - name: web
          image: registry.example/web:${value}
          ports:
            - name: http
              containerPort: 8080
          readinessProbe:
            httpGet:
              path: /healthz
              port: http
          resources:
            requests:
              cpu: 50m
              memory: 64Mi
            limits:
              memory: 64Mi
          env:
            - name: VALUE
              value: "${value}"
`;
}

function runsOf({ github }: World, pull: number) {
  const { state } = github.world;
  const head = state.pulls.get(pull)?.headSha;
  return [...state.checkRuns.values()].filter(
    ({ name, headSha }) => name === 'conventions' && headSha === head,
  );
}

async function checkOf(world: World, pull: number) {
  const run = await eventually(
    `the conventions of #${pull} are checked`,
    () => runsOf(world, pull).at(-1),
    60_000,
  );
  if (run.conclusion !== 'success')
    throw new Error(`#${pull} does not follow the conventions: ${run.output.summary}`);
  return run;
}

/** Waits until the bot has asked nobody for a while. */
async function quiet({ world }: BenchStage): Promise<void> {
  const latest = () => world.faults.calls().findLast(({ name }) => !BACKGROUND.includes(name))?.id;
  await eventually(
    'nothing is asked any more',
    async () => {
      const seen = latest();
      await sleep(2_000);
      return latest() === seen;
    },
    60_000,
  );
}

/** What it takes from the wish until the check stands. */
async function lookAt(stage: BenchStage, pid: number, ask: () => Promise<unknown>) {
  const { world } = stage;
  const before = world.faults.calls().at(-1)?.id ?? 0;
  const runs = () =>
    [...world.github.world.state.checkRuns.values()].filter(({ name }) => name === 'conventions').length;
  const [known, cpuBefore, rest] = [runs(), await cpuMs(pid), await residentMb(pid)];
  let most = rest;
  const from = performance.now();
  await ask();
  await eventually(
    'the check stands',
    async () => {
      most = Math.max(most, await residentMb(pid));
      return runs() > known;
    },
    60_000,
  );
  const seconds = (performance.now() - from) / 1_000;
  const cpu = (await cpuMs(pid)) - cpuBefore;
  const all = world.faults
    .calls()
    .filter(({ id, service }) => id > before && service === 'github')
    .map(({ name }) => name);
  const isSpoilt = all.includes('graphql Pulse') || all.includes('graphql ChangeFacts');
  const names = all.filter((name) => !BACKGROUND.includes(name) && !/rerequest/.test(name));
  return { seconds, cpu, memory: most - rest, names, isSpoilt };
}

/** What `kubectl kustomize` uses of the processors for the same folder, in milliseconds. */
async function kustomizeCpuMs({ github }: World, branch: string, say: Say): Promise<number> {
  const dir = await mkdtemp(path.join(tmpdir(), 'trunkline-bench-'));
  try {
    const git = ['--git-dir', github.world.git.dir];
    const { stdout: version } = await run('kubectl', ['version', '--client']).catch((cause: unknown) => {
      throw new Error('there is no kubectl on the PATH to compare with', { cause });
    });
    say(version.trim().replaceAll('\n', ', '));
    await run('sh', ['-c', `git ${git.join(' ')} archive ${branch} ${FOLDER} | tar -x -C '${dir}'`]);
    const { stdout: list } = await run('git', [...git, 'ls-tree', '-r', '--name-only', branch, FOLDER]);
    const resources = list.trim().split('\n');
    const text = `resources:\n${resources.map((each) => `  - ${each}\n`).join('')}`;
    await writeFile(path.join(dir, 'kustomization.yaml'), text);
    // The second line of `times` is what children used: user and system.
    const { stdout } = await run('sh', ['-c', `kubectl kustomize '${dir}' > /dev/null && times`]);
    const [, children = ''] = stdout.trim().split('\n');
    const [user = 0, system = 0] = [...children.matchAll(/(\d+)m([\d.]+)s/g)].map(
      ([, minutes, seconds]) => Number(minutes) * 60_000 + Number(seconds) * 1_000,
    );
    return user + system;
  } finally {
    await rm(dir, { recursive: true, force: true });
  }
}
