import type { RepoName } from '../../src/domain/ids.ts';
import type { Policy } from '../../src/domain/policy.ts';
import type { LedgerPlace } from './change-ports.ts';

/** Where a platform's decisions are recorded, by its policy. */
export function ledgerPlace(repo: RepoName, { ledger }: Pick<Policy, 'ledger'>): LedgerPlace {
  return { repo, repository: (ledger.repository as RepoName | undefined) ?? repo, branch: ledger.branch };
}
