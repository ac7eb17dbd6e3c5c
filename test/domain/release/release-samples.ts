import type { CommitSha, RepoName } from '../../../src/domain/ids.ts';
import type {
  CommitRange,
  DirectCommit,
  GeneratedNotes,
  MergedPull,
  Release,
  ReleaseFacts,
} from '../../../src/domain/release/release-facts.ts';

export const repo = 'acme/platform' as RepoName;

export function sha(text: string): CommitSha {
  return text.padEnd(40, '0') as CommitSha;
}

export function pullOf(number: number, title: string, more: Partial<MergedPull> = {}): MergedPull {
  return {
    number,
    url: `https://git.example/${repo}/pull/${number}`,
    title,
    author: { login: 'pat-platform', isBot: false },
    askedBy: undefined,
    saysBreaking: false,
    commit: sha(`c${number}`),
    ...more,
  };
}

export function directOf(headline: string, more: Partial<DirectCommit> = {}): DirectCommit {
  const commit = sha('dd');
  return {
    commit,
    url: `https://git.example/${repo}/commit/${commit}`,
    headline,
    author: 'Pat',
    saysBreaking: false,
    ...more,
  };
}

export function rangeOf(pulls: readonly MergedPull[], more: Partial<CommitRange> = {}): CommitRange {
  return {
    from: { name: 'v0.0.1', commit: sha('a1') },
    to: sha('b2'),
    relation: 'ahead',
    pulls,
    direct: [],
    held: [],
    ...more,
  };
}

/** What GitHub's generator says of these pull requests. */
export function generatedOf(
  pulls: readonly MergedPull[],
  more: Partial<GeneratedNotes> = {},
): GeneratedNotes {
  return {
    pulls: pulls.map(({ number, title, url }) => ({ number, title, url, author: 'pat-platform' })),
    newContributors: [],
    ...more,
  };
}

export function factsOf(more: Partial<ReleaseFacts> = {}): ReleaseFacts {
  return {
    repo,
    url: `https://git.example/${repo}`,
    defaultBranch: 'main',
    head: sha('b2'),
    tags: [{ name: 'v0.0.1', commit: sha('a1') }],
    releases: [],
    wanted: undefined,
    ...more,
  };
}

export function releaseOf(more: Partial<Release> = {}): Release {
  return {
    repo,
    id: 7,
    tag: 'v0.0.2',
    commit: sha('b2'),
    name: 'v0.0.2',
    body: '',
    url: `https://git.example/${repo}/releases/tag/v0.0.2`,
    isDraft: false,
    isPrerelease: false,
    publishedAt: '2026-01-02T00:00:00Z',
    updatedAt: '2026-01-02T00:00:00Z',
    author: 'pat-platform',
    ours: false,
    ...more,
  };
}
