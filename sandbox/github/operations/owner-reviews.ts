import type { Pull } from '../types.ts';
import type { GitHubWorld } from '../world.ts';
import { isKnown, ownersOf, readCodeowners } from './codeowners-file.ts';
import { latestReviews } from './required-reviews.ts';

/** The sentence GitHub refuses a merge with while an owner's approval is wanting; undefined when none is. */
export async function missingOwnerReview(
  world: GitHubWorld,
  pull: Pull,
  parameters: Readonly<Record<string, unknown>>,
): Promise<string | undefined> {
  if (parameters['require_code_owner_review'] !== true) return undefined;
  const file = await readCodeowners(world, pull.baseSha);
  if (!file) return undefined;
  const base = (await world.git.mergeBase(pull.baseSha, pull.headSha)) ?? pull.baseSha;
  const approvers = latestReviews(pull)
    .filter((review) => review.state === 'APPROVED' && review.user !== pull.user)
    .map((review) => review.user);
  for (const { path } of await world.git.diff(base, pull.headSha)) {
    const owners = ownersOf(file, path).filter((owner) => isKnown(world, owner));
    const satisfied = approvers.some((login) => owners.some((owner) => speaksFor(world, login, owner)));
    if (owners.length > 0 && !satisfied) return 'Waiting on code owner review.';
  }
  return undefined;
}

function speaksFor(world: GitHubWorld, login: string, owner: string): boolean {
  const name = owner.replace(/^@/, '');
  if (!name.includes('/')) return name.toLowerCase() === login.toLowerCase();
  const team = world.state.teams.get(name.slice(name.indexOf('/') + 1));
  return team?.members.some((member) => member.login === login) ?? false;
}
