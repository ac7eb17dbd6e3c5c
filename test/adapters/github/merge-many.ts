import type { CommitSha } from '../../../src/domain/ids.ts';
import type { VersionTag } from '../../../src/domain/release/release-facts.ts';
import { type SquashOptions, squashMany } from '../../support/squash-many.ts';
import type { SandboxGitHub } from './sandbox-github.ts';

/**
 * Squash-merges many pull requests.
 *
 * @returns the tag `v1.0.0`, on the commit before all of them.
 */
export async function mergeMany(
  { site: { world } }: SandboxGitHub,
  count: number,
  options: SquashOptions = {},
): Promise<VersionTag> {
  const { git, state } = world;
  const start = state.refs.get('refs/heads/main') ?? '';
  await squashMany(world, count, options);
  await git.moveRefs([{ ref: 'refs/tags/v1.0.0', from: '0'.repeat(40), to: start }]);
  state.refs.set('refs/tags/v1.0.0', start);
  return { name: 'v1.0.0', commit: start as CommitSha };
}
