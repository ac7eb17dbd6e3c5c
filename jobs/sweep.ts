import type { RepoName } from '../src/domain/ids.ts';
import { changesSweptMark } from './change/keys.ts';
import type { JobDeps } from './deps.ts';
import { type Job, job } from './job.ts';
import { pulseMark, sweepPayload } from './payloads.ts';
import type { Pulse } from './ports.ts';
import { missing, readAnnounced } from './release/announced.ts';
import { issueObject, markSettled, newsOf, pullObject, releaseObject } from './seen.ts';

type SweepDeps = Pick<JobDeps, 'repos' | 'github' | 'snapshots' | 'marks' | 'hints'>;

/** Time opens gates, and deeds may have gone unheard: how often every open change is looked at, in milliseconds. */
const CHANGES_EVERY_MS = 60_000;

/** Longer than any outage worth telling of as one, in milliseconds. */
const PULSE_KEPT_MS = 24 * 60 * 60 * 1000;

/** Finds what a lost webhook would have told: one cheap query per repository, then hints for what changed. */
export function sweep(deps: SweepDeps): Job {
  return job({
    name: 'sweep',
    queue: 'looks',
    schema: sweepPayload,
    run: async () => {
      for (const repo of deps.repos) await sweepRepository(deps, repo);
    },
  });
}

async function sweepRepository(deps: SweepDeps, repo: RepoName): Promise<void> {
  const pulse = await deps.github.readPulse(repo);
  const snapshot = await deps.snapshots.current(repo);
  const changed = await changedPulls(deps.marks, repo, pulse);
  const isBehind = snapshot?.files.commit !== pulse.head;
  if (isBehind || changed.some(({ pull, news }) => pull.ours && news === 'changed'))
    await deps.hints.lookAtPlatform(repo);
  for (const { pull, news } of changed) {
    if (pull.ours) await deps.hints.lookAtRequest(repo, pull.number);
    await deps.hints.lookAtPull(repo, pull.number);
    if (pull.isOpen) await deps.hints.lookAtConventions(repo, pull.number);
    if (news === 'unsettled') await markSettled(deps.marks, pullObject(repo, pull.number), pull.updatedAt);
  }
  for (const issue of pulse.issues) {
    const object = issueObject(repo, issue.number);
    const news = await newsOf(deps.marks, object, issue, pulse.at);
    if (news === undefined) continue;
    await deps.hints.lookAtIssue(repo, issue.number);
    if (news === 'unsettled') await markSettled(deps.marks, object, issue.updatedAt);
  }
  await sweepReleases(deps, repo, pulse);
  if (await deps.marks.set(changesSweptMark(repo), CHANGES_EVERY_MS)) await deps.hints.lookAtChanges(repo);
  if (!isBehind) await deps.marks.put(pulseMark(repo), String(pulse.at), PULSE_KEPT_MS);
}

async function changedPulls(marks: JobDeps['marks'], repo: RepoName, pulse: Pulse) {
  const changed = [];
  for (const pull of pulse.pulls) {
    const news = await newsOf(marks, pullObject(repo, pull.number), pull, pulse.at);
    if (news) changed.push({ pull, news });
  }
  return changed;
}

/** Published releases that changed, and announced ones that are gone or drafts again. */
async function sweepReleases({ marks, hints }: SweepDeps, repo: RepoName, pulse: Pulse): Promise<void> {
  const announced = await readAnnounced(marks, repo);
  for (const release of pulse.releases) {
    const isAnnounced = announced.some(({ id }) => id === release.id);
    if (release.isDraft && !isAnnounced) continue;
    const object = releaseObject(repo, release.id);
    const news = await newsOf(marks, object, { isOpen: false, updatedAt: release.updatedAt }, pulse.at);
    if (news === undefined) continue;
    await hints.lookAtRelease(repo, release.id, release.tag);
    if (news === 'unsettled') await markSettled(marks, object, release.updatedAt);
  }
  for (const { id, tag } of missing(announced, pulse.releases)) await hints.lookAtRelease(repo, id, tag);
}
