import type { CommitSha } from '../../../src/domain/ids.ts';
import type {
  Condition,
  GitSource,
  HelmReleaseStatus,
  KustomizationStatus,
  SeenManagement,
} from '../../../src/domain/rollout/objects.ts';
import type { Leg, RolloutPlan } from '../../../src/domain/rollout/plan.ts';
import { parseRevision } from '../../../src/domain/rollout/revision.ts';

/** A commit's id, the same for the same letter. */
export function commit(letter: string): CommitSha {
  return letter.repeat(40) as CommitSha;
}

/** `v2@a` is the tag v2 at the commit of forty times `a`. */
export function revision(short: string) {
  const [ref, letter = ''] = short.split('@');
  return parseRevision(`${ref}@sha1:${commit(letter)}`);
}

export const minute = 60_000;
/** When the sample rollout's change was merged. */
export const start = 1_000 * minute;

export function condition(
  status: Condition['status'],
  reason: string,
  more: Partial<Condition> = {},
): Condition {
  return { status, reason, message: '', at: start, generation: 2, ...more };
}

const flux = { generation: 2, observedGeneration: 2, suspended: false, handledRequest: undefined };
const ready = condition('True', 'ReconciliationSucceeded');

export function source(artifact: string, more: Partial<GitSource> = {}): GitSource {
  const [ref = ''] = artifact.split('@');
  return {
    ...flux,
    id: 'flux-system/release',
    follows: ref.startsWith('v') ? { kind: 'tag', tag: ref } : { kind: 'branch', branch: ref },
    url: 'example.test/sample/platform',
    artifact: revision(artifact),
    artifactAt: start,
    ready,
    reconciling: undefined,
    stalled: undefined,
    ...more,
  };
}

export function kustomization(applied: string, more: Partial<KustomizationStatus> = {}): KustomizationStatus {
  return {
    ...flux,
    id: 'two/tenants-prod',
    source: 'flux-system/release',
    cluster: 'two',
    checksHealth: false,
    deleting: false,
    lastAttempted: revision(applied),
    lastApplied: revision(applied),
    ready,
    reconciling: undefined,
    stalled: undefined,
    ...more,
  };
}

export function helmRelease(more: Partial<HelmReleaseStatus> = {}): HelmReleaseStatus {
  return {
    ...flux,
    id: 'two/ingress',
    madeBy: 'two/tenants-prod',
    cluster: undefined,
    chart: '1.2.3',
    ready,
    reconciling: undefined,
    stalled: undefined,
    ...more,
  };
}

interface Seen {
  readonly at: number;
  readonly management?: string;
  readonly sources?: readonly GitSource[];
  readonly kustomizations?: readonly KustomizationStatus[];
  readonly helmReleases?: readonly HelmReleaseStatus[];
}

export function view({
  at,
  management = 'aws',
  sources,
  kustomizations,
  helmReleases,
}: Seen): SeenManagement {
  const byId = <Kind extends { readonly id: string }>(objects: readonly Kind[] = []) =>
    new Map(objects.map((each) => [each.id, each]));
  return {
    kind: 'seen',
    management,
    at,
    sources: byId(sources),
    kustomizations: byId(kustomizations),
    helmReleases: byId(helmReleases),
    clusters: [],
    hidden: [],
  };
}

export const mainLeg: Leg = {
  source: 'flux-system/main',
  expected: { kind: 'commit', commit: commit('e'), descendants: new Set([commit('f')]) },
  declared: [{ id: 'flux-system/mgmt', cluster: undefined }],
  isOpen: false,
  isWay: true,
};
export const releaseLeg: Leg = {
  source: 'flux-system/release',
  expected: { kind: 'tag', tag: 'v2', commit: commit('b') },
  declared: ['two/tenants-common', 'two/tenants-prod'].map((id) => ({ id, cluster: 'two' })),
  isOpen: true,
  isWay: false,
};

export function plan(more: Partial<RolloutPlan> = {}): RolloutPlan {
  return {
    startedAt: start,
    managements: [{ management: 'aws', legs: [mainLeg, releaseLeg] }],
    supersededBy: undefined,
    ...more,
  };
}

export function main(artifact: string, more: Partial<GitSource> = {}): GitSource {
  return source(artifact, { id: 'flux-system/main', ...more });
}

export function mgmt(applied: string, more: Partial<KustomizationStatus> = {}): KustomizationStatus {
  return kustomization(applied, {
    id: 'flux-system/mgmt',
    source: 'flux-system/main',
    cluster: undefined,
    ...more,
  });
}

/** What a management cluster shows before, in the middle of, and after the sample promotion. */
export const before = {
  sources: [main('main@d'), source('v1@a')],
  kustomizations: [mgmt('main@d'), common('v1@a'), kustomization('v1@a')],
};
export const after = {
  sources: [main('main@e'), source('v2@b')],
  kustomizations: [mgmt('main@e'), common('v2@b'), kustomization('v2@b')],
};

export function common(applied: string, more: Partial<KustomizationStatus> = {}): KustomizationStatus {
  return kustomization(applied, { id: 'two/tenants-common', ...more });
}
