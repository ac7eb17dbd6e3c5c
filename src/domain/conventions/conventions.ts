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

/**
 * All that is against the conventions in what a pull request changes, and in how the repository hangs together with it.
 * What stood before is told apart: in the same object, or in the file that was moved.
 *
 * @param texts of what `textsWanted` names; of what `textsBefore` names too, or all counts as new.
 */
export function conventions(question: ConventionsQuestion, texts: BlobTexts): Conventions {
  const { before, after, policy, title } = question;
  const changed = changedPaths(before, after);
  const now = foundIn(question, 'after', changed.written, texts);
  const earlier = earlierOf(question, changed, now, texts);
  const paths = [...changed.written, ...changed.removed];
  const wrongTitle = checkTitle({
    title,
    before: before.platform,
    after: after.platform,
    paths: after.oids.keys(),
    changed: paths,
    policy,
  });
  const titles: readonly Finding[] =
    wrongTitle === undefined ? [] : [{ problem: wrongTitle, path: undefined, line: 1, isNew: true }];
  return {
    findings: [...titles, ...tellApart(now, earlier, changed).sort(byPlace)],
    unread: changed.written.filter((path) => textOf(path, after, texts) === undefined),
    suggestedTitle:
      wrongTitle !== undefined && 'suggestion' in wrongTitle ? wrongTitle.suggestion : undefined,
  };
}

/**
 * The blobs whose texts tell what of it stood before: the earlier content of files in which something was found.
 *
 * @param texts of what `textsWanted` names.
 */
export function textsBefore(
  question: ConventionsQuestion,
  texts: BlobTexts,
): readonly { readonly path: string; readonly oid: string }[] {
  const { before, after } = question;
  const changed = changedPaths(before, after);
  const found = foundIn(question, 'after', changed.written, texts);
  return earlierPaths(found, changed).flatMap((path) => {
    const oid = before.oids.get(path);
    return oid === undefined || textOf(path, before, texts) !== undefined ? [] : [{ path, oid }];
  });
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

function earlierOf(
  question: ConventionsQuestion,
  changed: ChangedPaths,
  now: readonly Found[],
  texts: BlobTexts,
): readonly Found[] {
  return now.length === 0 ? [] : foundIn(question, 'before', earlierPaths(now, changed), texts);
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
