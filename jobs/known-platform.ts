import type { CommitSha, RepoName } from '../src/domain/ids.ts';
import { type Understanding, understand } from '../src/domain/understand.ts';
import type { JobDeps } from './deps.ts';
import type { Snapshot } from './ports.ts';

type Deps = Pick<JobDeps, 'github' | 'snapshots'>;

export type KnownPlatform = Understanding & {
  readonly commit: CommitSha;
  readonly openPulls: Snapshot['openPulls'];
};

/** A platform whose policy has no mistakes. */
export type Understood = Extract<Understanding, { kind: 'ok' }>;

/** The same with the commit that it was read at, which every record names. */
export type CommittedPlatform = Understood & { readonly commit: CommitSha };

/** What is at hand about a platform repository; it is read now when nothing is. */
export async function knownPlatform(deps: Deps, repo: RepoName): Promise<KnownPlatform> {
  const snapshot = await deps.snapshots.current(repo);
  if (!snapshot) return freshPlatform(deps, repo);
  return knownOf(snapshot);
}

/** Reads the platform repository now, for everybody. */
export async function freshPlatform({ github, snapshots }: Deps, repo: RepoName): Promise<KnownPlatform> {
  const snapshot = await github.readSnapshot(repo);
  await snapshots.put(snapshot);
  return knownOf(snapshot);
}

function knownOf({ files, openPulls }: Snapshot): KnownPlatform {
  return { ...understand(files), commit: files.commit, openPulls };
}
