import { setTimeout as sleep } from 'node:timers/promises';
import type { CommitSha, RepoName } from '../../src/domain/ids.ts';
import {
  allManagementClusters,
  type ManagementCluster,
} from '../../src/domain/rollout/management-clusters.ts';
import type { ManagementView } from '../../src/domain/rollout/objects.ts';
import { addLook, type Track } from '../../src/domain/rollout/track.ts';
import { unknownCommits } from '../../src/domain/rollout/unknown-commits.ts';
import { PermanentError, RetryableError } from '../../src/errors.ts';
import { rolloutMessage, rolloutThread } from '../../src/views/rollout-message.ts';
import { said as saidOfChange } from '../change/keys.ts';
import type { JobDeps } from '../deps.ts';
import type { Log } from '../ports.ts';
import { askFlux } from './ask-flux.ts';
import { said } from './keys.ts';
import { Pacer } from './pacer.ts';
import { type PlannedParts, type RolloutsRead, readRollouts } from './read-rollouts.ts';
import type { Rollout, RolloutPart } from './rollout.ts';
import { putOff } from './settled.ts';
import { storyOf, type ToldRollout } from './story-of.ts';
import { tellRollout } from './tell-rollout.ts';
import type { Shown } from './telling.ts';

type Deps = JobDeps & { readonly log: Log };

/** What is kept of a rollout while it is followed. */
interface Followed {
  rollout: Rollout;
  /** Pull request -> what was seen of its merge. */
  readonly tracks: Map<number, Track>;
  readonly notAllowed: Set<string>;
  /** Milliseconds since the epoch, when it was first followed here. */
  readonly since: number;
  /** Pull request -> when its merge was first seen to be applied, since it last was not. */
  readonly appliedSince: Map<number, number>;
  readonly told: Shown;
  /** What was told last, but for how long things last. */
  shown: string | undefined;
  shownAt: number;
  /** Not told again before then, after something failed. */
  notBefore: number;
  changeUrl: string | undefined;
}

/** What is told of how long something lasts is brought up to date after a tenth of that, at least a minute. */
const REFRESH_MS = 60_000;
const REFRESH_SHARE = 0.1;
/** So long the first message waits for every cluster to be seen once. */
const FIRST_LOOK_MS = 3_000;
/** HelmReleases have a watch of their own: so long they may be shown as they stood before what made them; milliseconds. */
const HELM_LAG_MS = 6_000;
/** Clocks that differ by less count as equal, in milliseconds. */
const CLOCK_SLACK_MS = 5_000;

/** Follows the rollouts of one platform: a watch for each management cluster, shared by all that goes through it. */
export class Follower {
  readonly #deps: Deps;
  readonly #repo: RepoName;
  readonly #planned: PlannedParts = new Map();
  readonly #followed = new Map<string, Followed>();
  readonly #watched = new Map<
    string,
    { readonly cluster: ManagementCluster; readonly ending: AbortController }
  >();
  readonly #views = new Map<string, ManagementView>();
  readonly #ancestry = new Map<string, Promise<void>>();
  readonly #pacer: Pacer;
  #read: RolloutsRead | undefined;
  /** GitHub's clock less ours, in milliseconds. */
  #ahead = 0;
  #isOutdated = false;
  #isPolicyBroken = false;
  #wake = new AbortController();

  constructor(deps: Deps, repo: RepoName) {
    this.#deps = deps;
    this.#repo = repo;
    this.#pacer = new Pacer(() => performance.now());
  }

  /** Whether nothing is rolling out any more. */
  get isIdle(): boolean {
    return this.#followed.size === 0;
  }

  /** Reads what was merged, begins to follow what is new, and has Flux fetch it. */
  async lookForMerges(): Promise<void> {
    const quiet = [...this.#followed.values()].flatMap(({ rollout: { change, parts } }) =>
      change === undefined ? parts.map(({ pull }) => pull.number) : [],
    );
    const read = await readRollouts(this.#deps, this.#repo, this.#planned, quiet);
    this.#isOutdated = false;
    this.#isPolicyBroken = read === undefined;
    // While the policy has mistakes, what is followed goes on by the one before.
    if (read === undefined) return;
    this.#read = read;
    // GitHub tells whole seconds: one clock for all looks is worth more than the last fraction, or they change places.
    const ahead = read.at - Date.now();
    if (Math.abs(ahead - this.#ahead) > CLOCK_SLACK_MS) this.#ahead = ahead;
    const keys = new Set([...read.lagging, ...read.rollouts.map(({ key }) => key)]);
    for (const key of this.#followed.keys()) if (!keys.has(key)) this.#followed.delete(key);
    for (const rollout of read.rollouts) await this.#begin(rollout, read);
    this.#watchClusters(read);
  }

  /** Whether the ledger tells more by now than what was read of it. */
  get isOutdated(): boolean {
    return this.#isOutdated;
  }

  /** Whether a tag is waited for that is not there, or a policy without mistakes. */
  get isUnsure(): boolean {
    if (this.#isPolicyBroken) return true;
    return [...this.#followed.values()].some(({ rollout }) => rollout.parts.some(({ isSure }) => !isSure));
  }

  /**
   * Tells what is due of each rollout, endings first.
   *
   * @returns milliseconds until something may be due that no cluster tells.
   */
  async tellWhatIsDue(): Promise<number> {
    const read = this.#read;
    if (read === undefined) return REFRESH_MS;
    const now = this.#now();
    const all = [...this.#followed.values()].map((followed) => {
      const told = storyOf(followed.rollout, followed.tracks, read.known.policy, now, followed.changeUrl);
      return { followed, told };
    });
    const isEnding = ({ told }: (typeof all)[number]) => told.story.outcome.kind !== 'under-way';
    let waitMs = REFRESH_MS;
    for (const each of all.toSorted((a, b) => Number(isEnding(b)) - Number(isEnding(a)))) {
      waitMs = Math.min(waitMs, await this.#tellIfDue(each.followed, each.told, read));
    }
    return waitMs;
  }

  /** Resolves after `ms` milliseconds, or as soon as a cluster shows something. */
  async sleep(ms: number, signal: AbortSignal): Promise<void> {
    const any = AbortSignal.any([signal, this.#wake.signal]);
    await sleep(ms, undefined, { signal: any }).catch(() => undefined);
    if (this.#wake.signal.aborted) this.#wake = new AbortController();
  }

  close(): void {
    for (const { ending } of this.#watched.values()) ending.abort();
    this.#watched.clear();
  }

  /** Milliseconds since the epoch by GitHub's clock, by which merges are dated. */
  #now(): number {
    return Date.now() + this.#ahead;
  }

  async #begin(rollout: Rollout, { known, at }: RolloutsRead): Promise<void> {
    const before = this.#followed.get(rollout.key);
    const followed: Followed = before ?? {
      rollout,
      tracks: new Map(),
      notAllowed: new Set(),
      since: this.#now(),
      appliedSince: new Map(),
      told: { news: new Set(), pages: new Map() },
      shown: undefined,
      shownAt: 0,
      notBefore: 0,
      changeUrl: await this.#changeUrl(rollout, known.policy.channels.changes),
    };
    followed.rollout = rollout;
    this.#followed.set(rollout.key, followed);
    void this.#askFlux(followed, known, at);
    for (const view of this.#views.values()) this.#see(followed, view);
  }

  /** A cluster that does not answer keeps nobody waiting. */
  async #askFlux({ rollout, notAllowed }: Followed, known: RolloutsRead['known'], at: number): Promise<void> {
    try {
      const names = await askFlux(this.#deps, rollout, known, at);
      const isNews = names.some((name) => !notAllowed.has(name));
      for (const name of names) notAllowed.add(name);
      if (isNews) this.#wake.abort();
    } catch (error) {
      this.#deps.log.warn({ err: error, rollout: rollout.key }, 'cannot ask Flux to fetch a merge');
    }
  }

  /** Where the change is told; a rollout is told without it where Slack cannot say. */
  async #changeUrl({ repo, change }: Rollout, channel: string): Promise<string | undefined> {
    if (change === undefined) return undefined;
    const { speaker, log } = this.#deps;
    try {
      const key = saidOfChange.message(repo, change.number);
      const message = await speaker.find(key, { kind: 'channel', channel }, Date.parse(change.openedAt));
      return message && (await speaker.linkTo(message));
    } catch (error) {
      log.warn({ err: error, change: change.number }, 'cannot link a rollout to its change');
      return undefined;
    }
  }

  /** One watch for each management cluster that something goes through, and no other. */
  #watchClusters({ known }: RolloutsRead): void {
    const parts = [...this.#followed.values()].flatMap(({ rollout }) => rollout.parts);
    const wanted = new Set(parts.flatMap(({ plan }) => plan.managements.map(({ management }) => management)));
    for (const [name, { ending }] of this.#watched) {
      if (wanted.has(name)) continue;
      ending.abort();
      this.#watched.delete(name);
      this.#views.delete(name);
    }
    for (const cluster of allManagementClusters(known.policy, known.platform)) {
      if (wanted.has(cluster.name) && !this.#watched.has(cluster.name))
        this.#watch(cluster, known.policy.rollout.pollSeconds * 1_000);
    }
  }

  #watch(cluster: ManagementCluster, pollMs: number): void {
    const ending = new AbortController();
    this.#watched.set(cluster.name, { cluster, ending });
    const onView = (view: ManagementView) => {
      if (ending.signal.aborted) return;
      const shown = this.#byGitHubsClock(view);
      if (shown.kind === 'seen' && this.#views.get(cluster.name)?.kind === 'silent') this.#askAgain();
      this.#views.set(cluster.name, shown);
      for (const followed of this.#followed.values()) this.#see(followed, shown);
      this.#wake.abort();
    };
    void this.#deps.fleet.follow(cluster, { pollMs, signal: ending.signal, onView });
  }

  /** What a cluster that is back was not asked yet. */
  #askAgain(): void {
    const read = this.#read;
    if (read === undefined) return;
    for (const followed of this.#followed.values()) void this.#askFlux(followed, read.known, this.#now());
  }

  /** Views come in order, whatever the clocks say. */
  #byGitHubsClock(view: ManagementView): ManagementView {
    const at = Math.max(view.at + this.#ahead, (this.#views.get(view.management)?.at ?? 0) + 1);
    return view.kind === 'silent' ? { ...view, at, since: view.since + this.#ahead } : { ...view, at };
  }

  #see({ rollout, tracks }: Followed, view: ManagementView): void {
    for (const part of rollout.parts) {
      const { pull, plan } = part;
      tracks.set(pull.number, addLook(tracks.get(pull.number) ?? new Map(), plan, view));
      for (const commit of unknownCommits(plan, view)) this.#learn(part, commit);
    }
  }

  /** Asks whether a commit that a cluster shows came after the merge; each only once. */
  #learn({ pull, descendants }: RolloutPart, commit: CommitSha): void {
    const key = `${pull.commit} ${commit}`;
    if (this.#ancestry.has(key)) return;
    const asking = this.#deps.releases.isAncestor(this.#repo, pull.commit, commit).then(
      (isLater) => {
        if (!isLater) return;
        descendants.add(commit);
        for (const followed of this.#followed.values())
          for (const view of this.#views.values()) this.#see(followed, view);
        this.#wake.abort();
      },
      (error: unknown) => {
        this.#ancestry.delete(key);
        this.#deps.log.warn({ err: error, commit }, 'cannot tell whether a commit came after a merge');
      },
    );
    this.#ancestry.set(key, asking);
  }

  async #tellIfDue(followed: Followed, told: ToldRollout, { known }: RolloutsRead): Promise<number> {
    const now = this.#now();
    const { rollout } = followed;
    if (isOutOfReach(told)) {
      await putOff(this.#deps, rollout.stage).catch(() => undefined);
      this.#end(rollout.key);
      return REFRESH_MS;
    }
    if (!isVisible(told, rollout)) return REFRESH_MS;
    const patienceMs = followed.since + FIRST_LOOK_MS - now;
    if (patienceMs > 0 && !this.#isSeen(rollout)) return patienceMs;
    const settlingMs = settling(followed, told, now);
    if (settlingMs > 0) return settlingMs;
    const state = stateKey(told, followed.notAllowed);
    const refreshMs = Math.max(REFRESH_MS, (now - told.story.startedAt) * REFRESH_SHARE);
    const dueMs = state !== followed.shown ? 0 : followed.shownAt + refreshMs - now;
    const waitMs = Math.max(dueMs, followed.notBefore - now, this.#pacer.waitMs(said.message(rollout.key)));
    if (waitMs > 0) return waitMs;
    this.#pacer.sent(said.message(rollout.key));
    try {
      const notAllowed = [...followed.notAllowed];
      const telling = { rollout, told, known, now, notAllowed, shown: followed.told, pacer: this.#pacer };
      const { isOver, isRecorded, isComplete } = await tellRollout(this.#deps, telling);
      followed.shown = isComplete ? state : undefined;
      followed.shownAt = now;
      if (isRecorded) this.#isOutdated = true;
      if (isOver) this.#end(rollout.key);
      return isComplete ? REFRESH_MS : this.#pacer.waitMs(said.message(rollout.key));
    } catch (error) {
      const retryInMs = error instanceof RetryableError ? (error.retryInMs ?? 2_000) : 60_000;
      const isFinal = error instanceof PermanentError;
      this.#deps.log[isFinal ? 'error' : 'warn'](
        { err: error, rollout: rollout.key },
        'cannot tell of a rollout',
      );
      followed.notBefore = this.#now() + retryInMs;
      return retryInMs;
    }
  }

  #isSeen({ parts }: Rollout): boolean {
    const through = parts.flatMap(({ plan }) => plan.managements.map(({ management }) => management));
    return through.every((management) => this.#views.has(management));
  }

  #end(key: string): void {
    this.#followed.delete(key);
    this.#pacer.forget(said.message(key));
    if (this.#read !== undefined) this.#watchClusters(this.#read);
  }
}

/** Where no cluster can be reached since none is set up, there is nothing to follow. */
function isOutOfReach({ story }: ToldRollout): boolean {
  return story.progress.managements.every(({ silence }) => silence?.why === 'not-set-up');
}

/** Milliseconds until what seems to be applied can be believed to be, its HelmReleases included. */
function settling(
  { rollout, appliedSince }: Followed,
  { story, outcomes }: ToldRollout,
  now: number,
): number {
  const members = story.progress.managements.flatMap(({ legs }) => legs.flatMap((leg) => leg.members));
  const hasHelm = members.some(({ helm }) => helm.length > 0);
  let waitMs = 0;
  for (const { pull, recorded } of rollout.parts) {
    const isNew = outcomes.get(pull.number)?.kind === 'applied' && recorded?.outcome !== 'applied';
    if (!isNew) appliedSince.delete(pull.number);
    else if (hasHelm) {
      const since = appliedSince.get(pull.number) ?? now;
      appliedSince.set(pull.number, since);
      waitMs = Math.max(waitMs, since + HELM_LAG_MS - now);
    }
  }
  return waitMs;
}

/** A merge that changes nothing in production is told of once it has an end. */
function isVisible(told: ToldRollout, { change }: Rollout): boolean {
  const { story } = told;
  return change !== undefined || story.outcome.kind !== 'under-way';
}

/** All that is told, but for durations. */
function stateKey({ story }: ToldRollout, notAllowed: ReadonlySet<string>): string {
  const { outcome } = story;
  const lasting = outcome.kind === 'stuck' ? { ...outcome, sinceMs: 0 } : outcome;
  const shown = { ...story, outcome: lasting };
  return JSON.stringify([rolloutMessage(shown, 0), rolloutThread(shown, 0), [...notAllowed]]);
}
