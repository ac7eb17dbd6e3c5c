import { blankPull } from '../../sandbox/github/operations/pulls.ts';
import type { GitHubWorld } from '../../sandbox/github/world.ts';

export interface SquashOptions {
  /** GitHub knows the pull requests by other commits than those on the branch. */
  readonly rewritten?: boolean;
  readonly title?: (nth: number) => string;
  /** The file that each of them writes; none when left out. */
  readonly file?: (nth: number) => { readonly path: string; readonly content: string };
}

/** Squash-merges many pull requests, straight in the sandbox's git and state, for by its API it would take minutes. */
export async function squashMany(
  world: GitHubWorld,
  count: number,
  { rewritten = false, title = (nth) => `feat(area): change ${nth}`, file }: SquashOptions = {},
): Promise<void> {
  const { git, state } = world;
  const start = state.refs.get('refs/heads/main') ?? '';
  const first = await git.commit(start);
  const seconds = (first?.committer.seconds ?? 0) + 1;
  let [head, tree] = [start, first?.tree ?? ''];
  for (let nth = 1; nth <= count; nth += 1) {
    const number = state.nextNumber();
    const written = file?.(nth);
    if (written) {
      const oid = await git.writeBlob(written.content);
      tree = await git.editTree(tree, [{ path: written.path, oid }]);
    }
    const who = { name: 'Pat', email: 'pat@example.com', seconds: seconds + nth, zone: '+0000' };
    const message = `${title(nth)} (#${number})\n`;
    const oid = await git.writeCommit({ tree, parents: [head], author: who, committer: who, message });
    const known = rewritten ? start : oid;
    const mergedAt = new Date(who.seconds * 1000).toISOString();
    state.pulls.set(number, {
      ...blankPull(world),
      id: state.nextId(),
      issueId: state.nextId(),
      number,
      title: title(nth),
      body: 'Words.',
      user: 'pat-platform',
      draft: false,
      state: 'closed',
      headRef: `change-${number}`,
      headSha: known,
      baseRef: 'main',
      baseSha: rewritten ? start : head,
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
  await git.moveRefs([{ ref: 'refs/heads/main', from: start, to: head }]);
  state.refs.set('refs/heads/main', head);
}
