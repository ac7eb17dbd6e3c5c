import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { kubeconfigText } from '../adapters/kubernetes/kubeconfig-text.ts';
import { PATHS, rawCluster, rawKustomization, rawSource, SHA } from '../adapters/kubernetes/objects.ts';
import { SmallCluster } from '../adapters/kubernetes/small-cluster.ts';
import { eventually } from '../support/eventually.ts';
import { PersonInSlack } from '../support/person.ts';
import { type Stage, setStage } from '../support/stage.ts';

const folder = mkdtempSync(path.join(tmpdir(), 'trunkline-fleet-'));
const kubeconfig = path.join(folder, 'kubeconfig');
const cluster = new SmallCluster();
let stage: Stage;
let tess: PersonInSlack;

beforeAll(async () => {
  await cluster.start();
  stage = await setStage({ env: { KUBECONFIG: kubeconfig } });
  tess = new PersonInSlack(stage.world, 'U0TENANT01');
  await tess.warm();
}, 90_000);

afterAll(async () => {
  await stage?.close();
  await cluster.stop();
  rmSync(folder, { recursive: true });
}, 60_000);

/** What the fleet's form shows, once it shows these words. */
async function fleet(words: string): Promise<string> {
  await tess.command('/trunkline', 'fleet');
  const shown = await eventually(`the fleet says "${words}"`, () => {
    const view = tess.views().at(-1);
    const text = JSON.stringify(view?.blocks ?? []);
    return view?.title === 'Fleet' && text.includes(words) ? text : undefined;
  });
  await tess.closeAll();
  return shown;
}

describe('the fleet in Slack', () => {
  it('says that there is no access to a cluster, while everything else works', async () => {
    await fleet('Trunkline has no access to a cluster yet.');
  });

  it('shows what a cluster runs as soon as there is a kubeconfig, and that another is not reached', async () => {
    cluster.put(PATHS.sources, rawSource('main', { branch: 'main' }, `main@sha1:${SHA}`));
    cluster.put(
      PATHS.kustomizations,
      rawKustomization('non-prod-eu-west-1', 'tenants-common', 2, {
        sourceRef: { kind: 'GitRepository', name: 'main', namespace: 'flux-system' },
      }),
    );
    cluster.put(PATHS.clusters, rawCluster('non-prod-eu-west-1'));
    writeFileSync(kubeconfig, kubeconfigText(cluster.address, 'first', 'aws-v1-mgmt'));
    const shown = await eventually(
      'the fleet shows the cluster',
      async () => {
        const text = await fleet('luster');
        return text.includes('of 1 Kustomizations') ? text : undefined;
      },
      20_000,
    );
    expect(shown).toContain('non-prod-eu-west-1');
    expect(shown).toContain('cluster ready');
    expect(shown).toContain('because the kubeconfig has no access to it');
    expect(stage.bot.log()).not.toContain('"first"');
  });
});

describe('the fleet of the sandbox', () => {
  let sandbox: Stage;

  beforeAll(async () => {
    sandbox = await setStage();
    await sandbox.world.fleet.ready;
  }, 90_000);

  afterAll(async () => sandbox?.close(), 60_000);

  it('shows every cluster with what it runs', async () => {
    const pat = new PersonInSlack(sandbox.world, 'U0PLATFM01');
    await pat.warm();
    const shows = (words: readonly string[]) =>
      eventually(
        `the fleet shows ${words.join(', ')}`,
        async () => {
          await pat.command('/trunkline', 'fleet');
          const text = await eventually('the fleet is drawn', () => {
            const blocks = JSON.stringify(pat.views().at(-1)?.blocks ?? []);
            return blocks.includes('Kustomizations') ? blocks : undefined;
          });
          await pat.closeAll();
          return words.every((each) => text.includes(each));
        },
        30_000,
      );
    await shows(['prod-eu-west-1', 'non-prod-eu-west-1', 'prod-westeurope', 'non-prod-westeurope', 'v0.1.0']);
  }, 60_000);
});
