import type { Plural } from '../resources.ts';

export type Verb = 'get' | 'list' | 'watch' | 'patch';

/** Who asks, and what that is allowed. */
export interface Account {
  /** As Kubernetes names it in a refusal. */
  readonly user: string;
  may(verb: Verb, plural: string): boolean;
}

const READ: readonly string[] = [
  'kustomizations',
  'gitrepositories',
  'helmreleases',
  'clusters',
  'clusterdeployments',
  // The last events of what fails.
  'events',
] satisfies readonly Plural[];

const ASK: readonly string[] = ['kustomizations', 'gitrepositories'] satisfies readonly Plural[];

interface Door {
  readonly tokens: { readonly bot: string };
  readonly botMayPatch: boolean;
}

/**
 * The bot's service account, which reads what tells of a rollout and asks for reconciliation where that is allowed;
 * undefined for whoever has another token.
 */
export function botOrNobody(
  { tokens, botMayPatch }: Door,
  { headers }: { readonly headers: { readonly authorization?: string | undefined } },
): Account | undefined {
  if (headers.authorization !== `Bearer ${tokens.bot}`) return undefined;
  return {
    user: 'system:serviceaccount:trunkline:trunkline',
    may: (verb, plural) => (verb === 'patch' ? ASK.includes(plural) && botMayPatch : READ.includes(plural)),
  };
}

/** Whoever sits at the sandbox. */
export const ADMIN: Account = { user: 'sandbox-admin', may: () => true };
