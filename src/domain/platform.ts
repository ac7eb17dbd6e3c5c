import type { CommitSha } from './ids.ts';

/** The files of a platform repository at one commit, as read: all paths, the texts of those that matter. */
export interface PlatformFiles {
  readonly commit: CommitSha;
  readonly defaultBranch: string;
  readonly paths: readonly string[];
  /** Path -> text: the policy, every YAML file that may hold a Flux object, every kustomization file. */
  readonly texts: ReadonlyMap<string, string>;
}

export interface Cloud {
  readonly name: string;
  readonly environments: readonly string[];
}

/** One place where a tenant stands. */
export interface TenantPlace {
  readonly tenant: string;
  readonly cloud: string;
  /** An environment, or the layout's shared folder (`common`). */
  readonly folder: string;
}

export interface Source {
  readonly namespace: string;
  readonly name: string;
  readonly ref:
    | { readonly kind: 'branch'; readonly branch: string }
    | { readonly kind: 'tag'; readonly tag: string }
    | { readonly kind: 'other'; readonly text: string };
  /** Where it stands in the repository. */
  readonly path: string;
  /** The repository that it fetches, as `host/owner/name`; undefined when it names none. */
  readonly url: string | undefined;
  readonly suspended: boolean;
}

/** A Flux Kustomization as the repository declares it. */
export interface FluxKustomization {
  readonly namespace: string;
  readonly name: string;
  /** Where it stands in the repository. */
  readonly file: string;
  /** The management cluster's folder it stands under, such as `providers/aws/v1/mgmt`. */
  readonly management: string;
  /** What it applies: a normalised path without leading `./` or trailing `/`; `''` is the whole repository. */
  readonly applies: string;
  readonly source: { readonly kind: string; readonly namespace: string; readonly name: string };
  /** The cluster it applies to: a workload cluster's name, or undefined for the management cluster itself. */
  readonly cluster: string | undefined;
  readonly suspended: boolean;
}

/** What the repository says about the platform at one commit. */
export interface Platform {
  readonly commit: CommitSha;
  readonly defaultBranch: string;
  readonly clouds: readonly Cloud[];
  readonly tenants: readonly TenantPlace[];
  readonly clusters: readonly string[];
  readonly features: readonly string[];
  /** Namespaces that the repository declares outside its tenants and features. */
  readonly namespaces: readonly string[];
  readonly sources: readonly Source[];
  readonly kustomizations: readonly FluxKustomization[];
  /** Directory -> its kustomization file's `resources`, for folders that have one. */
  readonly overlays: ReadonlyMap<string, readonly string[]>;
  /** Files that could not be understood, each with why; they are said aloud, never ignored in silence. */
  readonly unreadable: readonly { readonly path: string; readonly why: string }[];
}
