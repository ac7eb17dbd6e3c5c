/** What stands at a path of a commit. */
export interface Found {
  readonly type: 'blob' | 'tree' | 'commit';
  readonly oid: string;
}

export interface Child extends Found {
  readonly name: string;
}

/** The git repository behind the sandbox's sources. */
export interface Repository {
  /** What a full ref name such as `refs/heads/main` points to now. */
  ref(name: string): string | undefined;
  /** The commit that an object stands for, annotated tags followed. */
  peel(oid: string): Promise<string | undefined>;
  at(commit: string, path: string): Promise<Found | undefined>;
  children(tree: string): Promise<readonly Child[]>;
  text(blob: string): Promise<string>;
}
