import { parseTrailers } from '../../domain/convention.ts';
import type { CommitSha } from '../../domain/ids.ts';
import type { DirectCommit, MergedPull } from '../../domain/release/release-facts.ts';
import { headlineOf, type MergedPullShape, type NewCommit, numberInHeadline } from './range-commit.ts';
import { isApp } from './shapes.ts';

/**
 * The pull request that brought a commit, by what GitHub knows: merged into one of the branches that count, best the
 * one that was merged with this very commit, else the one that was merged first.
 */
export function pullOfCommit(
  { oid, associatedPullRequests }: NewCommit,
  branches: ReadonlySet<string>,
): MergedPullShape | undefined {
  const merged = associatedPullRequests
    .filter(({ state, baseRefName }) => state === 'MERGED' && branches.has(baseRefName))
    .toSorted((one, other) => Date.parse(one.mergedAt ?? '') - Date.parse(other.mergedAt ?? ''));
  return merged.find(({ mergeCommit }) => mergeCommit?.oid === oid) ?? merged[0];
}

interface Brought {
  readonly pull: MergedPullShape;
  readonly commits: NewCommit[];
}

/**
 * Sorts commits by what brought them.
 *
 * @param commits oldest first.
 * @param byNumber merged pull requests that headlines name.
 */
export function tellRange(
  commits: readonly NewCommit[],
  branches: ReadonlySet<string>,
  byNumber: ReadonlyMap<number, MergedPullShape>,
  appSlug: string,
): { readonly pulls: readonly MergedPull[]; readonly direct: readonly DirectCommit[] } {
  const brought = new Map<number, Brought>();
  const direct: DirectCommit[] = [];
  for (const commit of commits) {
    const pull = pullOfCommit(commit, branches) ?? byNumber.get(numberInHeadline(commit.message) ?? 0);
    if (pull === undefined) {
      direct.push(toDirect(commit));
      continue;
    }
    const known = brought.get(pull.number);
    if (known === undefined) brought.set(pull.number, { pull, commits: [commit] });
    else known.commits.push(commit);
  }
  return { pulls: [...brought.values()].map((each) => toMerged(each, appSlug)), direct };
}

function toMerged({ pull, commits }: Brought, appSlug: string): MergedPull {
  const { number, url, title, body, author } = pull;
  return {
    number,
    url,
    title,
    author: author === null ? undefined : { login: author.login, isBot: author.__typename === 'Bot' },
    askedBy: isApp(author, appSlug) ? askedBy(body) : undefined,
    saysBreaking: [body, ...commits.map(({ message }) => message)].some(saysBreaking),
    commit: cameInWith(pull, commits),
  };
}

function cameInWith(pull: MergedPullShape, commits: readonly NewCommit[]): CommitSha {
  const merge = commits.find(({ oid }) => oid === pull.mergeCommit?.oid) ?? commits.at(-1);
  if (merge === undefined) throw new Error(`no commit brought #${pull.number}`);
  return merge.oid;
}

function askedBy(body: string): MergedPull['askedBy'] {
  const { requestedBy: slackId, requesterName: name } = parseTrailers(body);
  return slackId === undefined || name === undefined ? undefined : { slackId, name };
}

/** GitHub calls whoever is no more `ghost`. */
function toDirect({ oid, url, message, author }: NewCommit): DirectCommit {
  return {
    commit: oid,
    url,
    headline: headlineOf(message),
    author: author?.user?.login ?? author?.name ?? 'ghost',
    saysBreaking: saysBreaking(message),
  };
}

/** A footer of Conventional Commits. */
function saysBreaking(text: string): boolean {
  return /^BREAKING[ -]CHANGE:/m.test(text);
}
