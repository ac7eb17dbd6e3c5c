import type { Faults } from '../faults.ts';
import type { RepoRole } from './types.ts';

/** A sample person, as far as GitHub is concerned (`sandbox/people.ts` fits). */
export interface GitHubPerson {
  readonly name: string;
  readonly email: string;
  readonly githubLogin?: string | undefined;
  readonly githubId?: number | undefined;
  readonly teams: readonly string[];
}

export interface GitHubTeam {
  readonly slug: string;
  readonly name?: string;
  readonly permission: RepoRole;
}

export type Seed =
  | {
      readonly kind: 'files';
      /** Path -> text of the first commit. */
      readonly files: Readonly<Record<string, string>>;
      /** Further squash commits of merged pull requests on the default branch, and tags, in order. */
      readonly history?: readonly SeedStep[];
    }
  | {
      readonly kind: 'source';
      /** A path, a URL or a bundle: anything `git clone` takes. */
      readonly source: string;
      /** The default branch is set to this commit; later tags, and branches that it does not have, are left out. */
      readonly at?: string;
    };

export type SeedStep =
  | {
      readonly kind: 'merged';
      readonly title: string;
      readonly files: Readonly<Record<string, string>>;
      readonly author: string;
    }
  | { readonly kind: 'tag'; readonly name: string };

export interface AppOptions {
  readonly id: number;
  readonly installationId: number;
  readonly slug: string;
  readonly name: string;
  /** PEM (PKCS#8 or PKCS#1, RSA); the sandbox needs only its public half. */
  readonly privateKeyPem: string;
  readonly webhookSecret: string;
  readonly webhookUrl?: string | undefined;
  /** What the installation was granted; what ARCHITECTURE's bot asks for when left out. */
  readonly permissions?: Readonly<Record<string, 'read' | 'write'>>;
  readonly events?: readonly string[];
}

/** What can be set lower or higher than GitHub's documented limits. */
export interface LimitOptions {
  /** Requests an hour per installation. */
  readonly core?: number;
  readonly graphqlPerHour?: number;
  readonly restPointsPerMinute?: number;
  readonly graphqlPointsPerMinute?: number;
  readonly contentPerMinute?: number;
  readonly contentPerHour?: number;
  readonly concurrent?: number;
}

export interface GitHubOptions {
  readonly faults: Faults;
  /** Where pages for people are, if not below `publicUrl`; without trailing slash. */
  readonly htmlUrl?: () => string;
  /** Where the site is mounted, without trailing slash (`http://127.0.0.1:4000/github`); known once it listens. */
  readonly publicUrl: () => string;
  /** Holds the bare repository and, with `keep`, `state.json`. */
  readonly dir: string;
  readonly owner: string;
  readonly repo: string;
  readonly defaultBranch?: string;
  readonly seed: Seed;
  readonly app: AppOptions;
  readonly people: readonly GitHubPerson[];
  readonly teams: readonly GitHubTeam[];
  /** Direct collaborators: login -> role. */
  readonly roles?: Readonly<Record<string, RepoRole>>;
  /** Loads what an earlier run left in `dir` and saves on close and every few seconds. */
  readonly keep: boolean;
  readonly limits?: LimitOptions;
  /** Milliseconds since the epoch. */
  readonly now?: () => number;
}
