import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Fleet } from '../../../jobs/rollout/fleet-port.ts';
import { createFleet } from '../../../src/adapters/kubernetes/fleet.ts';
import { createKubeconfig } from '../../../src/adapters/kubernetes/kubeconfig.ts';
import type { ManagementCluster } from '../../../src/domain/rollout/management-clusters.ts';
import { kubeconfigText } from './kubeconfig-text.ts';
import { PATHS, rawCluster, rawHelmRelease, rawKustomization, rawSource, SHA } from './objects.ts';
import { SmallCluster } from './small-cluster.ts';

export const aws: ManagementCluster = {
  name: 'aws',
  folder: 'providers/aws/v1/mgmt',
  provider: 'aws',
  version: 'v1',
  context: undefined,
  isOnly: false,
};

/** A small cluster with a few objects, and the adapter that reads it by a kubeconfig; impatient, for tests. */
export interface Scene {
  readonly cluster: SmallCluster;
  /** The kubeconfig's path. */
  readonly file: string;
  readonly warnings: readonly object[];
  /** A new one for every test. */
  readonly fleet: Fleet;
  writeKubeconfig(token: string, server?: string): void;
}

/** Sets a scene up for all tests of a file. */
export function setScene(): Scene {
  const cluster = new SmallCluster();
  const folder = mkdtempSync(join(tmpdir(), 'trunkline-kube-'));
  const file = join(folder, 'kubeconfig');
  const warnings: object[] = [];
  const log = { info() {}, error() {}, warn: (fields: object) => void warnings.push(fields) };
  const writeKubeconfig = (token: string, server = cluster.address) =>
    writeFileSync(file, kubeconfigText(server, token));
  const make = () => {
    const kubeconfig = createKubeconfig({ files: [file], isInCluster: false });
    const patience = { answerMs: 400, pieceMs: 400, watchMs: 700 };
    return { kubeconfig, fleet: createFleet({ kubeconfig, log, patience, repairMs: 4_000 }) };
  };
  let current = make();
  beforeAll(() => cluster.start());
  afterAll(async () => {
    await cluster.stop();
    rmSync(folder, { recursive: true });
  });
  beforeEach(() => {
    writeKubeconfig('first');
    current = make();
    for (const name of ['one', 'two']) cluster.put(PATHS.kustomizations, rawKustomization('prod', name));
    cluster.put(PATHS.sources, rawSource('release', { tag: 'v1' }, `v1@sha1:${SHA}`));
    cluster.put(PATHS.helmReleases, rawHelmRelease('prod', 'ingress'));
    cluster.put(PATHS.clusters, rawCluster('prod'));
  });
  afterEach(async () => {
    await current.kubeconfig.close();
    cluster.reset();
    warnings.length = 0;
  });
  return {
    cluster,
    file,
    warnings,
    writeKubeconfig,
    get fleet() {
      return current.fleet;
    },
  };
}
