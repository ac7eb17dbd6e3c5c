import { formatTrailers } from '../../src/domain/convention.ts';
import { summarise } from '../../src/domain/effects/summarise.ts';
import { type CutDecision, decideCut } from '../../src/domain/release/decide-cut.ts';
import type { ReleaseFacts, VersionTag } from '../../src/domain/release/release-facts.ts';
import { releaseNotes } from '../../src/domain/release/release-notes.ts';
import { compareUrl } from '../../src/domain/release/release-urls.ts';
import { behind } from '../../src/domain/release/running-versions.ts';
import { PermanentError, RetryableError } from '../../src/errors.ts';
import { releaseBody } from '../../src/views/release/release-body.ts';
import type { JobDeps } from '../deps.ts';
import type { Understood } from '../known-platform.ts';
import type { CutReleasePayload } from '../payloads.ts';
import type { Log, Person } from '../ports.ts';
import { cutMark } from './keys.ts';
import { planRelease } from './plan-release.ts';
import type { ReleasePlan } from './release-plan.ts';

/** How long a tag is held for one request, in milliseconds: longer than any outage that its job sits out. */
const HELD_FOR_MS = 24 * 60 * 60 * 1000;
/** GitHub's reads may be 30 s old. */
const READS_LAG_MS = 5_000;

export type Published =
  | { readonly kind: 'released'; readonly id: number; readonly url: string }
  /** The tag is made and stays; no release can be published on it, and trying again cannot mend that. */
  | { readonly kind: 'tag-only'; readonly code: string }
  | Extract<CutDecision, { kind: 'moved' | 'refuse' }>
  /** The default branch was rewritten: what was shown is no part of it any more. */
  | { readonly kind: 'refuse'; readonly code: 'not-on-branch' };

type Deps = Pick<JobDeps, 'releases' | 'plans' | 'marks'>;
type Writing = Extract<CutDecision, { kind: 'write' }>;

/**
 * Makes the tag and the release that a person wants, or finds why not. Each write compares and swaps at GitHub: a tag
 * is created only where there is none, and takes one release only. So a run may end anywhere and be run again.
 */
export async function publish(
  deps: Deps,
  payload: CutReleasePayload,
  person: Person,
  known: Understood,
  log: Log,
): Promise<Published> {
  const { repo, tag, requestId, shown, knowsOfMove } = payload;
  const mark = cutMark(repo, tag);
  const holder = await deps.marks.get(mark);
  const facts = await deps.releases.readReleaseFacts(repo, tag);
  const decision = decideCut({
    shown,
    tag,
    facts,
    prefix: known.policy.release.tagPrefix,
    mayBeOurs: holder === requestId,
    knowsOfMove,
  });
  if (decision.kind === 'stands') return { ...decision, kind: 'released' };
  if (decision.kind === 'write' && (await mayBeTagged(deps, payload, facts, decision))) {
    return write(deps, payload, person, { facts, decision, known, log });
  }
  await letGo(deps, payload);
  return decision.kind === 'write' ? { kind: 'refuse', code: 'not-on-branch' } : decision;
}

/** Only what the default branch holds is released, whatever commit the form was made to name. */
async function mayBeTagged(
  { releases }: Deps,
  { repo, shown }: CutReleasePayload,
  { head }: ReleaseFacts,
  { missing }: Writing,
): Promise<boolean> {
  if (missing === 'release' || head === shown.commit) return true;
  return releases.isAncestor(repo, shown.commit, head);
}

/** Once a request comes to nothing, its tag is anybody's again. */
export async function letGo(
  { marks }: Pick<JobDeps, 'marks'>,
  { repo, tag, requestId }: CutReleasePayload,
): Promise<void> {
  const mark = cutMark(repo, tag);
  if ((await marks.get(mark)) === requestId) await marks.clear(mark);
}

interface Situation {
  readonly facts: ReleaseFacts;
  readonly decision: Writing;
  readonly known: Understood;
  readonly log: Log;
}

async function write(
  deps: Deps,
  payload: CutReleasePayload,
  person: Person,
  situation: Situation,
): Promise<Published> {
  const { repo, tag, shown } = payload;
  const { facts, decision } = situation;
  // What can fail for long is done before anything is written, save where only the tag leads to the commit.
  if (facts.head === shown.commit) await planOf(deps, payload, situation);
  if (decision.missing === 'tag-and-release') {
    // Taken before the tag is made: whoever finds the tag after a crash must know whose it is.
    const holder = await deps.marks.take(cutMark(repo, tag), payload.requestId, HELD_FOR_MS);
    if (holder !== payload.requestId) throw lookAgain(`${tag} of ${repo} is being released by somebody else`);
    const made = await deps.releases.createTag(repo, tag, shown.commit);
    if (made === 'exists') throw lookAgain(`${tag} of ${repo} exists by now`);
  }
  try {
    return await publishOnTag(deps, payload, person, situation);
  } catch (error) {
    if (!(error instanceof PermanentError)) throw error;
    situation.log.error({ err: error, repo, tag }, 'a tag stands without its release');
    return { kind: 'tag-only', code: error.code };
  }
}

async function publishOnTag(
  deps: Deps,
  payload: CutReleasePayload,
  person: Person,
  situation: Situation,
): Promise<Published> {
  const { repo, tag, shown } = payload;
  const plan = await planOf(deps, payload, situation);
  const published = await deps.releases.publishRelease({
    repo,
    tag,
    commit: shown.commit,
    body: bodyOf(payload, person, plan, situation),
    isPrerelease: payload.isPrerelease,
  });
  if (published.kind === 'exists') throw lookAgain(`${tag} of ${repo} has a release by now`);
  return { ...published, kind: 'released' };
}

/** An earlier try may have done it, or somebody else: what GitHub shows next tells which. */
function lookAgain(message: string): RetryableError {
  return new RetryableError(message, { retryInMs: READS_LAG_MS });
}

async function planOf(
  deps: Deps,
  { repo, tag, shown }: CutReleasePayload,
  { facts, known, log }: Situation,
): Promise<ReleasePlan> {
  const from: VersionTag | undefined = facts.tags.find(({ name }) => name === shown.previous);
  if (shown.previous !== undefined && from === undefined) {
    throw new PermanentError('tag-gone', `${shown.previous} of ${repo} is gone`);
  }
  const ref = facts.head === shown.commit ? `refs/heads/${facts.defaultBranch}` : `refs/tags/${tag}`;
  return planRelease(deps, { repo, tag, from, commit: shown.commit, ref }, known, log);
}

function bodyOf(
  { repo, tag, requestId, askedBy, values, shown }: CutReleasePayload,
  person: Person,
  { range, generated, effects }: ReleasePlan,
  { facts, known: { policy, platform } }: Situation,
): string {
  const { introduction, leftOut } = values;
  const body = releaseBody({
    introduction,
    notes: releaseNotes({ repo, tag, range, generated, leftOut }, policy),
    effects: summarise(effects),
    behind: behind(platform, shown.previous, policy),
    compareUrl: compareUrl(facts.url, shown.previous, tag),
  });
  const requestedBy = { slackId: askedBy, name: person.name };
  return `${body}\n\n${formatTrailers({ requestId, requestedBy })}`;
}
