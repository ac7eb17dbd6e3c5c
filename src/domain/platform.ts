import type { CommitSha } from './ids.ts';
import type { Layout } from './platform/layout.ts';
import type { Templates } from './templates/template.ts';

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
  /** All else that it says, as canonical JSON; undefined where that was not read. */
  readonly beyond?: string | undefined;
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
  /** Whether an object that it no longer applies is deleted from the cluster. */
  readonly prune: boolean;
  /** Whether its objects are deleted from the cluster when it is deleted itself. */
  readonly prunesWhenDeleted: boolean;
  /** The namespace that all its objects get, whatever their files say. */
  readonly targetNamespace: string | undefined;
  /** Flux's substitution of variables, as canonical JSON; undefined without. */
  readonly postBuild: string | undefined;
  /** What else it does to objects: field of its spec, such as `patches` -> canonical JSON. */
  readonly alters: Readonly<Record<string, string>>;
}

/** What a folder's kustomization file says. */
export interface Overlay {
  /** The kustomization file. */
  readonly file: string;
  /** What it lists: its resources, bases and components, as written. */
  readonly listed: readonly string[];
  /** Names of the fields by which it does more than list resources; empty for a plain list. */
  readonly beyond: readonly string[];
  /** Every text in it that may name a file or folder, as written: only filled when it does more than list. */
  readonly mentions: readonly string[];
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
  /** Folder -> what its kustomization file says, for folders that have one. */
  readonly overlays: ReadonlyMap<string, Overlay>;
  /** Where things stand in the repository, by its policy. */
  readonly layout: Layout;
  /** Files that could not be understood, each with why; they are said aloud, never ignored in silence. */
  readonly unreadable: readonly { readonly path: string; readonly why: string }[];
  /** The platform's own files of a tenant; undefined: the built-in set. */
  readonly templates?: Templates | undefined;
}
