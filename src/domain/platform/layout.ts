/** Where things stand in the repository, as the policy says it: folders' paths, and the shared folder's name. */
export interface Layout {
  readonly tenants: string;
  readonly providers: string;
  readonly features: string;
  readonly shared: string;
}

/** A path's segments below a folder of the layout; undefined when it does not stand below it. */
export function below(path: string, folder: string): readonly string[] | undefined {
  return path.startsWith(`${folder}/`) ? path.slice(folder.length + 1).split('/') : undefined;
}

/** A path without `./`, `..`, doubled or trailing slashes; `''` is the whole repository. Leaving it gives undefined. */
export function normalisePath(path: string, from = ''): string | undefined {
  const segments: string[] = [];
  for (const segment of `${from}/${path}`.split('/')) {
    if (segment === '' || segment === '.') continue;
    if (segment !== '..') segments.push(segment);
    else if (segments.pop() === undefined) return undefined;
  }
  return segments.join('/');
}

/**
 * The folder of the management cluster that an object's file stands under: `providers/<cloud>/<version>/<folder>` in
 * the model's layout; elsewhere the first two folders, as in `clusters/<name>` of Flux's own examples.
 */
export function managementFolder(path: string, layout: Layout): string {
  const parts = below(path, layout.providers);
  if (parts !== undefined && parts.length > 3) return [layout.providers, ...parts.slice(0, 3)].join('/');
  return path.split('/').slice(0, -1).slice(0, 2).join('/');
}

/** Whether a file is one that tells kustomize what a folder holds. */
export function isKustomizationFile(path: string): boolean {
  return /(?:^|\/)(?:kustomization\.ya?ml|Kustomization)$/.test(path);
}

/**
 * Whether what a kustomization file lists stands outside the repository: an address, or `host/owner/name?ref=…`.
 * https://github.com/kubernetes-sigs/kustomize/blob/master/examples/remoteBuild.md
 */
export function isRemote(resource: string): boolean {
  return /^[a-z+]+:\/\/|^[\w.-]+@|[?&](?:ref|version)=|^(?:github|gitlab)\.com\//i.test(resource);
}

/** Whether a path stands below a folder; all do below `''`. */
export function isBelow(path: string, folder: string): boolean {
  return folder === '' ? path !== '' : path.startsWith(`${folder}/`);
}
