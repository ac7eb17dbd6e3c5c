import { setTimeout as sleep } from 'node:timers/promises';
import type { RepoName } from '../../src/domain/ids.ts';
import { allManagementClusters } from '../../src/domain/rollout/management-clusters.ts';
import type { ManagementView } from '../../src/domain/rollout/objects.ts';
import { addLook } from '../../src/domain/rollout/track.ts';
import { unknownCommits } from '../../src/domain/rollout/unknown-commits.ts';
import { PermanentError, RetryableError } from '../../src/errors.ts';
import type { JobDeps } from '../deps.ts';
import type { Log } from '../ports.ts';
import { askFlux } from './ask-flux.ts';
import { changeUrl } from './change-url.ts';
import { type Followed, isOutOfReach, isVisible, settling, stateKey } from './followed.ts';
import { said } from './keys.ts';
import { LaterCommits } from './later-commits.ts';
import { Pacer } from './pacer.ts';
import { type PlannedParts, type RolloutsRead, readRollouts } from './read-rollouts.ts';
import type { Rollout } from './rollout.ts';
import { putOff } from './settled.ts';
import { storyOf, type ToldRollout } from './story-of.ts';
import { tellRollout } from './tell-rollout.ts';
import { Watches } from './watches.ts';

type Deps = JobDeps & { readonly log: Log };

/** What is told of how long something lasts is brought up to date after a tenth of that, at least a minute. */
const REFRESH_MS = 60_000;
const REFRESH_SHARE = 0.1;
/** So long the first message waits for every cluster to be seen once. */
const FIRST_LOOK_MS = 3_000;
/** Clocks that differ by less count as equal, in milliseconds. */
const CLOCK_SLACK_MS = 5_000;

/** Follows the rollouts of one platform: a watch for each management cluster, shared by all that goes through it. */
export class Follower {
  readonly #deps: Deps;
  readonly #repo: RepoName;
  readonly #planned: PlannedParts = new Map();
  readonly #followed = new Map<string, Followed>();
  readonly #watches: Watches;
  readonly #laterCommits: LaterCommits;
  readonly #pacer: Pacer;
  #read: RolloutsRead | undefined;
  /** GitHub's clock less ours, in milliseconds. */
  #ahead = 0;
  #isOutdated = false;
  #isPolicyBroken = false;
  #isClosed = false;
  #wake = new AbortController();

  constructor(deps: Deps, repo: RepoName) {
    this.#deps = deps;
    this.#repo = repo;
    this.#pacer = new Pacer(() => performance.now());
    this.#laterCommits = new LaterCommits(deps, repo, () => this.#seeAll());
    this.#watches = new Watches({
      fleet: deps.fleet,
      ahead: () => this.#ahead,
      onView: (view, isBack) => this.#onView(view, isBack),
    });
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
    this.#isClosed = true;
    this.#watches.close();
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
      changeUrl: await changeUrl(this.#deps, rollout, known.policy.channels.changes),
    };
    followed.rollout = rollout;
    this.#followed.set(rollout.key, followed);
    void this.#askFlux(followed, known, at);
    for (const view of this.#watches.views) this.#see(followed, view);
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

  /** One watch for each management cluster that something goes through, and no other. */
  #watchClusters({ known: { policy, platform } }: RolloutsRead): void {
    const parts = [...this.#followed.values()].flatMap(({ rollout }) => rollout.parts);
    const wanted = new Set(parts.flatMap(({ plan }) => plan.managements.map(({ management }) => management)));
    const clusters = allManagementClusters(policy, platform).filter(({ name }) => wanted.has(name));
    this.#watches.keep(wanted, clusters, policy.rollout.pollSeconds * 1_000);
  }

  #onView(view: ManagementView, isBack: boolean): void {
    if (isBack) this.#askAgain();
    for (const followed of this.#followed.values()) this.#see(followed, view);
    this.#wake.abort();
  }

  /** What a cluster that is back was not asked yet. */
  #askAgain(): void {
    const read = this.#read;
    if (read === undefined) return;
    for (const followed of this.#followed.values()) void this.#askFlux(followed, read.known, this.#now());
  }

  #see({ rollout, tracks }: Followed, view: ManagementView): void {
    for (const part of rollout.parts) {
      const { pull, plan } = part;
      tracks.set(pull.number, addLook(tracks.get(pull.number) ?? new Map(), plan, view));
      for (const commit of unknownCommits(plan, view)) this.#laterCommits.learn(part, commit);
    }
  }

  #seeAll(): void {
    if (this.#isClosed) return;
    for (const followed of this.#followed.values())
      for (const view of this.#watches.views) this.#see(followed, view);
    this.#wake.abort();
  }

  async #tellIfDue(followed: Followed, told: ToldRollout, { known }: RolloutsRead): Promise<number> {
    const now = this.#now();
    const { rollout } = followed;
    // What people are told of already is told to its end.
    if (followed.shownAt === 0 && isOutOfReach(told)) {
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
    return through.every((management) => this.#watches.hasSeen(management));
  }

  #end(key: string): void {
    this.#followed.delete(key);
    this.#pacer.forget(said.message(key));
    if (this.#read !== undefined) this.#watchClusters(this.#read);
  }
}
