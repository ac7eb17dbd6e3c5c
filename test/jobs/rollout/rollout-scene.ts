import type { JobDeps } from '../../../jobs/deps.ts';
import { Follower } from '../../../jobs/rollout/follower.ts';
import type { MergedPull } from '../../../jobs/rollout/rollout-ports.ts';
import type { Deed, PlaceRef, Subject } from '../../../src/domain/change/record.ts';
import type { CommitSha } from '../../../src/domain/ids.ts';
import type { PlatformFiles } from '../../../src/domain/platform.ts';
import type { ManagementView } from '../../../src/domain/rollout/objects.ts';
import { condition, kustomization, revision, source, view } from '../../domain/rollout/samples.ts';
import { FakeDeployments } from '../../support/fake-deployments.ts';
import { FakeGitHub } from '../../support/fake-github.ts';
import { FakeMerges } from '../../support/fake-merges.ts';
import { BASE, REPO, samplePlatform } from '../../support/sample-platform.ts';
import { ChangeJobScene, NEW, OLD, policyText, refOf, sha } from '../change/change-scene.ts';

export const AWS = 'aws-v1-mgmt';
export const GCP = 'gcp-v1-mgmt';
/** The commits that the pull requests for aws and gcp were merged as. */
export const MERGED = { aws: sha('c'), gcp: sha('e') } as const;
/** A merge that changes nothing in production. */
export const QUIET = sha('f');
export const CHANGE = `rollout:${REPO}~1`;
export const START = Date.parse('2026-03-02T10:00:00Z');
const SECOND = 1_000;

export type Cloud = 'aws' | 'gcp';
const clouds: readonly Cloud[] = ['aws', 'gcp'];
const pulls: Readonly<Record<Cloud, number>> = { aws: 7, gcp: 8 };

/** A platform on two clouds, in each of which a Kustomization `mgmt` applies what the sources are. */
export class RolloutScene extends ChangeJobScene {
  readonly merges = new FakeMerges();
  readonly deployments = new FakeDeployments();
  readonly github = new FakeGitHub(samplePlatform());
  readonly lines: string[] = [];
  /** The process's clock, in milliseconds since the epoch. */
  now = START;
  /** GitHub's clock less ours, in milliseconds. */
  ahead = 0;
  /** Which clouds production was turned on, and to which tag. */
  readonly turned = new Map<Cloud, string>();
  /** Files that the default branch holds no more. */
  readonly dropped = new Set<string>();
  /** Commits that came after every merge. */
  readonly later = new Set<CommitSha>();
  /** Where the default branch stands. */
  head = BASE;
  follower: Follower;

  constructor(policy = policyText()) {
    super(policy);
    this.follower = new Follower(this.#deps(), REPO);
    this.hold(BASE, this.files());
    const { isAncestor } = this.releases;
    this.releases.isAncestor = async (repo, commit, of) => {
      await isAncestor(repo, commit, of);
      return commit === of || this.later.has(of);
    };
    this.#mockClocks();
    this.merges.at = START;
  }

  /** The repository's files as they stand. */
  files(more: Readonly<Record<string, string>> = {}): PlatformFiles {
    const files = samplePlatform(this.policy);
    const texts = new Map<string, string>();
    for (const cloud of clouds) {
      for (const [path, text] of files.texts) {
        const tag = this.turned.get(cloud) ?? 'v0.1.0';
        texts.set(
          path.replaceAll('/aws/', `/${cloud}/`),
          text.replaceAll('/aws/', `/${cloud}/`).replace('v0.1.0', tag),
        );
      }
      texts.set(`providers/${cloud}/v1/mgmt/namespaced/flux-system/mgmt.yaml`, mgmtOf(cloud));
    }
    for (const [path, text] of Object.entries(more)) texts.set(path, text);
    const others = files.paths.filter((path) => !files.texts.has(path));
    const paths = [
      ...texts.keys(),
      ...clouds.flatMap((cloud) => others.map((path) => path.replace('/aws/', `/${cloud}/`))),
    ];
    return { ...files, paths: [...new Set(paths)], texts };
  }

  override get deps(): JobDeps {
    return {
      ...super.deps,
      github: this.github,
      merges: this.merges,
      deployments: this.deployments,
      snapshots: {
        current: async () => ({
          repo: REPO,
          files: this.#files(),
          openRequests: [],
          openPulls: [],
          readAt: 0,
        }),
        put: async () => {},
      },
    };
  }

  #deps() {
    const write = (level: string) => (_fields: object, message: string) =>
      void this.lines.push(`${level}: ${message}`);
    const log = { info: write('info'), warn: write('warn'), error: write('error') };
    return { ...this.deps, log };
  }

  #snapshot: { readonly key: string; readonly files: PlatformFiles } | undefined;

  #files(): PlatformFiles {
    const key = JSON.stringify([this.policy, this.head, [...this.turned], [...this.dropped]]);
    if (this.#snapshot?.key !== key) {
      const files = this.files();
      const paths = files.paths.filter((path) => !this.dropped.has(path));
      const texts = new Map([...files.texts].filter(([path]) => !this.dropped.has(path)));
      this.#snapshot = { key, files: { ...files, commit: this.head, paths, texts } };
    }
    return this.#snapshot.files;
  }

  #mockClocks(): void {
    Date.now = () => this.now;
    performance.now = () => this.now - START;
  }

  /** Opens change 1, which promotes v0.2.0 to these clouds, a wave each. */
  promote(...to: readonly Cloud[]): void {
    const places: readonly PlaceRef[] = to.map((cloud, wave) => ({
      name: `${cloud}-v1-prod`,
      branch: `promote-${cloud}`,
      wave,
    }));
    this.record({
      kind: 'opened',
      change: 1,
      what: { kind: 'promotion', tag: 'v0.2.0', automatic: false, back: false },
      requester: refOf('rita'),
      places,
      pull: undefined,
      externalNumber: undefined,
    });
  }

  /** Merges the promotion's pull request for a cloud. */
  merge(cloud: Cloud, over: Partial<Extract<Deed, { kind: 'merged' }>> = {}): void {
    const parent = this.merges.pulls.at(-1)?.commit ?? BASE;
    this.turned.set(cloud, 'v0.2.0');
    this.hold(MERGED[cloud], this.files());
    this.#addMerge({ number: pulls[cloud], commit: MERGED[cloud], parent });
    this.record({
      kind: 'merged',
      change: 1,
      pull: pulls[cloud],
      commit: MERGED[cloud],
      subject: subjectOf(cloud),
      past: undefined,
      approvedBy: [refOf('ann')],
      ...over,
    });
  }

  /** Merges a pull request that changes nothing in production. */
  mergeQuiet(number = 9, commit = QUIET): void {
    this.hold(commit, {
      ...this.files(),
      paths: [...this.files().paths, `tenants/aws/non-prod/new/${number}.yaml`],
    });
    this.#addMerge({ number, commit, parent: this.merges.pulls.at(-1)?.commit ?? BASE });
  }

  addMerge(pull: Pick<MergedPull, 'number' | 'commit' | 'parent'>): void {
    this.#addMerge(pull);
  }

  #addMerge({ number, commit, parent }: Pick<MergedPull, 'number' | 'commit' | 'parent'>): void {
    const url = `https://git.example/${REPO}/pull/${number}`;
    this.merges.pulls.push({
      number,
      url,
      title: `pull ${number}`,
      base: 'main',
      commit,
      parent,
      at: this.gitHubNow,
    });
  }

  get gitHubNow(): number {
    return this.now + this.ahead;
  }

  /** Records that change 2 turned production on aws to v0.3.0. */
  overtake(): void {
    this.now += SECOND;
    this.changes.at = this.gitHubNow;
    const [turn] = subjectOf('aws').turns;
    const subject: Subject = {
      pull: 20,
      head: sha('a'),
      turns: turn === undefined ? [] : [{ ...turn, from: 'tag v0.2.0', to: 'tag v0.3.0', target: sha('5') }],
    };
    this.record({
      kind: 'opened',
      change: 2,
      what: { kind: 'promotion', tag: 'v0.3.0', automatic: false, back: false },
      requester: refOf('rita'),
      places: [],
      pull: 20,
      externalNumber: undefined,
    });
    this.record({
      kind: 'merged',
      change: 2,
      pull: 20,
      commit: sha('4'),
      subject,
      past: undefined,
      approvedBy: [],
    });
  }

  /** A second process that follows the same. */
  another(): Follower {
    return new Follower(this.#deps(), REPO);
  }

  /** Another process, which remembers nothing; the clusters go on. */
  override restart(): void {
    super.restart();
    this.follower.close();
    this.follower = new Follower(this.#deps(), REPO);
    this.deployments.before = () => {};
  }

  async look(): Promise<void> {
    this.merges.at = this.gitHubNow;
    this.changes.at = this.gitHubNow;
    await this.follower.lookForMerges();
    await settled();
  }

  /** Lets time go by, then tells what is due, and reads the ledger anew where that is due. */
  async after(ms = 3 * SECOND): Promise<void> {
    this.now += ms;
    this.marks.now += ms;
    this.merges.at = this.gitHubNow;
    this.changes.at = this.gitHubNow;
    await settled();
    await this.follower.tellWhatIsDue();
    await settled();
    if (this.follower.isOutdated) await this.look();
  }

  /** A management cluster shows this from now on. */
  async shows(seen: ManagementView): Promise<void> {
    this.fleet.push({ ...seen, at: this.now });
    await settled();
  }

  /** What the one message of the change's rollout says, and what its thread says. */
  get message(): string {
    return this.speaker.textOf(CHANGE) ?? '';
  }

  get thread(): readonly string[] {
    return this.speaker.textsTo('thread');
  }

  /** How the ledger tells that merges ended. */
  get ends(): readonly string[] {
    return this.deeds('applied').map(({ pull, outcome }) => `${pull} ${outcome}`);
  }
}

const clocks = { date: Date.now, performance: performance.now };

/** Gives the process its own clocks back. */
export function restoreClocks(): void {
  Date.now = clocks.date;
  performance.now = clocks.performance;
}

/** Lets what was begun and awaits nothing outside come to its end. */
export async function settled(): Promise<void> {
  for (let turn = 0; turn < 30; turn += 1) await new Promise((resolve) => setImmediate(resolve));
}

function subjectOf(cloud: Cloud): Subject {
  const place = `providers/${cloud}/v1/mgmt:flux-system/release`;
  const turn = { source: place, from: 'tag v0.1.0', running: OLD, to: 'tag v0.2.0', target: NEW };
  return { pull: pulls[cloud], head: sha('a'), turns: [turn] };
}

function mgmtOf(cloud: Cloud): string {
  return `apiVersion: kustomize.toolkit.fluxcd.io/v1
kind: Kustomization
metadata:
  name: mgmt
  namespace: flux-system
spec:
  interval: 5m
  path: ./providers/${cloud}/v1/mgmt
  prune: true
  sourceRef:
    kind: GitRepository
    name: main
`;
}

const names: Readonly<Record<Cloud, string>> = { aws: AWS, gcp: GCP };
const release = (applied: string, id: string, more = {}) =>
  kustomization(applied, { id, source: 'flux-system/release', cluster: 'prod-1', ...more });

/** A management cluster that runs `tag`, fetched from the commit of `letter`; `last` is what stands otherwise. */
export function running(cloud: Cloud, short: string, letter: string, last: object = {}): ManagementView {
  const merged = `main@${letter}`;
  const own = (id: string) =>
    kustomization(merged, { id, source: 'flux-system/main', cluster: 'non-prod-1' });
  return view({
    at: 0,
    management: names[cloud],
    sources: [source(merged, { id: 'flux-system/main' }), source(short)],
    kustomizations: [
      kustomization(merged, { id: 'flux-system/mgmt', source: 'flux-system/main', cluster: undefined }),
      own('non-prod-1/tenants-common'),
      own('non-prod-1/tenants-non-prod'),
      release(short, 'prod-1/tenants-common'),
      release(short, 'prod-1/tenants-prod', last),
    ],
  });
}

export const ranBefore = (cloud: Cloud) => running(cloud, 'v0.1.0@1', 'b');
export const done = (cloud: Cloud) => running(cloud, 'v0.2.0@2', cloud === 'aws' ? 'c' : 'e');
/** All is there, but one Kustomization fails. */
export const broken = (cloud: Cloud, message = 'denied') =>
  running(cloud, 'v0.2.0@2', cloud === 'aws' ? 'c' : 'e', {
    lastApplied: revision('v0.1.0@1'),
    lastAttempted: revision('v0.2.0@2'),
    ready: condition('False', 'ReconciliationFailed', { message }),
  });
export const suspended = (cloud: Cloud) =>
  running(cloud, 'v0.2.0@2', cloud === 'aws' ? 'c' : 'e', {
    lastApplied: revision('v0.1.0@1'),
    suspended: true,
  });
export const silent = (
  cloud: Cloud,
  since: number,
  why: 'no-answer' | 'not-set-up' = 'no-answer',
): ManagementView => ({
  kind: 'silent',
  management: names[cloud],
  at: 0,
  since,
  why,
});
