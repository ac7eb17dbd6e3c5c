import type { Change } from '../../src/domain/change/change.ts';
import { changesOf } from '../../src/domain/change/changes-of.ts';
import type { Ledger } from '../../src/domain/change/record.ts';
import type { RepoName, SlackUserId } from '../../src/domain/ids.ts';
import type { Who } from '../../src/domain/policy/who.ts';
import type { JobDeps } from '../deps.ts';
import { type CommittedPlatform, freshPlatform, knownPlatform } from '../known-platform.ts';
import type { ChangeFactsRead } from './change-ports.ts';
import { ledgerPlace } from './ledger-place.ts';
import { actorsOf, readMembership } from './read-membership.ts';
import { readParts } from './read-parts.ts';
import type { ChangeScene } from './scene.ts';

export type SceneRead =
  | { readonly kind: 'scene'; readonly scene: ChangeScene }
  | { readonly kind: 'unknown-change'; readonly ledger: Ledger }
  | { readonly kind: 'policy-invalid' };

type Deps = Pick<JobDeps, 'github' | 'snapshots' | 'releases' | 'changes' | 'book' | 'people' | 'memory'>;

export interface SceneWish {
  /** True to ask for all that decides again, as at a click and right before a merge. */
  readonly isFresh?: boolean;
  /** Slack ids that matter besides those that the records name. */
  readonly who?: readonly SlackUserId[];
  /** Groups that matter besides the approvers'. */
  readonly besides?: readonly Who[];
}

/** Where nothing is decided, so many milliseconds of the ledger's age are no harm. */
const LEDGER_AGE_MS = 2_000;

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
  const ledger = await deps.book.read(place, { maxAgeMs: isFresh ? 0 : LEDGER_AGE_MS });
  const changes = changesOf(ledger.records);
  const change = changes.get(number);
  if (change === undefined) return { kind: 'unknown-change', ledger };
  const facts = await readFacts(deps, repo, change, known);
  if (known.commit !== facts.baseHead) {
    known = await freshPlatform(deps, repo);
    if (known.kind === 'invalid') return { kind: 'policy-invalid' };
  }
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
    now: facts.at,
    isFresh,
  });
  const base = { repo, known, ledger, change, changes, facts, membership, isFresh };
  return { kind: 'scene', scene: { ...base, parts: await readParts(deps, base) } };
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
