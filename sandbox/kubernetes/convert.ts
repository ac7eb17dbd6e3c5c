import { below, type Fields, groupVersion, isFields, type KubeObject, type Manifest } from './objects.ts';
import type { Resource } from './resources.ts';

/** An object in another of its served versions, as the conversion webhooks of that day made it. */
export function convertTo(object: KubeObject, { group, plural, hub }: Resource, version: string): Fields {
  if (version === hub) return object;
  const apiVersion = `${group}/${version}`;
  const { spec, status, ...rest } = object;
  const change = OUT[plural]?.(spec ?? {}, status, version) ?? { spec, status };
  return {
    ...rest,
    apiVersion,
    ...(change.spec === undefined ? {} : { spec: change.spec }),
    ...(change.status === undefined ? {} : { status: change.status }),
  };
}

/** A manifest of any version, in the one that the cluster keeps. */
export function toHub(manifest: Manifest, { group, plural, hub }: Resource): Manifest {
  const { version } = groupVersion(manifest.apiVersion);
  const apiVersion = group === '' ? hub : `${group}/${hub}`;
  if (version === hub) return manifest;
  const spec = below(manifest, 'spec');
  const change = IN[plural]?.(spec) ?? spec;
  return { ...manifest, apiVersion, spec: change };
}

interface Parts {
  readonly spec: Fields | undefined;
  readonly status: Fields | undefined;
}

const OUT: Readonly<Record<string, (spec: Fields, status: Fields | undefined, version: string) => Parts>> = {
  kustomizations: (spec, status) => ({ spec, status: status && without(status, ['history']) }),
  gitrepositories: (spec, status) => ({ spec, status: status && oldArtifact(status) }),
  clusters: (spec, status, version) => ({
    spec: olderCluster(spec, version),
    status: status && olderClusterStatus(status, version),
  }),
};

const IN: Readonly<Record<string, (spec: Fields) => Fields>> = {
  kustomizations: (spec) => without(spec, ['validation', 'patchesStrategicMerge', 'patchesJson6902']),
  gitrepositories: (spec) => without(spec, ['gitImplementation', 'accessFrom']),
  helmreleases: (spec) => spec,
  clusters: newerCluster,
};

/** The betas told the artifact's checksum without its algorithm. */
function oldArtifact(status: Fields): Fields {
  const artifact = below(status, 'artifact');
  const { digest } = artifact;
  if (typeof digest !== 'string') return status;
  return { ...status, artifact: { ...artifact, checksum: digest.replace('sha256:', '') } };
}

/** Cluster API v1beta2 refers by group, the versions before it by group and version. */
function olderCluster(spec: Fields, version: string): Fields {
  const reference = (name: string): Fields => {
    const { apiGroup, ...rest } = below(spec, name);
    return apiGroup === undefined ? {} : { [name]: { ...rest, apiVersion: `${apiGroup}/${version}` } };
  };
  const { classRef, ...topology } = below(spec, 'topology');
  const { name: className } = isFields(classRef) ? classRef : {};
  return {
    ...without(spec, ['controlPlaneRef', 'infrastructureRef', 'topology']),
    ...reference('controlPlaneRef'),
    ...reference('infrastructureRef'),
    ...(className === undefined ? {} : { topology: { ...topology, class: className } }),
  };
}

function newerCluster(spec: Fields): Fields {
  const reference = (name: string): Fields => {
    const { apiVersion, apiGroup, kind, name: to } = below(spec, name);
    const group = apiGroup ?? (typeof apiVersion === 'string' ? groupVersion(apiVersion).group : undefined);
    return group === undefined ? {} : { [name]: { apiGroup: group, kind, name: to } };
  };
  const { class: className, classNamespace: _, ...topology } = below(spec, 'topology');
  return {
    ...without(spec, ['controlPlaneRef', 'infrastructureRef', 'topology']),
    ...reference('controlPlaneRef'),
    ...reference('infrastructureRef'),
    ...(className === undefined ? {} : { topology: { ...topology, classRef: { name: className } } }),
  };
}

/** Conditions of v1beta2 stood in v1beta1 under a name of their own; before that there were none of them. */
function olderClusterStatus(status: Fields, version: string): Fields {
  const { conditions, initialization, controlPlane, workers, phase, observedGeneration } = status;
  const { controlPlaneInitialized, infrastructureProvisioned } = isFields(initialization)
    ? initialization
    : {};
  const available = Array.isArray(conditions)
    ? conditions.filter(isFields).find(({ type }) => type === 'Available')
    : undefined;
  const ready = available && {
    type: 'Ready',
    status: available['status'],
    lastTransitionTime: available['lastTransitionTime'],
    ...(available['status'] === 'True' ? {} : { reason: available['reason'], severity: 'Info' }),
  };
  return {
    phase,
    ...(observedGeneration === undefined ? {} : { observedGeneration }),
    controlPlaneReady: controlPlaneInitialized === true,
    infrastructureReady: infrastructureProvisioned === true,
    ...(ready ? { conditions: [ready] } : {}),
    ...(version === 'v1beta1'
      ? {
          v1beta2: { conditions, ...(controlPlane ? { controlPlane } : {}), ...(workers ? { workers } : {}) },
        }
      : {}),
  };
}

function without(fields: Fields, names: readonly string[]): Fields {
  return Object.fromEntries(Object.entries(fields).filter(([name]) => !names.includes(name)));
}
