import type { Change } from '../../src/domain/change/change.ts';
import { changesOf } from '../../src/domain/change/changes-of.ts';
import type { Ledger } from '../../src/domain/change/record.ts';
import type { RepoName } from '../../src/domain/ids.ts';
import type { JobDeps } from '../deps.ts';
import { type CommittedPlatform, freshPlatform, knownPlatform } from '../known-platform.ts';
import type { ChangeFactsRead } from './change-ports.ts';
import { ledgerPlace } from './ledger-place.ts';
import { readParts } from './read-parts.ts';
import type { ChangeScene } from './scene.ts';

export type SceneRead =
  | { readonly kind: 'scene'; readonly scene: ChangeScene }
  | { readonly kind: 'unknown-change'; readonly ledger: Ledger }
  | { readonly kind: 'policy-invalid' };

type Deps = Pick<JobDeps, 'github' | 'snapshots' | 'releases' | 'changes' | 'book' | 'people' | 'memory'>;

/**
 * Gathers a change: its records, its pull requests as GitHub shows them now, what they do and who agreed.
 *
 * @param isFresh true to ask for all that decides again, as right before a merge.
 */
export async function readScene(
  deps: Deps,
  repo: RepoName,
  number: number,
  isFresh: boolean = false,
): Promise<SceneRead> {
  let known = await knownPlatform(deps, repo);
  if (known.kind === 'invalid') return { kind: 'policy-invalid' };
  const ledger = await deps.book.read(ledgerPlace(repo, known.policy));
  const changes = changesOf(ledger.records);
  const change = changes.get(number);
  if (change === undefined) return { kind: 'unknown-change', ledger };
  const facts = await readFacts(deps, repo, change, known);
  if (known.commit !== facts.baseHead) {
    known = await freshPlatform(deps, repo);
    if (known.kind === 'invalid') return { kind: 'policy-invalid' };
  }
  const base = { repo, known, ledger, change, changes, facts, isFresh };
  return { kind: 'scene', scene: { ...base, parts: await readParts(deps, base) } };
}

async function readFacts(
  { changes }: Deps,
  repo: RepoName,
  change: Change,
  { platform }: CommittedPlatform,
): Promise<ChangeFactsRead> {
  const running = platform.sources.flatMap(({ ref }) => (ref.kind === 'tag' ? [ref.tag] : []));
  const own = change.what.kind === 'promotion' ? [change.what.tag] : [];
  return changes.readChangeFacts(repo, {
    pulls: change.pull === undefined ? [] : [change.pull],
    branches: change.places.map(({ branch }) => branch),
    tags: [...new Set([...running, ...own])],
  });
}
