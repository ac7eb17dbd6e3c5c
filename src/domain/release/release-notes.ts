import { parseTitle } from '../convention.ts';
import type { CommitSha, RepoName, SlackUserId } from '../ids.ts';
import type { Policy } from '../policy.ts';
import type { CommitRange, DirectCommit, GeneratedNotes, MergedPull } from './release-facts.ts';

/** One line of the notes. */
export interface NoteEntry {
  readonly source:
    | { readonly kind: 'pull'; readonly number: number; readonly url: string }
    | { readonly kind: 'commit'; readonly commit: CommitSha; readonly url: string };
  /** Type or folder that the title begins with; undefined when it fits no convention. */
  readonly scope: string | undefined;
  readonly area: string | undefined;
  /** What it does; the whole title when it fits no convention. */
  readonly subject: string;
  readonly isBreaking: boolean;
  /** A GitHub login, or the name that git holds for a commit of somebody unknown. */
  readonly author: { readonly name: string; readonly isLogin: boolean } | undefined;
  readonly askedBy: { readonly slackId: SlackUserId; readonly name: string } | undefined;
}

/** Whether two lines tell of the same pull request or commit. */
export function sameSource({ source: a }: NoteEntry, { source: b }: NoteEntry): boolean {
  if (a.kind === 'pull') return b.kind === 'pull' && a.number === b.number;
  return b.kind === 'commit' && a.commit === b.commit;
}

export interface NotesSection {
  readonly title: string;
  readonly entries: readonly NoteEntry[];
}

/** A difference to what GitHub's own generator would list, and why. */
export type NotesDifference =
  /** GitHub lists them again: the release before holds them under other commits. */
  | { readonly kind: 'held-before'; readonly tag: string; readonly numbers: readonly number[] }
  /** GitHub leaves them out, as its own configuration may say. */
  | { readonly kind: 'left-out-by-github'; readonly numbers: readonly number[] }
  /** Whoever releases left them out. */
  | { readonly kind: 'left-out'; readonly numbers: readonly number[] }
  | { readonly kind: 'without-pull-request'; readonly count: number }
  /** GitHub could not be asked. */
  | { readonly kind: 'unknown' };

export interface ReleaseNotes {
  readonly repo: RepoName;
  readonly tag: string;
  readonly previous: string | undefined;
  readonly sections: readonly NotesSection[];
  /** Promotions of earlier releases; they change nothing that this release brings. */
  readonly promotions: readonly NoteEntry[];
  readonly newContributors: readonly { readonly login: string; readonly number: number }[];
  readonly differences: readonly NotesDifference[];
}

export interface NotesQuestion {
  readonly repo: RepoName;
  readonly tag: string;
  readonly range: CommitRange;
  /** Undefined when GitHub could not be asked. */
  readonly generated: GeneratedNotes | undefined;
  /** Numbers of pull requests that whoever releases leaves out. */
  readonly leftOut: readonly number[];
}

/** The notes of a release: every pull request and every other commit of its range once, in the policy's sections. */
export function releaseNotes(question: NotesQuestion, policy: Policy): ReleaseNotes {
  const { repo, tag, range, generated, leftOut } = question;
  const all = noteEntries(range, generated);
  const kept = all.filter(({ source }) => source.kind === 'commit' || !leftOut.includes(source.number));
  const [promotions, others] = partition(kept, isPromotion);
  return {
    repo,
    tag,
    previous: range.from?.name,
    sections: inSections(others, policy),
    promotions,
    newContributors: (generated?.newContributors ?? []).filter(({ number }) =>
      kept.some(({ source }) => source.kind === 'pull' && source.number === number),
    ),
    differences: differences(question, all),
  };
}

/**
 * What can be listed, oldest first. What GitHub's generator lists beyond the range is listed as well, save what the
 * release before holds.
 */
export function noteEntries(range: CommitRange, generated: GeneratedNotes | undefined): readonly NoteEntry[] {
  const known = new Set([...range.pulls.map(({ number }) => number), ...range.held]);
  const further = (generated?.pulls ?? []).filter(({ number }) => !known.has(number));
  return [...range.pulls.map(ofPull), ...further.map(ofGenerated), ...range.direct.map(ofCommit)];
}

function ofPull({ number, url, title, author, askedBy, saysBreaking }: MergedPull): NoteEntry {
  return {
    ...titleParts(title, saysBreaking),
    source: { kind: 'pull', number, url },
    author: author && { name: author.login, isLogin: true },
    askedBy,
  };
}

function ofGenerated({ number, url, title, author }: GeneratedNotes['pulls'][number]): NoteEntry {
  return {
    ...titleParts(title, false),
    source: { kind: 'pull', number, url },
    author: { name: author, isLogin: true },
    askedBy: undefined,
  };
}

function ofCommit({ commit, url, headline, author, saysBreaking }: DirectCommit): NoteEntry {
  return {
    ...titleParts(headline, saysBreaking),
    source: { kind: 'commit', commit, url },
    author: { name: author, isLogin: false },
    askedBy: undefined,
  };
}

function titleParts(title: string, saysBreaking: boolean) {
  const parsed = parseTitle(title);
  return {
    scope: parsed?.scope,
    area: parsed?.area,
    subject: parsed?.subject ?? title,
    isBreaking: saysBreaking || (parsed?.isBreaking ?? false),
  };
}

/** A promotion, as `chore(release): promote v0.0.3 to aws prod`. */
function isPromotion({ scope, area, subject }: NoteEntry): boolean {
  return scope === 'chore' && area === 'release' && /^promote\b/.test(subject);
}

/** Each entry goes into the first section that takes it; what none takes goes into the last one, `Other`. */
function inSections(entries: readonly NoteEntry[], { release }: Policy): readonly NotesSection[] {
  const last =
    release.sections.find(({ types, breaking }) => types.length === 0 && !breaking)?.title ?? 'Other';
  const titleOf = (entry: NoteEntry) =>
    release.sections.find(
      ({ types, breaking }) =>
        (breaking && entry.isBreaking) || (entry.scope !== undefined && types.includes(entry.scope)),
    )?.title ?? last;
  const found = Map.groupBy(entries, titleOf);
  const titles = [...new Set([...release.sections.map(({ title }) => title), last])];
  return titles.flatMap((title) => {
    const own = found.get(title);
    return own === undefined ? [] : [{ title, entries: own }];
  });
}

function differences(
  { range, generated, leftOut }: NotesQuestion,
  all: readonly NoteEntry[],
): readonly NotesDifference[] {
  const numbers = all.flatMap(({ source }) => (source.kind === 'pull' ? [source.number] : []));
  const byGitHub = generated?.pulls.map(({ number }) => number) ?? [];
  const again = byGitHub.filter((number) => range.held.includes(number));
  const missed = generated ? numbers.filter((number) => !byGitHub.includes(number)) : [];
  const without = numbers.filter((number) => leftOut.includes(number));
  return [
    ...(again.length > 0 && range.from
      ? [{ kind: 'held-before', tag: range.from.name, numbers: again } as const]
      : []),
    ...(missed.length > 0 ? [{ kind: 'left-out-by-github', numbers: missed } as const] : []),
    ...(without.length > 0 ? [{ kind: 'left-out', numbers: without } as const] : []),
    ...(range.direct.length > 0
      ? [{ kind: 'without-pull-request', count: range.direct.length } as const]
      : []),
    ...(generated === undefined ? [{ kind: 'unknown' } as const] : []),
  ];
}

function partition<T>(all: readonly T[], is: (one: T) => boolean): readonly [readonly T[], readonly T[]] {
  return [all.filter(is), all.filter((one) => !is(one))];
}
