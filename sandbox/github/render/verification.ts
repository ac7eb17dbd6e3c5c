import type { CommitObject } from '../git/objects.ts';
import type { GitHubWorld } from '../world.ts';

/** Whether GitHub vouches for a commit: it made it itself, or it came in with GitHub's own signature. */
export function isVerified(world: GitHubWorld, commit: CommitObject): boolean {
  if (world.state.signedCommits.has(commit.oid)) return true;
  return commit.signature !== undefined && commit.committer.email === 'noreply@github.com';
}

/** GitHub's "verification". The sandbox holds no signing key: what it vouches for carries no signature text of its own. */
export function renderVerification(world: GitHubWorld, commit: CommitObject) {
  const verified = isVerified(world, commit);
  const unverified = commit.signature === undefined ? 'unsigned' : 'unknown_key';
  return {
    verified,
    reason: verified ? 'valid' : unverified,
    signature: commit.signature ?? null,
    payload: null,
    verified_at: verified
      ? new Date(commit.committer.seconds * 1000).toISOString().replace('.000Z', 'Z')
      : null,
  };
}
