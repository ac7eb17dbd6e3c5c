import type { Change } from '../../src/domain/change/change.ts';
import { changesOf } from '../../src/domain/change/changes-of.ts';
import type { Membership } from '../../src/domain/change/count-approvals.ts';
import type { Ledger } from '../../src/domain/change/record.ts';
import type { RepoName, SlackUserId } from '../../src/domain/ids.ts';
import type { Who } from '../../src/domain/policy/who.ts';
import type { JobDeps } from '../deps.ts';
import { type CommittedPlatform, freshPlatform, knownPlatform } from '../known-platform.ts';
import type { ChangeFactsRead, LedgerPlace } from './change-ports.ts';
import { ledgerPlace } from './ledger-place.ts';
import { actorsOf, readMembership, readTeams } from './read-membership.ts';
import { readParts } from './read-parts.ts';
import type { ChangeScene, SceneBase } from './scene.ts';

export type SceneRead =
  | { readonly kind: 'scene'; readonly scene: ChangeScene }
  | { readonly kind: 'unknown-change'; readonly ledger: Ledger }
  | { readonly kind: 'policy-invalid' };

type Deps = Pick<
  JobDeps,
  'github' | 'snapshots' | 'releases' | 'changes' | 'book' | 'people' | 'memory' | 'marks'
>;

export interface SceneWish {
  /** True to ask for all that decides again, as at a click and right before a merge. */
  readonly isFresh?: boolean;
  /** Slack ids that matter besides those that the records name. */
  readonly who?: readonly SlackUserId[];
  /** Groups that matter besides the approvers'. */
  readonly besides?: readonly Who[];
}

/** Gathers a change: its records, its pull requests as GitHub shows them now, what they do and who agreed. */
export async function readScene(
  deps: Deps,
  repo: RepoName,
  number: number,
  { isFresh = false, who = [], besides = [] }: SceneWish = {},
): Promise<SceneRead> {
  let known = await knownPlatform(deps, repo);
  if (known.kind === 'invalid') return { kind: 'policy-invalid' };
  const place = ledgerPlace(repo, known.policy);
  const opened = await openedChange(deps, place, number);
  if ('records' in opened) return { kind: 'unknown-change', ledger: opened };
  // At one moment, for together they are one request.
  const [ledger, facts, teams] = await Promise.all([
    deps.book.read(place),
    readFacts(deps, repo, opened, known),
    readTeams(deps, { repo, policy: known.policy, isFresh }),
  ]);
  const changes = changesOf(ledger.records);
  const change = changes.get(number);
  if (change === undefined) return { kind: 'unknown-change', ledger };
  if (known.commit !== facts.baseHead) {
    known = await freshPlatform(deps, repo);
    if (known.kind === 'invalid') return { kind: 'policy-invalid' };
  }
  const base = { repo, known, ledger, change, changes, facts, isFresh };
  return { kind: 'scene', scene: await sceneFrom(deps, base, { who, besides, teams }) };
}

/** The same scene after a record of ours, where nothing outside can be another than it was read a moment ago. */
export async function withLedger(
  deps: Deps,
  scene: ChangeScene,
  ledger: Ledger,
  facts: ChangeFactsRead = scene.facts,
): Promise<ChangeScene> {
  const { repo, known } = scene;
  const changes = changesOf(ledger.records);
  const change = changes.get(scene.change.number) ?? scene.change;
  return sceneFrom(deps, { repo, known, ledger, change, changes, facts, isFresh: false });
}

async function sceneFrom(
  deps: Deps,
  base: Omit<SceneBase, 'membership'>,
  {
    who = [],
    besides = [],
    teams,
  }: Omit<SceneWish, 'isFresh'> & { readonly teams?: Membership['teams'] } = {},
): Promise<ChangeScene> {
  const { repo, known, change, isFresh } = base;
  const { policy } = known;
  const isBack = change.what.kind === 'promotion' && change.what.back;
  const membership = await readMembership(deps, {
    repo,
    policy,
    who: [...new Set([...actorsOf(change), ...who])],
    besides: [
      ...besides,
      ...(isBack && policy.changes.back.who !== undefined ? [policy.changes.back.who] : []),
    ],
    isFresh,
    teams,
  });
  const whole = { ...base, membership };
  return { ...whole, parts: await readParts(deps, whole) };
}

/** What is to be asked about a change stands in its first record, so that any ledger tells it that holds that. */
async function openedChange({ book }: Deps, place: LedgerPlace, number: number): Promise<Change | Ledger> {
  const remembered = await book.read(place, { maxAgeMs: Number.POSITIVE_INFINITY });
  const known = changesOf(remembered.records).get(number);
  if (known !== undefined) return known;
  const ledger = await book.read(place);
  return changesOf(ledger.records).get(number) ?? ledger;
}

async function readFacts(
  { changes, memory }: Deps,
  repo: RepoName,
  change: Change,
  { platform }: CommittedPlatform,
): Promise<ChangeFactsRead> {
  const running = platform.sources.flatMap(({ ref }) => (ref.kind === 'tag' ? [ref.tag] : []));
  const own = change.what.kind === 'promotion' ? [change.what.tag] : [];
  const branches = change.places.map(({ branch }) => branch);
  const known = new Map(
    branches.flatMap((branch) => {
      const number = memory.pulls.get(`${repo} ${branch}`);
      return number === undefined ? [] : [[branch, number] as const];
    }),
  );
  const facts = await changes.readChangeFacts(repo, {
    pulls: [...(change.pull === undefined ? [] : [change.pull]), ...known.values()],
    branches: branches.filter((branch) => !known.has(branch)),
    tags: [...new Set([...running, ...own])],
  });
  for (const [branch, number] of facts.byBranch) {
    if (facts.pulls.get(number)?.ours) memory.pulls.put(`${repo} ${branch}`, number);
  }
  return { ...facts, byBranch: new Map([...facts.byBranch, ...known]) };
}
