import type { ChangeRepository } from '../../jobs/change/change-ports.ts';
import type { Log, SnapshotStore } from '../../jobs/ports.ts';
import type { RepoName } from '../domain/ids.ts';

type Found = Awaited<ReturnType<ChangeRepository['readApprovalRule']>>;

/** Whether the check of approvals is required from this App; `unknown` while that could not be read. */
export type ApprovalRule = Found | 'unknown';

interface Parts {
  readonly repos: readonly RepoName[];
  readonly changes: Pick<ChangeRepository, 'readApprovalRule'>;
  readonly snapshots: Pick<SnapshotStore, 'current'>;
  readonly log: Log;
  /** Milliseconds on any clock; default `performance.now`. */
  readonly now?: () => number;
}

/** Rules change seldom, and each look is a request to GitHub per repository. */
const BELIEVED_MS = 5 * 60_000;
/** Before the default branch is known, or while GitHub is away. */
const UNKNOWN_BELIEVED_MS = 15_000;

/** From bad to good: of several repositories the worst is told. */
const ORDER: readonly ApprovalRule[] = ['missing', 'unpinned', 'unknown', 'pinned'];

/**
 * Tells how the rule stands that keeps changes from merging unapproved, the worst of all repositories. It is no reason
 * not to be ready, so it is read besides, and logged whenever it is found to be another.
 */
export function watchApprovalRule(parts: Parts): () => Promise<ApprovalRule> {
  const { repos, log, now = () => performance.now() } = parts;
  let last: { readonly rule: ApprovalRule; readonly until: number } | undefined;
  let asking: Promise<ApprovalRule> | undefined;

  async function ask(): Promise<ApprovalRule> {
    const rules = await Promise.all(repos.map((repo) => readOne(parts, repo)));
    const rule = ORDER.find((each) => rules.includes(each)) ?? 'unknown';
    if (rule !== last?.rule && (rule === 'missing' || rule === 'unpinned'))
      log.warn(
        { rule },
        'the check change-approval is not required from this App: changes can merge unapproved',
      );
    last = { rule, until: now() + (rule === 'unknown' ? UNKNOWN_BELIEVED_MS : BELIEVED_MS) };
    return rule;
  }

  return async () => {
    if (last !== undefined && now() < last.until) return last.rule;
    asking ??= ask().finally(() => {
      asking = undefined;
    });
    return asking;
  };
}

async function readOne({ changes, snapshots, log }: Parts, repo: RepoName): Promise<ApprovalRule> {
  try {
    const branch = (await snapshots.current(repo))?.files.defaultBranch;
    return branch === undefined ? 'unknown' : await changes.readApprovalRule(repo, branch);
  } catch (error) {
    log.info({ err: error, repo }, 'the rules of the default branch cannot be read');
    return 'unknown';
  }
}
