import { canonicalJson } from '../platform/canonical.ts';
import type { Policy } from '../policy.ts';
import { type ChangedPaths, changedPaths } from './changed-paths.ts';
import { checkFiles } from './check-files.ts';
import { checkReferences } from './check-references.ts';
import { checkTitle } from './check-title.ts';
import { type BlobTexts, type ConventionState, textOf } from './convention-state.ts';
import type { Finding, Found } from './finding.ts';
import { lineFinder } from './line-finder.ts';

/** A pull request as it is checked. */
export interface ConventionsQuestion {
  readonly title: string;
  /** What it started from. */
  readonly before: ConventionState;
  /** Its head. */
  readonly after: ConventionState;
  /** That of the default branch. */
  readonly policy: Policy;
}

export interface Conventions {
  /** What is new first, each by path and line. */
  readonly findings: readonly Finding[];
  /** Paths of changed files whose texts could not be read: binary, huge or links. */
  readonly unread: readonly string[];
  /** A title that follows the convention, where the one it has does not and can be mended mechanically. */
  readonly suggestedTitle: string | undefined;
}

/** What was found at a pull request's head, before it is known what of it stood before. */
export interface Examined {
  readonly question: ConventionsQuestion;
  readonly changed: ChangedPaths;
  readonly now: readonly Found[];
}

/**
 * All that is against the conventions in what a pull request changes, and in how the repository hangs together with it.
 *
 * @param texts of what `textsWanted` names.
 */
export function examine(question: ConventionsQuestion, texts: BlobTexts): Examined {
  const changed = changedPaths(question.before, question.after);
  return { question, changed, now: foundIn(question, 'after', changed.written, texts) };
}

/**
 * The blobs whose texts tell what of it stood before: the earlier content of files in which something was found.
 *
 * @param texts as for `examine`.
 */
export function textsBefore(
  { question: { before }, changed, now }: Examined,
  texts: BlobTexts,
): readonly { readonly path: string; readonly oid: string }[] {
  return earlierPaths(now, changed).flatMap((path) => {
    const oid = before.oids.get(path);
    return oid === undefined || textOf(path, before, texts) !== undefined ? [] : [{ path, oid }];
  });
}

/**
 * What was found, with what stood before told apart: in the same object, or in the file that was moved.
 *
 * @param texts of what `textsWanted` and `textsBefore` name.
 */
export function conventions({ question, changed, now }: Examined, texts: BlobTexts): Conventions {
  const { before, after, policy, title } = question;
  const earlier = now.length === 0 ? [] : foundIn(question, 'before', earlierPaths(now, changed), texts);
  const wrongTitle = checkTitle({
    title,
    before: before.platform,
    after: after.platform,
    paths: [...after.oids.keys()],
    changed: [...changed.written, ...changed.removed],
    policy,
  });
  const titles: readonly Finding[] =
    wrongTitle === undefined ? [] : [{ problem: wrongTitle, path: undefined, line: 1, isNew: true }];
  return {
    findings: [...titles, ...tellApart(now, earlier, changed).sort(byPlace)],
    unread: changed.written.filter((path) => textOf(path, after, texts) === undefined),
    suggestedTitle: wrongTitle?.suggestion,
  };
}

/** Of one side: what is found in files at these paths, and in the whole. */
function foundIn(
  { before, after, policy }: ConventionsQuestion,
  side: 'before' | 'after',
  paths: readonly string[],
  texts: BlobTexts,
): readonly Found[] {
  const state = side === 'before' ? before : after;
  const inFiles = checkFiles({ state, standing: before.platform, paths, policy, texts });
  const references = checkReferences(state, texts).map(({ path, document, at, problem }) => ({
    problem,
    path,
    line: lineFinder(textOf(path, state, texts) ?? '').lineOf(document, at),
  }));
  return [...inFiles, ...references];
}

function earlierPaths(found: readonly Found[], changed: ChangedPaths): readonly string[] {
  const paths = new Set(found.flatMap(({ path }) => path ?? []));
  return [...new Set([...paths].flatMap((path) => changed.before(path) ?? []))];
}

/** A finding is old where the same was found before, in the same file or where that stood; each counts once. */
function tellApart(now: readonly Found[], earlier: readonly Found[], changed: ChangedPaths): Finding[] {
  const known = new Map<string, number>();
  for (const each of earlier) {
    const key = keyOf(each, each.path);
    known.set(key, (known.get(key) ?? 0) + 1);
  }
  return now.map((each) => {
    const key = keyOf(each, each.path === undefined ? undefined : changed.before(each.path));
    const left = known.get(key) ?? 0;
    if (left > 0) known.set(key, left - 1);
    return { ...each, isNew: left === 0 };
  });
}

function keyOf({ problem }: Found, path: string | undefined): string {
  return canonicalJson([path ?? null, problem]);
}

function byPlace(one: Finding, other: Finding): number {
  if (one.isNew !== other.isNew) return one.isNew ? -1 : 1;
  const [a, b] = [one.path ?? '', other.path ?? ''];
  return a === b ? one.line - other.line : a < b ? -1 : 1;
}
