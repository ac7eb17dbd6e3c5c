import type { GitHubLogin } from '../ids.ts';

/** An issue in which somebody may ask for a tenant. */
export interface IssueFacts {
  readonly number: number;
  readonly url: string;
  /** Markdown. */
  readonly body: string;
  readonly isOpen: boolean;
  /** Undefined for an account that is gone, and for what an App wrote. */
  readonly author: GitHubLogin | undefined;
  /** How GitHub calls what the author has to do with the repository, such as `MEMBER`. */
  readonly association: string;
  /** Our own comments on it, oldest first. */
  readonly ownComments: readonly string[];
  /** ISO 8601, as GitHub tells. */
  readonly updatedAt: string;
}

const BELONG: readonly string[] = ['OWNER', 'MEMBER', 'COLLABORATOR'];

/**
 * Whether the author belongs to the repository: its owner, a member of its organisation, or somebody invited to it.
 * https://docs.github.com/graphql/reference/enums#commentauthorassociation
 */
export function belongs({ author, association }: Pick<IssueFacts, 'author' | 'association'>): boolean {
  return author !== undefined && BELONG.includes(association);
}
