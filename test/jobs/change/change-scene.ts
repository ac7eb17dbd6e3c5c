import { createHash } from 'node:crypto';
import { createChangeMemory } from '../../../jobs/change/change-memory.ts';
import { digestOf } from '../../../jobs/change/digest-of.ts';
import type { JobDeps } from '../../../jobs/deps.ts';
import type { Job } from '../../../jobs/job.ts';
import type { Person } from '../../../jobs/ports.ts';
import type { PullFacts } from '../../../src/domain/change/pull-facts.ts';
import type { Deed, PersonRef, Subject } from '../../../src/domain/change/record.ts';
import type { CommitSha, GitHubLogin, SlackUserId } from '../../../src/domain/ids.ts';
import type { PlatformFiles } from '../../../src/domain/platform.ts';
import { FakeBook } from '../../support/fake-book.ts';
import { FakeChanges } from '../../support/fake-changes.ts';
import { FakeFleet } from '../../support/fake-fleet.ts';
import { FakeGitHub } from '../../support/fake-github.ts';
import { fakeJobDeps } from '../../support/fake-job-deps.ts';
import { FakeMarks } from '../../support/fake-marks.ts';
import { FakeReleases } from '../../support/fake-releases.ts';
import { FakeSpeaker } from '../../support/fake-speaker.ts';
import { FakeViews } from '../../support/fake-views.ts';
import { BASE, REPO, samplePlatform, sampleSnapshot } from '../../support/sample-platform.ts';

export const sha = (letter: string) => letter.repeat(40) as CommitSha;
export const OLD = sha('1');
export const NEW = sha('2');
export const MOVED = sha('3');
export const HEAD = sha('a');
export const PUSHED = sha('d');
export const PULL = 7;

const SOURCE = 'providers/aws/v1/mgmt/namespaced/flux-system/gitrepository-release.yaml';
const names = ['rita', 'ann', 'bob', 'cleo'];

export const idOf = (name: string) => `U${name.toUpperCase()}` as SlackUserId;
export const refOf = (name: string): PersonRef => ({ slack: idOf(name), login: name as GitHubLogin });

export function policyText(changes = ''): string {
  return [
    'changes:',
    '  approvers:',
    '    - { needed: 2, groups: [{ name: platform, usergroups: [SPLATFORM] }] }',
    '  operators: { usergroups: [SOPS] }',
    ...(changes === '' ? [] : [changes]),
    'people:',
    ...names.map((name) => `  - { slack: [${idOf(name)}], github: [${name}] }`),
    '',
  ].join('\n');
}

/**
 * A platform whose production follows v0.1.0, and pull request 7, which turns that to v0.2.0 and was opened by `rita`.
 * `ann`, `bob` and `cleo` may approve.
 */
export class ChangeJobScene {
  readonly changes = new FakeChanges(BASE);
  readonly releases = new FakeReleases(BASE);
  readonly book = new FakeBook();
  readonly speaker = new FakeSpeaker();
  readonly views = new FakeViews();
  readonly fleet = new FakeFleet();
  readonly marks = new FakeMarks();
  readonly hints: string[] = [];
  readonly gone = new Set<string>();
  /** Slack id -> the address that Slack has had confirmed. */
  readonly emails = new Map<SlackUserId, string>();
  readonly groups = new Map<string, readonly SlackUserId[]>([
    ['SPLATFORM', ['rita', 'ann', 'bob', 'cleo'].map(idOf)],
    ['SOPS', ['cleo'].map(idOf)],
  ]);
  policy: string;
  #memory = createChangeMemory();
  #actions = 0;

  constructor(policy = policyText()) {
    this.policy = policy;
    this.changes.tags.set('v0.1.0', OLD).set('v0.2.0', NEW);
    this.releases.tags.set('v0.1.0', OLD).set('v0.2.0', NEW);
    for (const commit of [BASE, OLD, NEW, MOVED]) this.hold(commit, samplePlatform(policy));
    this.hold(HEAD, this.turnedTo('v0.2.0'));
    this.hold(PUSHED, this.turnedTo('v0.2.0'));
    this.changes.pulls.set(PULL, pullFacts());
    this.changes.pusher = { kind: 'person', login: 'rita' as GitHubLogin, at: 0 };
    this.changes.file = samplePlatform(policy).texts.get(SOURCE) ?? '';
  }

  /** The platform with production's source turned to a tag. */
  turnedTo(tag: string): PlatformFiles {
    const files = samplePlatform(this.policy);
    const text = (files.texts.get(SOURCE) ?? '').replace('v0.1.0', tag);
    return { ...files, texts: new Map([...files.texts, [SOURCE, text]]) };
  }

  /** Lets a commit hold these files. */
  hold(commit: CommitSha, files: PlatformFiles): void {
    const oids = new Map(files.paths.map((path) => [path, oidOf(files.texts.get(path) ?? path)]));
    for (const text of files.texts.values()) this.releases.blobs.set(oidOf(text), text);
    this.releases.commits.set(commit, { files: { ...files, commit }, oids });
  }

  get pull(): PullFacts {
    const pull = this.changes.pulls.get(PULL);
    if (pull === undefined) throw new Error('no pull request');
    return pull;
  }

  set pull(pull: PullFacts) {
    this.changes.pulls.set(PULL, pull);
  }

  change(over: Partial<PullFacts>): void {
    this.pull = { ...this.pull, ...over };
  }

  push(head: CommitSha = PUSHED): void {
    this.change({ head, ownCheck: undefined });
  }

  /** What an approval of the pull request as it stands is about. */
  get subject(): Subject {
    return this.subjectOf(PULL);
  }

  subjectOf(pull: number): Subject {
    const turn = {
      source: 'providers/aws/v1/mgmt:flux-system/release',
      from: 'tag v0.1.0',
      to: 'tag v0.2.0',
    };
    const { tags, pulls } = this.changes;
    return {
      pull,
      head: pulls.get(pull)?.head ?? HEAD,
      turns: [{ ...turn, running: tags.get('v0.1.0'), target: tags.get('v0.2.0') }],
    };
  }

  get shown(): string {
    return digestOf([this.subject]);
  }

  record(deed: Deed): void {
    const { length } = this.book.records;
    this.book.records.push({
      v: 1,
      id: `record-${length + 1}`,
      seq: length + 1,
      previous: undefined,
      at: new Date(this.changes.at).toISOString(),
      repo: REPO,
      policy: BASE,
      deed,
      key: 'fake',
      signature: 'fake',
    });
  }

  /** Records that the pull request has become change 1. */
  open(): void {
    this.record({
      kind: 'opened',
      change: 1,
      what: { kind: 'promotion', tag: 'v0.2.0', automatic: false, back: false },
      requester: refOf('rita'),
      places: [],
      pull: PULL,
      externalNumber: undefined,
    });
  }

  approve(...who: readonly string[]): void {
    for (const name of who) {
      this.record({ kind: 'approved', change: 1, by: refOf(name), subjects: [this.subject], via: 'slack' });
    }
  }

  kinds(): readonly Deed['kind'][] {
    return this.book.records.map(({ deed }) => deed.kind);
  }

  deeds<Kind extends Deed['kind']>(kind: Kind): readonly Extract<Deed, { kind: Kind }>[] {
    return this.book.records.flatMap(({ deed }) =>
      deed.kind === kind ? [deed as Extract<Deed, { kind: Kind }>] : [],
    );
  }

  /** Another process, which remembers nothing. */
  restart(): void {
    this.#memory = createChangeMemory();
    this.changes.before = () => {};
    this.changes.done = () => {};
    this.book.before = () => {};
    this.book.done = () => {};
  }

  #personOf(id: SlackUserId): Person {
    return { id, name: id, isMember: !this.gone.has(id), email: this.emails.get(id) };
  }

  get deps(): JobDeps {
    const hint = (name: string) => async (_repo: string, number?: number) =>
      void this.hints.push(number === undefined ? name : `${name} ${number}`);
    return fakeJobDeps({
      github: new FakeGitHub(samplePlatform(this.policy)),
      snapshots: { current: async () => sampleSnapshot(this.policy), put: async () => {} },
      releases: this.releases,
      changes: this.changes,
      book: this.book,
      speaker: this.speaker,
      views: this.views,
      fleet: this.fleet,
      marks: this.marks,
      memory: this.#memory,
      people: {
        find: async (id): Promise<Person> => this.#personOf(id),
        findByEmail: async (email) => {
          const id = [...this.emails].find(([, own]) => own === email)?.[0];
          return id === undefined ? undefined : this.#personOf(id);
        },
        membersOf: async (group) => this.groups.get(group) ?? [],
      },
      hints: {
        lookAtPlatform: hint('platform'),
        lookAtRequest: hint('request'),
        lookAtRelease: hint('release'),
        lookAtIssue: hint('issue'),
        lookAtPull: hint('pull'),
        lookAtConventions: hint('conventions'),
        lookAtChange: hint('change'),
        lookAtChanges: hint('changes'),
        followRollouts: hint('rollouts'),
      },
    });
  }

  async run(job: (deps: JobDeps) => Job, payload: object, attempt = 1): Promise<void> {
    const log = { info() {}, warn() {}, error() {} };
    const { signal } = new AbortController();
    await job(this.deps).run({ v: 1, repo: REPO, ...payload }, { attempt, signal, log });
  }

  /** One click's name; another click has another. */
  actionId(): string {
    this.#actions += 1;
    return `action-${String(this.#actions).padStart(4, '0')}`;
  }
}

export function pullFacts(over: Partial<PullFacts> = {}): PullFacts {
  return {
    repo: REPO,
    number: PULL,
    url: `https://git.example/${REPO}/pull/${PULL}`,
    title: 'chore(release): promote v0.2.0 to aws prod',
    body: '',
    state: 'open',
    isDraft: false,
    updatedAt: '2026-03-02T09:00:00Z',
    author: 'rita' as GitHubLogin,
    ours: false,
    base: 'main',
    branch: 'by-hand',
    isFork: false,
    head: HEAD,
    lastMove: undefined,
    standsOn: [],
    mergeable: 'yes',
    authors: ['rita' as GitHubLogin],
    hasUnknownAuthors: false,
    requiredChecks: [],
    ownCheck: undefined,
    reviews: [],
    missingReview: undefined,
    isInMergeQueue: false,
    merged: undefined,
    ...over,
  };
}

function oidOf(text: string): string {
  return createHash('sha1').update(text).digest('hex');
}
