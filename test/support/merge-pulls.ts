import { importHistory } from '../../sandbox/github/import-history.ts';
import type { World } from '../../sandbox/world.ts';

/** How many files the pull requests change in turn: a platform's tenants change again and again. */
const FILES = 60;
const SECONDS = 60;

/**
 * Squash-merges pull requests that each change a tenant's quota, straight in the sandbox's git, for by its API hundreds
 * would take minutes.
 */
export async function mergePulls({ github: { world } }: World, count: number): Promise<void> {
  const { git, state } = world;
  const from = state.refs.get('refs/heads/main') ?? '';
  const base = await git.commit(from);
  const first = Math.max(0, ...state.pulls.keys()) + 1;
  const start = (base?.committer.seconds ?? 0) + SECONDS;
  const lines: string[] = ['feature done\n'];
  for (let n = 0; n < count; n += 1) {
    const tenant = `bench-${n % FILES}`;
    const title = `tenants(${tenant}): change compute quota (#${first + n})\n`;
    const who = `Pat Platform (sample) <pat@sandbox.example> ${start + n * SECONDS} +0000`;
    const text = quota(tenant, n);
    lines.push(
      `commit refs/heads/bench-main\nauthor ${who}\ncommitter ${who}\ndata ${Buffer.byteLength(title)}\n${title}`,
      n === 0 ? `from ${from}\n` : '',
      `M 100644 inline tenants/aws/common/${tenant}/resourcequota-compute.yaml\ndata ${Buffer.byteLength(text)}\n${text}\n`,
    );
  }
  await git.run(['fast-import', '--quiet'], `${lines.join('')}done\n`);
  const to = String(await git.run(['rev-parse', 'refs/heads/bench-main'])).trim();
  await git.moveRefs([
    { ref: 'refs/heads/main', from, to },
    { ref: 'refs/heads/bench-main', from: to, to: '0'.repeat(40) },
  ]);
  state.refs.set('refs/heads/main', to);
  await importHistory(world);
}

function quota(tenant: string, n: number): string {
  return `apiVersion: v1
kind: ResourceQuota
metadata:
  name: compute
  namespace: ${tenant}
spec:
  hard:
    limits.cpu: ${n + 1}
`;
}
