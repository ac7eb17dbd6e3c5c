import { below } from '../platform/layout.ts';
import type { Platform } from '../platform.ts';
import type { Policy } from '../policy.ts';

/** A management cluster as the policy names it, or as the repository's folders show it. */
export interface ManagementCluster {
  readonly name: string;
  /** Folder of its files in the repository, such as `providers/aws/v1/mgmt`. */
  readonly folder: string;
  readonly provider: string | undefined;
  readonly version: string | undefined;
  /** The kubeconfig's context by the policy; undefined leaves it to the context of the cluster's name. */
  readonly context: string | undefined;
  /** Whether it is the only one, so that the kubeconfig's current context can be no other. */
  readonly isOnly: boolean;
}

/** The platform's management clusters: those of the policy, or where it names none, those that its folders show. */
export function managementClusters(policy: Policy, platform: Platform): readonly ManagementCluster[] {
  const { layout, clusters } = policy;
  const folders = [...new Set(platform.kustomizations.map(({ management }) => management))].sort();
  const found = folders.flatMap((folder) => fromFolder(folder, layout.providers));
  if (clusters.length === 0) return found.map((each) => ({ ...each, isOnly: found.length === 1 }));
  return clusters.map(({ name, provider, version, folder, context }) => {
    const same = found.find((each) =>
      folder === undefined ? each.provider === provider && each.version === version : each.folder === folder,
    );
    return {
      name,
      folder: folder ?? same?.folder ?? `${layout.providers}/${provider}/${version}/mgmt`,
      provider: provider ?? same?.provider,
      version: version ?? same?.version,
      context,
      isOnly: clusters.length === 1,
    };
  });
}

/**
 * Those, and what folders show that the policy does not name: what goes there must not count as done because nobody can
 * see it.
 */
export function allManagementClusters(policy: Policy, platform: Platform): readonly ManagementCluster[] {
  const named = managementClusters(policy, platform);
  if (policy.clusters.length === 0) return named;
  const folders = new Set(named.map(({ folder }) => folder));
  const names = new Set(named.map(({ name }) => name));
  const others = managementClusters({ ...policy, clusters: [] }, platform).filter(
    ({ folder, name }) => !folders.has(folder) && !names.has(name),
  );
  // The kubeconfig's current context is that of one of the policy's.
  return [...named, ...others.map((each) => ({ ...each, isOnly: false }))];
}

/** What stands in a workload cluster's folder runs there, where nobody but Flux has access. */
function fromFolder(folder: string, providers: string): readonly Omit<ManagementCluster, 'isOnly'>[] {
  const [provider, version, kind] = below(folder, providers) ?? [];
  const name = (below(folder, providers) ?? folder.split('/')).join('-');
  if (folder === '' || kind === 'clusters') return [];
  return [{ name, folder, provider, version, context: undefined }];
}
