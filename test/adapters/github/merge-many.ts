import { blankPull } from '../../../sandbox/github/operations/pulls.ts';
import type { CommitSha } from '../../../src/domain/ids.ts';
import type { VersionTag } from '../../../src/domain/release/release-facts.ts';
import type { SandboxGitHub } from './sandbox-github.ts';

/**
 * Squash-merges many pull requests, straight in the sandbox's git and state, for by its API it would take minutes.
 *
 * @param options.rewritten GitHub knows the pull requests by other commits than those on the branch.
 * @returns the tag `v1.0.0`, on the commit before all of them.
 */
export async function mergeMany(
  { site: { world } }: SandboxGitHub,
  count: number,
  options: { readonly rewritten?: boolean } = {},
): Promise<VersionTag> {
  const { git, state } = world;
  const start = state.refs.get('refs/heads/main') ?? '';
  const tree = (await git.commit(start))?.tree ?? '';
  const seconds = ((await git.commit(start))?.committer.seconds ?? 0) + 1;
  let head = start;
  for (let number = 1; number <= count; number += 1) {
    const who = { name: 'Pat', email: 'pat@example.com', seconds: seconds + number, zone: '+0000' };
    const title = `feat(area): change ${number}`;
    const commit = { tree, parents: [head], author: who, committer: who, message: `${title} (#${number})\n` };
    const oid = await git.writeCommit(commit);
    const mergedAt = new Date(who.seconds * 1000).toISOString();
    const known = options.rewritten ? start : oid;
    state.reserveNumber(number);
    state.pulls.set(number, {
      ...blankPull(world),
      id: state.nextId(),
      issueId: state.nextId(),
      number,
      title,
      body: 'Words.',
      user: 'pat-platform',
      draft: false,
      state: 'closed',
      headRef: `change-${number}`,
      headSha: known,
      baseRef: 'main',
      baseSha: options.rewritten ? start : head,
      merged: true,
      mergedAt,
      mergedBy: 'pat-platform',
      mergeCommitSha: known,
      createdAt: mergedAt,
      updatedAt: mergedAt,
      closedAt: mergedAt,
    });
    head = oid;
  }
  await git.moveRefs([
    { ref: 'refs/heads/main', from: start, to: head },
    { ref: 'refs/tags/v1.0.0', from: '0'.repeat(40), to: start },
  ]);
  state.refs.set('refs/heads/main', head);
  state.refs.set('refs/tags/v1.0.0', start);
  return { name: 'v1.0.0', commit: start as CommitSha };
}
