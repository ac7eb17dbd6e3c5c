import type { RepoName } from '../../src/domain/ids.ts';
import type { JobDeps } from '../deps.ts';
import type { Rollout } from './rollout.ts';
import { rolloutKeyOf } from './rollout.ts';

const KEPT_MS = 30 * 24 * 60 * 60_000;

/** Address of the message that tells of a change's rollout, as far as is remembered. */
export async function rolloutUrlOf(
  { marks }: Pick<JobDeps, 'marks'>,
  repo: RepoName,
  change: number,
): Promise<string | undefined> {
  return marks.get(urlMark(rolloutKeyOf.change(repo, change)));
}

/** Has the change's message link its rollout. */
export async function linkFromChange(
  { marks, hints }: Pick<JobDeps, 'marks' | 'hints'>,
  { repo, key, change }: Rollout,
  url: string,
): Promise<void> {
  if (change === undefined || (await marks.get(urlMark(key))) === url) return;
  await marks.put(urlMark(key), url, KEPT_MS);
  await hints.lookAtChange(repo, change.number);
}

function urlMark(rollout: string): string {
  return `rollout-url:${rollout}`;
}
