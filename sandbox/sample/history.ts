import {
  CLUSTERS,
  clusterConfiguration,
  clusterDeployment,
  managementCluster,
  releaseSource,
} from './clusters.ts';
import { accessControl, ingressController } from './features.ts';
import type { Files } from './flux.ts';
import { CODE_OWNERS, POLICY, README } from './papers.ts';
import { computeQuota, type Tenant, tenantFiles } from './tenants.ts';

/** One commit on `main`; all but the first are squash-merged pull requests. */
export interface Step {
  /** A person's handle. */
  readonly by: string;
  /** RFC 3339. */
  readonly at: string;
  readonly title: string;
  readonly body?: string;
  readonly files: Files;
  /** A tag that points to this commit. */
  readonly tag?: string;
}

const GUESTBOOK: Tenant = {
  name: 'guestbook',
  cloud: 'aws',
  cpu: { requests: '1000m', limits: '2000m' },
  memory: { requests: '2Gi', limits: '4Gi' },
};

const WEATHER: Tenant = { ...GUESTBOOK, name: 'weather', cloud: 'azure' };

const RELEASE = 'v0.1.0';

/** The sample repository's history, oldest first. The last change has not been promoted to production yet. */
export const HISTORY: readonly Step[] = [
  { by: 'pat', at: '2026-09-01T08:00:00Z', title: 'Initial commit', files: { 'README.md': README } },
  {
    by: 'pat',
    at: '2026-09-01T13:20:00Z',
    title: 'feat(access-control): add cluster roles for tenants (#1)',
    files: accessControl(),
  },
  {
    by: 'olli',
    at: '2026-09-02T09:45:00Z',
    title: 'feat(ingress): add ingress controller (#2)',
    files: ingressController(),
  },
  {
    by: 'pat',
    at: '2026-09-03T10:10:00Z',
    title: 'providers(aws): manage the management cluster with flux (#3)',
    files: managementCluster('aws'),
  },
  {
    by: 'pat',
    at: '2026-09-03T15:30:00Z',
    title: 'providers(aws): add configuration of prod and non-prod clusters (#4)',
    files: { ...clusterConfiguration(CLUSTERS.awsNonProd), ...clusterConfiguration(CLUSTERS.awsProd) },
  },
  {
    by: 'olli',
    at: '2026-09-04T11:05:00Z',
    title: 'providers(aws): add cluster deployment non-prod eu-west-1 (#5)',
    files: clusterDeployment(CLUSTERS.awsNonProd),
  },
  {
    by: 'olli',
    at: '2026-09-07T08:15:00Z',
    title: 'providers(azure): add management cluster and non-prod westeurope (#6)',
    files: {
      ...managementCluster('azure'),
      ...clusterConfiguration(CLUSTERS.azureNonProd),
      ...clusterConfiguration(CLUSTERS.azureProd),
      ...clusterDeployment(CLUSTERS.azureNonProd),
    },
  },
  {
    by: 'tess',
    at: '2026-09-08T12:00:00Z',
    title: 'tenants(guestbook): onboarding namespace to aws (#7)',
    body: 'Asked for by the guestbook team.',
    files: tenantFiles(GUESTBOOK),
  },
  {
    by: 'tess',
    at: '2026-09-08T12:40:00Z',
    title: 'tenants(weather): onboarding namespace to azure (#8)',
    files: tenantFiles(WEATHER),
    tag: RELEASE,
  },
  {
    by: 'pat',
    at: '2026-09-09T09:00:00Z',
    title: 'providers(aws): add cluster deployment prod eu-west-1 (#9)',
    body: `Production follows ${RELEASE} from here on.`,
    files: { ...releaseSource('aws', RELEASE), ...clusterDeployment(CLUSTERS.awsProd) },
  },
  {
    by: 'olli',
    at: '2026-09-09T14:25:00Z',
    title: 'providers(azure): add cluster deployment prod westeurope (#10)',
    files: { ...releaseSource('azure', RELEASE), ...clusterDeployment(CLUSTERS.azureProd) },
  },
  {
    by: 'pat',
    at: '2026-09-10T10:00:00Z',
    title: 'chore: add code owners and the policy of the chat line (#11)',
    files: { '.github/CODEOWNERS': CODE_OWNERS, '.github/trunkline.yaml': POLICY },
  },
  {
    by: 'tess',
    at: '2026-09-14T07:50:00Z',
    title: 'tenants(guestbook): increase compute quota (#12)',
    files: {
      'tenants/aws/common/guestbook/resourcequota-compute.yaml': computeQuota({
        ...GUESTBOOK,
        cpu: { requests: '2000m', limits: '4000m' },
      }),
    },
  },
];
