import { existsSync } from 'node:fs';
import path from 'node:path';

import { below, type KubeObject } from '../../../sandbox/kubernetes/objects.ts';
import { startWorld, type World } from '../../../sandbox/world.ts';
import { eventually } from '../../support/eventually.ts';
import { PersonOnGitHub } from '../../support/person-on-github.ts';

const MODEL = path.join(import.meta.dirname, '..', '..', '..', '..', 'shared', 'platform-repo.bundle');
const isThere = existsSync(MODEL);
const when = isThere ? describe : describe.skip;
const because = isThere ? '' : ' (../shared/platform-repo.bundle is missing)';

/** The commit before the model's promotion of v0.0.3, and what that promotion is about. */
const BEFORE = '29bea00647e4f52500004749a70df50e91b214c2';
const SOURCE = 'providers/aws/v1/mgmt/namespaced/flux-system/gitrepository-release.yaml';
const PROMOTED = `v0.0.3@sha1:${BEFORE}`;
const NO_BOT = 'http://127.0.0.1:9';
const QUICK = { timing: { fetchMs: 2, applyMs: 10 } };

function revisionOf({ status }: KubeObject): string {
  return String(status?.['lastAppliedRevision']);
}

when(`the model repository in the sandbox${because}`, () => {
  let world: World;

  afterEach(() => world.stop());

  async function start(flux?: '2.6' | '2.9') {
    world = await startWorld({
      botUrl: NO_BOT,
      repo: MODEL,
      at: BEFORE,
      fleet: { ...QUICK, ...(flux === undefined ? {} : { flux }) },
    });
    await world.fleet.ready;
    const member = world.fleet.member('aws-v1');
    if (!member) throw new Error('there is no cluster aws-v1');
    return member;
  }

  async function promote(): Promise<string> {
    const pat = new PersonOnGitHub(world, 'pat-platform');
    const file = (await pat.call('GET', `/contents/${SOURCE}?ref=main`)) as { sha: string; content: string };
    const text = Buffer.from(file.content, 'base64').toString('utf8').replace('tag: v0.0.2', 'tag: v0.0.3');
    const content = Buffer.from(text).toString('base64');
    await pat.call('POST', '/git/refs', { ref: 'refs/heads/promote', sha: BEFORE });
    await pat.call('PUT', `/contents/${SOURCE}`, {
      branch: 'promote',
      sha: file.sha,
      content,
      message: 'promote',
    });
    const body = { title: 'chore(release): promote v0.0.3 to aws prod', head: 'promote', base: 'main' };
    const { number } = (await pat.call('POST', '/pulls', body)) as { number: number };
    const { sha } = (await pat.merge(number)) as { sha: string };
    return sha;
  }

  it('is of the day of Flux 2.6: its betas are served by conversion', async () => {
    const { cluster } = await start();
    expect(cluster.installed.flux).toBe('2.6');
    expect(cluster.store.list('kustomizations')).toHaveLength(16);
    const answer = await fetch(`${world.url}/kubernetes/aws-v1/apis/cluster.x-k8s.io/v1alpha3/clusters`, {
      headers: { authorization: `Bearer ${cluster.tokens.bot}` },
    });
    const { items } = (await answer.json()) as { items: { spec: object; status: object }[] };
    expect(items).toHaveLength(2);
    expect(items[0]).toMatchObject({
      spec: {
        controlPlaneRef: {
          apiVersion: 'controlplane.cluster.x-k8s.io/v1alpha3',
          kind: 'KubeadmControlPlane',
        },
        infrastructureRef: { apiVersion: 'infrastructure.cluster.x-k8s.io/v1alpha3', kind: 'AWSCluster' },
      },
      status: { phase: 'Provisioned', controlPlaneReady: true, infrastructureReady: true },
    });
  });

  it('rolls its eight Kustomizations of production when the promotion is merged, and no other', async () => {
    const { cluster, flux } = await start();
    const of = (source: string) =>
      cluster.store.list('kustomizations').filter(({ spec }) => below(spec, 'sourceRef')['name'] === source);
    expect(new Set(of('release').map(revisionOf))).toEqual(
      new Set(['v0.0.2@sha1:f622ec59f13e81cf4b832e8428241f37eea7f022']),
    );
    const merged = await promote();
    const main = cluster.store.get('gitrepositories', 'flux-system', 'main');
    if (!main) throw new Error('there is no source main');
    const annotations = { 'reconcile.fluxcd.io/requestedAt': '2026-01-01T00:00:00Z' };
    cluster.store.replace('gitrepositories', { ...main, metadata: { ...main.metadata, annotations } });
    await eventually('production at v0.0.3', () =>
      of('release').every((each) => revisionOf(each) === PROMOTED),
    );
    await flux.idle();
    expect(of('release').map(({ metadata }) => `${metadata.namespace}/${metadata.name}`)).toEqual([
      'flux-system/feature-access-control',
      'prod-eu-west-1/common',
      'prod-eu-west-1/feature-access-control',
      'prod-eu-west-1/feature-helloworld-operator',
      'prod-eu-west-1/feature-ingress-nginx',
      'prod-eu-west-1/prod-eu-west-1',
      'prod-eu-west-1/tenants-common',
      'prod-eu-west-1/tenants-prod',
    ]);
    expect(new Set(of('main').map(revisionOf))).toEqual(new Set([`main@sha1:${merged}`]));
  });

  it('truly fails with Flux 2.9, which knows its versions no more', async () => {
    const { cluster } = await start('2.9');
    expect(cluster.store.list('kustomizations').map(({ metadata }) => metadata.name)).toEqual(['mgmt']);
    const [mgmt] = cluster.store.list('kustomizations');
    expect(mgmt?.status).toMatchObject({
      observedGeneration: -1,
      conditions: [
        {
          type: 'Ready',
          status: 'False',
          reason: 'ReconciliationFailed',
          message: expect.stringContaining(
            'no matches for kind "GitRepository" in version "source.toolkit.fluxcd.io/v1beta1"',
          ),
        },
        { type: 'Reconciling', status: 'True', reason: 'ProgressingWithRetry' },
      ],
    });
  });
});
