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

/** What a pull request of 500 files costs, half of them new, by a bot that knows the default branch. */
export const conventions: Measurement = {
  name: 'conventions',
  figures: ['conventions-seconds', 'conventions-memory', 'conventions-requests', 'conventions-cpu'],
  measure: (say) =>
    onStage('socket', async (stage) => {
      const { world } = stage;
      const pat = new PersonOnGitHub(world, 'pat-platform');
      await commitFiles(pat, 'main', filesOf(FILES / 2, '1'));
      await commitFiles(pat, 'many', filesOf(FILES, '2'), 'main');
      const title = 'tenants: give everybody a configuration';
      const pull = (await pat.call('POST', '/pulls', { title, head: 'many', base: 'main', body: '' })) as {
        number: number;
      };
      const bot = stage.startBot();
      await bot.ready();
      // Known is what the bot of any platform knows: the default branch, by a look at another pull request.
      const small = await openPull(pat, 'small', 'docs/small.md', '# Small\n', 'docs: add a small one');
      await checkOf(world, small);
      const { id } = await checkOf(world, pull.number);
      await stage.stopBot();
      const fresh = stage.startBot();
      await fresh.ready();
      await pat.call('POST', `/check-runs/${(await checkOf(world, small)).id}/rerequest`);
      await quiet(stage);
      // Said for the first time, it costs one request more.
      for (const [key, { issueNumber }] of world.github.world.state.comments)
        if (issueNumber === pull.number) world.github.world.state.comments.delete(key);
      const looked = await lookAt(stage, fresh.pid, () => pat.call('POST', `/check-runs/${id}/rerequest`));
      say(`${FILES} files: ${looked.names.join(', ')}`);
      const kubectl = await kustomizeCpuMs(world, say);
      const cpu = beside(looked.cpu, kubectl, 'ms');
      return {
        'conventions-seconds': atMost(MOST_SECONDS, looked.seconds, 's'),
        'conventions-memory': atMost(MOST_MB, looked.memory, 'MB'),
        'conventions-requests': atMost(MOST_REQUESTS, looked.names.length, 'requests'),
        'conventions-cpu': cpu,
      };
    }),
};

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
  const names = world.faults
    .calls()
    .filter(({ id, service, name }) => id > before && service === 'github' && !BACKGROUND.includes(name))
    .map(({ name }) => name)
    .filter((name) => !/rerequest/.test(name));
  return { seconds, cpu, memory: most - rest, names };
}

/** What `kubectl kustomize` uses of the processors for the same folder, in milliseconds. */
async function kustomizeCpuMs({ github }: World, say: Say): Promise<number> {
  const dir = await mkdtemp(path.join(tmpdir(), 'trunkline-bench-'));
  try {
    const git = ['--git-dir', github.world.git.dir];
    const { stdout: version } = await run('kubectl', ['version', '--client']).catch((cause: unknown) => {
      throw new Error('there is no kubectl on the PATH to compare with', { cause });
    });
    say(version.trim().replaceAll('\n', ', '));
    await run('sh', ['-c', `git ${git.join(' ')} archive many ${FOLDER} | tar -x -C '${dir}'`]);
    const { stdout: list } = await run('git', [...git, 'ls-tree', '-r', '--name-only', 'many', FOLDER]);
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
