import type { RepoName } from '../../src/domain/ids.ts';
import { withdrawnText } from '../../src/views/release/announcement.ts';
import type { JobDeps } from '../deps.ts';
import type { Understood } from '../known-platform.ts';
import type { Log } from '../ports.ts';
import { forgetAnnounced, readAnnounced } from './announced.ts';
import { said } from './keys.ts';
import { show } from './say-announcement.ts';

/** How far back an announcement of which nothing is remembered is looked for, in milliseconds. */
const LOOKED_FOR_MS = 30 * 24 * 60 * 60 * 1000;

export interface Withdrawal {
  readonly repo: RepoName;
  readonly id: number;
  readonly tag: string;
  readonly why: 'deleted' | 'unpublished';
  /** Milliseconds since the epoch by GitHub's clock. */
  readonly at: number;
}

/** Marks the announcement of a release as withdrawn wherever it stands; where none stands, nothing is said. */
export async function withdrawRelease(
  deps: Pick<JobDeps, 'speaker' | 'marks'> & { readonly log: Log },
  { repo, id, tag, why, at }: Withdrawal,
  { policy }: Understood,
): Promise<void> {
  const announced = (await readAnnounced(deps.marks, repo)).find((each) => each.id === id);
  const since = announced ? Date.parse(announced.publishedAt) : at - LOOKED_FOR_MS;
  const saying = { ...deps, since, mayPost: false };
  const text = withdrawnText({ tag, url: announced?.url ?? '' }, why);
  const place = { kind: 'channel', channel: policy.channels.releases } as const;
  await show(saying, said.announcement(repo, id), place, text);
  for (const channel of announced?.teams ?? policy.teams.map((team) => team.channel)) {
    await show(saying, said.team(repo, id, channel), { kind: 'channel', channel }, text);
  }
  await forgetAnnounced(deps.marks, repo, id);
}
