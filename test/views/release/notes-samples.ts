import type { CommitSha, RepoName } from '../../../src/domain/ids.ts';
import type {
  CommitRange,
  DirectCommit,
  GeneratedNotes,
  MergedPull,
} from '../../../src/domain/release/release-facts.ts';
import { type ReleaseNotes, releaseNotes } from '../../../src/domain/release/release-notes.ts';
import { policyOf } from '../../domain/samples.ts';

export const repo = 'berndonline/k8s-multi-cluster' as RepoName;
export const repoUrl = `https://github.com/${repo}`;
export const author = 'berndonline';

export function sha(digits: string): CommitSha {
  return digits.padEnd(40, '0') as CommitSha;
}

export function pull(number: number, title: string, more: Partial<MergedPull> = {}): MergedPull {
  return {
    number,
    url: `${repoUrl}/pull/${number}`,
    title,
    author: { login: author, isBot: false },
    askedBy: undefined,
    saysBreaking: false,
    commit: sha(String(number)),
    ...more,
  };
}

export function direct(commit: string, headline: string, by = author): DirectCommit {
  return {
    commit: sha(commit),
    url: `${repoUrl}/commit/${sha(commit)}`,
    headline,
    author: by,
    saysBreaking: false,
  };
}

export function rangeOf(more: Partial<CommitRange> = {}): CommitRange {
  return {
    from: { name: 'v0.0.1', commit: sha('3a9fe65') },
    to: sha('f622ec5'),
    relation: 'ahead',
    pulls: [],
    direct: [],
    held: [],
    ...more,
  };
}

export function generatedOf(pulls: readonly MergedPull[]): GeneratedNotes {
  return {
    pulls: pulls.map(({ number, title, url }) => ({ number, title, url, author })),
    newContributors: [],
  };
}

export function notesOf(
  tag: string,
  range: CommitRange,
  generated: GeneratedNotes | undefined = generatedOf(range.pulls),
  leftOut: readonly number[] = [],
): ReleaseNotes {
  return releaseNotes({ repo, tag, range, generated, leftOut }, policyOf());
}

/** So many pull requests with long titles of every kind. */
export function manyPulls(
  count: number,
  title: (index: number) => string = longTitle,
): readonly MergedPull[] {
  return Array.from({ length: count }, (_, index) => pull(index + 1, title(index)));
}

const scopes = ['tenants(dummy)', 'feat(ingress)', 'providers(aws)', 'fix(aws)', 'docs', 'feat(x)!'];

export function longTitle(index: number): string {
  const start = `${scopes[index % scopes.length]}: `;
  return `${start}${'a *long* title <that> @goes #1 on_ and_ on '.repeat(8)}`.slice(0, 256).trim();
}

export function shortTitle(index: number): string {
  return `${scopes[index % scopes.length]}: increase compute quota once more`;
}
