import { randomUUID } from 'node:crypto';
import type { RepoName } from '../../src/domain/ids.ts';
import type { JobDeps } from '../deps.ts';
import { mergedMark } from './keys.ts';

const KEPT_MS = 24 * 60 * 60 * 1000;

/** Has a merge followed: whoever follows already looks again, else somebody begins. */
export async function announceMerge(
  { marks, hints }: Pick<JobDeps, 'marks' | 'hints'>,
  repo: RepoName,
): Promise<void> {
  await marks.put(mergedMark(repo), randomUUID(), KEPT_MS);
  await hints.followRollouts(repo);
}
