import { type NodeKind, type NodeName, nodeIdOf, nodeNameOf } from './node-id.ts';
import type {
  Account,
  Activity,
  App,
  CheckRun,
  CheckSuite,
  Comment,
  CommitStatus,
  Deployment,
  HookDelivery,
  Issue,
  Label,
  Pull,
  Release,
  RepoRole,
  Repository,
  Ruleset,
  Team,
  TimelineEvent,
} from './types.ts';

interface Tables {
  readonly counter: number;
  readonly lastNumber: number;
  readonly org: Account;
  readonly repo: Repository;
  readonly app: App;
  readonly accounts: readonly Account[];
  readonly teams: readonly Team[];
  readonly roles: readonly (readonly [string, RepoRole])[];
  readonly members: readonly string[];
  readonly refs: readonly (readonly [string, string])[];
  readonly pulls: readonly Pull[];
  readonly issues: readonly Issue[];
  readonly comments: readonly Comment[];
  readonly labels: readonly Label[];
  readonly checkRuns: readonly CheckRun[];
  readonly checkSuites: readonly CheckSuite[];
  readonly statuses: readonly CommitStatus[];
  readonly releases: readonly Release[];
  readonly deployments: readonly Deployment[];
  readonly rulesets: readonly Ruleset[];
  readonly deliveries: readonly HookDelivery[];
  readonly activities: readonly Activity[];
  readonly timeline: readonly TimelineEvent[];
  readonly signedCommits: readonly string[];
}

/** What the state is made of when a sandbox starts empty. */
export interface Founding {
  readonly org: Account;
  readonly repo: Repository;
  readonly app: App;
  readonly accounts: readonly Account[];
  readonly teams: readonly Team[];
}

/** Everything GitHub knows that is not in git. Plain data in maps, so that it can be saved and loaded. */
export class State {
  org: Account;
  repo: Repository;
  app: App;
  /** By login: people, the organisation and the App's bot. */
  readonly accounts = new Map<string, Account>();
  /** By slug. */
  readonly teams = new Map<string, Team>();
  /** Direct collaborators: login -> role. */
  readonly roles = new Map<string, RepoRole>();
  /** Logins of the organisation's members. */
  readonly members = new Set<string>();
  /** Full ref name -> object id; mirrors the bare repository, written only by `moveRefs` and after a git push. */
  readonly refs = new Map<string, string>();
  /** By number. */
  readonly pulls = new Map<number, Pull>();
  /** By number; pull requests are not in here. */
  readonly issues = new Map<number, Issue>();
  readonly comments = new Map<number, Comment>();
  /** By lower-case name. */
  readonly labels = new Map<string, Label>();
  readonly checkRuns = new Map<number, CheckRun>();
  readonly checkSuites = new Map<number, CheckSuite>();
  statuses: CommitStatus[] = [];
  readonly releases = new Map<number, Release>();
  readonly deployments = new Map<number, Deployment>();
  readonly rulesets = new Map<number, Ruleset>();
  readonly deliveries = new Map<number, HookDelivery>();
  activities: Activity[] = [];
  timeline: TimelineEvent[] = [];
  /** Commits that GitHub made and signed: those of the App without an author of their own, and merges. */
  readonly signedCommits = new Set<string>();
  #counter = 10_000;
  #lastNumber = 0;

  constructor(founding: Founding) {
    this.org = founding.org;
    this.repo = founding.repo;
    this.app = founding.app;
    for (const account of [founding.org, ...founding.accounts]) this.accounts.set(account.login, account);
    for (const team of founding.teams) this.teams.set(team.slug, team);
  }

  /** A database id that nothing else has. */
  nextId(): number {
    this.#counter += 1;
    return this.#counter;
  }

  /** The next number of an issue or a pull request. */
  nextNumber(): number {
    this.#lastNumber += 1;
    return this.#lastNumber;
  }

  /** Makes the numbers that follow higher than this one. */
  reserveNumber(number: number): void {
    this.#lastNumber = Math.max(this.#lastNumber, number);
  }

  nodeId(kind: NodeKind, key: string | number): string {
    return nodeIdOf(kind, key);
  }

  /** What a node id names, whether or not it exists; undefined when it is no id of ours. */
  byNodeId(nodeId: string): NodeName | undefined {
    return nodeNameOf(nodeId);
  }

  /** GitHub's logins are case-insensitive. */
  account(login: string): Account | undefined {
    const exact = this.accounts.get(login);
    if (exact) return exact;
    const wanted = login.toLowerCase();
    return [...this.accounts.values()].find((account) => account.login.toLowerCase() === wanted);
  }

  isMember(login: string): boolean {
    return this.members.has(login);
  }

  botLogin(): string {
    return `${this.app.slug}[bot]`;
  }

  toJSON(): Tables {
    return {
      counter: this.#counter,
      lastNumber: this.#lastNumber,
      org: this.org,
      repo: this.repo,
      app: this.app,
      accounts: [...this.accounts.values()],
      teams: [...this.teams.values()],
      roles: [...this.roles],
      members: [...this.members],
      refs: [...this.refs],
      pulls: [...this.pulls.values()],
      issues: [...this.issues.values()],
      comments: [...this.comments.values()],
      labels: [...this.labels.values()],
      checkRuns: [...this.checkRuns.values()],
      checkSuites: [...this.checkSuites.values()],
      statuses: this.statuses,
      releases: [...this.releases.values()],
      deployments: [...this.deployments.values()],
      rulesets: [...this.rulesets.values()],
      deliveries: [...this.deliveries.values()].slice(-500),
      activities: this.activities,
      timeline: this.timeline,
      signedCommits: [...this.signedCommits],
    };
  }

  /** The state that `JSON.stringify(state)` wrote. The caller vouches for the text: it is the sandbox's own file. */
  static fromJSON(text: string): State {
    const tables: Tables = JSON.parse(text);
    const state = new State({ ...tables, accounts: tables.accounts });
    state.#counter = tables.counter;
    state.#lastNumber = tables.lastNumber;
    fill(state.roles, tables.roles);
    for (const login of tables.members) state.members.add(login);
    fill(state.refs, tables.refs);
    fill(
      state.pulls,
      tables.pulls.map((each) => [each.number, each] as const),
    );
    fill(
      state.issues,
      tables.issues.map((each) => [each.number, each] as const),
    );
    fill(
      state.labels,
      tables.labels.map((each) => [each.name.toLowerCase(), each] as const),
    );
    fillById(state.comments, tables.comments);
    fillById(state.checkRuns, tables.checkRuns);
    fillById(state.checkSuites, tables.checkSuites);
    fillById(
      state.releases,
      // States saved by an older version do not tell when a release was changed.
      tables.releases.map((each) => ({
        ...each,
        updatedAt: each.updatedAt ?? each.publishedAt ?? each.createdAt,
      })),
    );
    fillById(state.deployments, tables.deployments);
    fillById(state.rulesets, tables.rulesets);
    fillById(state.deliveries, tables.deliveries);
    state.statuses = [...tables.statuses];
    state.activities = [...tables.activities];
    state.timeline = [...tables.timeline];
    for (const sha of tables.signedCommits) state.signedCommits.add(sha);
    return state;
  }
}

function fill<K, V>(map: Map<K, V>, entries: Iterable<readonly [K, V]>): void {
  for (const [key, value] of entries) map.set(key, value);
}

function fillById<V extends { readonly id: number }>(map: Map<number, V>, values: readonly V[]): void {
  for (const value of values) map.set(value.id, value);
}
