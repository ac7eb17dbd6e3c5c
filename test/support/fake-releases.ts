import type { CommitFiles, ReleaseRepository } from '../../jobs/release/release-ports.ts';
import type { CommitSha, RepoName } from '../../src/domain/ids.ts';
import type { CommitRange, GeneratedNotes, Release } from '../../src/domain/release/release-facts.ts';
import { AmbiguousWriteError, PermanentError, RetryableError } from '../../src/errors.ts';
import type { Mishap } from './fake-github.ts';

export type ReleaseMethod = keyof ReleaseRepository;

/** Tags and releases in memory with the same compare-and-swap rules as GitHub's, for the tests of jobs. */
export class FakeReleases implements ReleaseRepository {
  readonly defaultBranch = 'main';
  /** Where the default branch stands. */
  head: CommitSha;
  /** GitHub's clock, in milliseconds since the epoch. */
  at = Date.parse('2026-01-02T00:00:00Z');
  /** Commits that the default branch held once, and holds no more. */
  readonly rewritten = new Set<CommitSha>();
  readonly tags = new Map<string, CommitSha>();
  /** Oldest first. */
  readonly releases: Release[] = [];
  /** What is new in any range between two commits that differ. */
  range: Pick<CommitRange, 'pulls' | 'direct' | 'held'> & { readonly relation?: CommitRange['relation'] } = {
    pulls: [],
    direct: [],
    held: [],
  };
  generated: GeneratedNotes = { pulls: [], newContributors: [] };
  readonly commits = new Map<CommitSha, CommitFiles>();
  /** Blob id -> text. */
  readonly blobs = new Map<string, string>();
  readonly calls: ReleaseMethod[] = [];
  /** What befalls the next calls of a method, first to last. */
  readonly mishaps = new Map<ReleaseMethod, Mishap[]>();
  /** Runs before each call is done, to change the world in between. */
  before: (method: ReleaseMethod) => void = () => {};
  #ids = 0;

  constructor(head: CommitSha) {
    this.head = head;
  }

  readReleaseFacts: ReleaseRepository['readReleaseFacts'] = (repo, wanted) =>
    this.#read('readReleaseFacts', () => {
      const releases = this.releases.toReversed();
      const commit = wanted === undefined ? undefined : this.tags.get(wanted);
      const ofTag = releases.filter(({ tag }) => tag === wanted);
      const release = ofTag.find(({ isDraft }) => !isDraft) ?? ofTag[0];
      return {
        repo,
        url: `https://git.example/${repo}`,
        defaultBranch: this.defaultBranch,
        head: this.head,
        tags: [...this.tags].map(([name, its]) => ({ name, commit: its })).toReversed(),
        releases,
        wanted: commit === undefined ? undefined : { commit, release },
      };
    });

  readRelease: ReleaseRepository['readRelease'] = (_repo, id) =>
    this.#read('readRelease', () => {
      const found = this.releases.find((each) => each.id === id);
      return { release: found && { ...found, commit: this.tags.get(found.tag) }, at: this.at };
    });

  readNotes: ReleaseRepository['readNotes'] = (_repo, tags) =>
    this.#read('readNotes', () => {
      const found = this.releases.filter(({ tag, isDraft }) => tags.includes(tag) && !isDraft);
      return new Map(found.map(({ tag, body }) => [tag, body]));
    });

  readRange: ReleaseRepository['readRange'] = (_repo, from, to) =>
    this.#read('readRange', () => {
      const end = to === `refs/heads/${this.defaultBranch}` ? this.head : this.tags.get(to.slice(10));
      if (end === undefined) throw new RetryableError(`GitHub does not know ${to} yet`);
      const base = from && this.tags.get(from.name);
      if (from && base === undefined) throw new PermanentError('tag-gone', `${from.name} is gone`);
      if (from && base !== from.commit) throw new RetryableError(`${from.name} was moved`);
      const nothing = { relation: 'identical' as const, pulls: [], direct: [], held: [] };
      const relation = from === undefined ? 'first' : 'ahead';
      return { from, to: end, ...(end === base ? nothing : { relation, ...this.range }) };
    });

  generateNotes: ReleaseRepository['generateNotes'] = () => this.#read('generateNotes', () => this.generated);

  readCommitFiles: ReleaseRepository['readCommitFiles'] = (_repo, commit) =>
    this.#read('readCommitFiles', () => {
      const { defaultBranch } = this;
      const none = { files: { commit, defaultBranch, paths: [], texts: new Map() }, oids: new Map() };
      return this.commits.get(commit) ?? none;
    });

  readBlobs: ReleaseRepository['readBlobs'] = (_repo, files) =>
    this.#read(
      'readBlobs',
      () =>
        new Map(
          files.flatMap(({ oid }) => {
            const text = this.blobs.get(oid);
            return text === undefined ? [] : [[oid, text] as const];
          }),
        ),
    );

  isAncestor: ReleaseRepository['isAncestor'] = (_repo, commit) =>
    this.#read('isAncestor', () => !this.rewritten.has(commit));

  createTag: ReleaseRepository['createTag'] = (_repo, tag, commit) =>
    this.#write('createTag', () => {
      if (this.tags.has(tag)) return 'exists';
      this.tags.set(tag, commit);
      return 'created';
    });

  publishRelease: ReleaseRepository['publishRelease'] = ({ repo, tag, commit, body, isPrerelease }) =>
    this.#write('publishRelease', () => {
      if (this.releases.some((each) => each.tag === tag && !each.isDraft)) return { kind: 'exists' };
      if (!this.tags.has(tag)) this.tags.set(tag, commit);
      const { id, url } = this.add(repo, tag, { body, isPrerelease, author: 'trunkline[bot]', ours: true });
      return { kind: 'published', id, url };
    });

  /** How often a method was called. */
  count(method: ReleaseMethod): number {
    return this.calls.filter((each) => each === method).length;
  }

  /** A release that somebody made by hand; its tag has to be set by whoever wants one. */
  add(repo: RepoName, tag: string, over: Partial<Release> = {}): Release {
    this.#ids += 1;
    const at = new Date(this.at).toISOString();
    const release: Release = {
      repo,
      id: this.#ids,
      tag,
      commit: this.tags.get(tag),
      name: tag,
      body: '',
      url: `https://git.example/${repo}/releases/tag/${tag}`,
      isDraft: false,
      isPrerelease: false,
      publishedAt: over.isDraft ? undefined : at,
      updatedAt: at,
      author: 'pat-platform',
      ours: false,
      ...over,
    };
    this.releases.push(release);
    return release;
  }

  /** Changes a release as a person at GitHub would, a second later. */
  change(id: number, over: Partial<Release>): void {
    const index = this.releases.findIndex((each) => each.id === id);
    const release = this.releases[index];
    if (!release) throw new Error(`no release ${id}`);
    this.at += 1_000;
    this.releases[index] = { ...release, updatedAt: new Date(this.at).toISOString(), ...over };
  }

  remove(id: number): void {
    const index = this.releases.findIndex((each) => each.id === id);
    if (index < 0) throw new Error(`no release ${id}`);
    this.releases.splice(index, 1);
  }

  async #read<Answer>(method: ReleaseMethod, read: () => Answer): Promise<Answer> {
    this.calls.push(method);
    this.before(method);
    if (this.mishaps.get(method)?.shift()) throw new RetryableError(`${method} failed`);
    return read();
  }

  async #write<Answer>(method: ReleaseMethod, write: () => Answer): Promise<Answer> {
    this.calls.push(method);
    this.before(method);
    const mishap = this.mishaps.get(method)?.shift();
    if (mishap === 'fails') throw new AmbiguousWriteError(`${method} failed`);
    const answer = write();
    if (mishap === 'done-but-unclear') throw new AmbiguousWriteError(`${method} is unclear`);
    return answer;
  }
}
