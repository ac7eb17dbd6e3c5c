import type { GitHubWorld } from '../world.ts';

/**
 * What an author has to do with the repository.
 * https://docs.github.com/graphql/reference/enums#commentauthorassociation
 */
export function associationOf({ state }: GitHubWorld, login: string): string {
  if (login === state.botLogin()) return 'CONTRIBUTOR';
  if (state.isMember(login)) return 'MEMBER';
  return state.roles.has(login) ? 'COLLABORATOR' : 'NONE';
}
