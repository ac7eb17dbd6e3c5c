import type { OwnCheck, PullFacts, Review } from '../../../domain/change/pull-facts.ts';
import type { GitHubLogin, RepoName } from '../../../domain/ids.ts';
import type { GitHubContext } from '../github-context.ts';
import { isMadeByApp } from '../request-commit.ts';
import { type ActorShape, isApp } from '../shapes.ts';
import { APPROVAL_CHECK } from './approval-check.ts';
import {
  type ChangeCommit,
  type ChangePullShape,
  MOST_COMMITS,
  type OwnRun,
  type ReviewShape,
} from './pull-facts-fragment.ts';
import { requiredChecks } from './required-checks.ts';
import { toLogin } from './to-login.ts';

type App = Pick<GitHubContext, 'appSlug' | 'appId'>;

/**
 * A pull request as GitHub tells it, in the domain's words. What could not be read whole is never taken for whole.
 *
 * @param hidesChecks whether GitHub kept checks or statuses back, as where the App may not read statuses.
 */
export function toPullFacts(
  app: App,
  repo: RepoName,
  pull: ChangePullShape,
  hidesChecks: boolean,
): PullFacts {
  return {
    repo,
    number: pull.number,
    url: pull.url,
    title: pull.title,
    body: pull.body,
    state: STATES[pull.state],
    isDraft: pull.isDraft,
    updatedAt: pull.updatedAt,
    author: pull.author === null ? undefined : toLogin(pull.author.login),
    ours: isApp(pull.author, app.appSlug),
    base: pull.baseRefName,
    branch: pull.headRefName,
    isFork: pull.isCrossRepository,
    head: pull.headRefOid,
    lastMove: pull.moved.at(-1)?.id,
    standsOn: standsOn(pull),
    mergeable: MERGEABLE[pull.mergeable],
    ...authorsOf(app, pull),
    requiredChecks: requiredChecks(app, pull.statusCheckRollup, hidesChecks),
    ownCheck: ownCheckOf(app, pull),
    reviews: reviewsOf(pull),
    missingReview: pull.reviewDecision === null ? undefined : MISSING_REVIEW[pull.reviewDecision],
    isInMergeQueue: pull.isInMergeQueue,
    merged: mergedOf(app, pull),
  };
}

const STATES = { OPEN: 'open', CLOSED: 'closed', MERGED: 'merged' } as const;
const MISSING_REVIEW = {
  APPROVED: undefined,
  CHANGES_REQUESTED: 'changes-requested',
  REVIEW_REQUIRED: 'missing',
} as const;
const MERGEABLE = { MERGEABLE: 'yes', CONFLICTING: 'conflicting', UNKNOWN: 'unknown' } as const;

function authorsOf(app: App, { commits }: ChangePullShape): Pick<PullFacts, 'authors' | 'hasUnknownAuthors'> {
  const read = (commits.nodes ?? []).filter((each) => each !== null).map(({ commit }) => commit);
  const isWhole = commits.totalCount <= MOST_COMMITS && read.length === commits.totalCount;
  const logins = new Set(read.flatMap((commit) => namesOf(commit)));
  return {
    authors: isWhole ? [...logins] : undefined,
    hasUnknownAuthors: !isWhole || read.some((commit) => isOfSomebodyUnknown(app, commit)),
  };
}

/** Parents of its commits that are none of its own. */
function standsOn({ commits }: ChangePullShape): PullFacts['standsOn'] {
  const own = (commits.nodes ?? []).flatMap((each) => (each === null ? [] : [each.commit]));
  const oids = new Set(own.map(({ oid }) => oid));
  const parents = own.flatMap((commit) => commit.parents.map(({ oid }) => oid));
  return [...new Set(parents)].filter((oid) => !oids.has(oid));
}

function namesOf(commit: ChangeCommit): readonly GitHubLogin[] {
  const committer = isWebFlow(commit) ? undefined : commit.committer?.user?.login;
  return [commit.authorship?.user?.login, committer].filter((login) => login !== undefined).map(toLogin);
}

/** GitHub knows no user for an App's bot, but our own commits are told by its signature. */
function isOfSomebodyUnknown({ appSlug }: App, commit: ChangeCommit): boolean {
  if (isMadeByApp(commit, appSlug)) return false;
  const knowsAuthor = commit.authorship?.user != null;
  return !knowsAuthor || !(isWebFlow(commit) || commit.committer?.user != null);
}

/** What is committed on GitHub's pages is committed by GitHub itself, which names nobody. */
function isWebFlow({ committer, signature }: ChangeCommit): boolean {
  const email = committer?.email ?? '';
  return signature?.isValid === true && signature.wasSignedByGitHub && /^noreply@/.test(email);
}

/** Asked for by App already; looked at again, since only the App's own check says what it said. */
function ownCheckOf({ appId }: App, { tip, headRefOid }: ChangePullShape): OwnCheck | undefined {
  const head = tip.find(({ commit }) => commit.oid === headRefOid)?.commit;
  const runs = (head?.checkSuites ?? [])
    .filter(({ app }) => app?.databaseId === appId)
    .flatMap(({ checkRuns }) => checkRuns)
    .filter(({ name }) => name === APPROVAL_CHECK)
    .flatMap((run) => toOwnCheck(run));
  return runs.toSorted((one, other) => other.id - one.id)[0];
}

function toOwnCheck(run: OwnRun): readonly OwnCheck[] {
  // GraphQL's numbers are of 32 bits, which GitHub's ids have outgrown.
  const id = run.databaseId ?? Number(/\/(\d+)$/.exec(run.permalink)?.[1]);
  if (!Number.isSafeInteger(id)) return [];
  const conclusion = run.conclusion?.toLowerCase();
  return [{ id, status: statusOf(run.status), conclusion, title: run.title ?? undefined }];
}

function statusOf(status: string): OwnCheck['status'] {
  if (status === 'COMPLETED') return 'completed';
  return status === 'IN_PROGRESS' ? 'in_progress' : 'queued';
}

function reviewsOf({ latestOpinionatedReviews }: ChangePullShape): readonly Review[] {
  return latestOpinionatedReviews.flatMap(toReview);
}

function toReview({ fullDatabaseId: id, author, commit, state, body }: ReviewShape): readonly Review[] {
  const kind = OPINIONS[state];
  // A bot's opinion is nobody's.
  if (kind === undefined || commit === null || author?.__typename !== 'User') return [];
  return [{ id, login: toLogin(author.login), kind, commit: commit.oid, body }];
}

const OPINIONS: Readonly<Record<string, Review['kind']>> = {
  APPROVED: 'approved',
  CHANGES_REQUESTED: 'changes-requested',
  DISMISSED: 'dismissed',
};

/** A merge queue merges as a bot of its own, for whoever put the pull request into it. */
function mergerOf({ mergedBy, queued }: ChangePullShape): ActorShape {
  return isApp(mergedBy, 'github-merge-queue') ? (queued.at(-1)?.actor ?? mergedBy) : mergedBy;
}

function mergedOf({ appSlug }: App, pull: ChangePullShape): PullFacts['merged'] {
  if (pull.state !== 'MERGED' || pull.mergeCommit === null) return undefined;
  const by = mergerOf(pull);
  return {
    commit: pull.mergeCommit.oid,
    by: by === null ? undefined : toLogin(by.login),
    byUs: isApp(by, appSlug),
    at: pull.mergedAt ?? pull.updatedAt,
  };
}
