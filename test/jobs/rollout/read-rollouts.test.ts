import { readRollouts } from '../../../jobs/rollout/read-rollouts.ts';
import type { CommitSha } from '../../../src/domain/ids.ts';
import { BASE, REPO } from '../../support/sample-platform.ts';
import { NEW, sha } from '../change/change-scene.ts';
import { AWS, GCP, MERGED, RolloutScene, restoreClocks } from './rollout-scene.ts';

afterEach(restoreClocks);

const log = { info() {}, warn() {}, error() {} };
const day = 24 * 60 * 60_000;

async function read(scene: RolloutScene) {
  const found = await readRollouts({ ...scene.deps, log }, REPO, new Map());
  return (found?.rollouts ?? []).map(({ key }) => key.slice(REPO.length));
}

function promoted(): RolloutScene {
  const scene = new RolloutScene();
  scene.promote('aws', 'gcp');
  scene.merge('aws');
  return scene;
}

async function planOf(scene: RolloutScene) {
  const found = await readRollouts({ ...scene.deps, log }, REPO, new Map());
  return found?.rollouts[0]?.parts[0];
}

describe('what is rolling out', () => {
  it('is what the ledger tells and has no end for, and what was merged last besides', async () => {
    const scene = promoted();
    scene.mergeQuiet();
    expect(await read(scene)).toEqual(['~1', '#9']);
    scene.record({ kind: 'applied', change: 1, pull: 7, outcome: 'failed' });
    expect(await read(scene)).toEqual(['~1', '#9']);
    scene.record({ kind: 'applied', change: 1, pull: 7, outcome: 'applied' });
    expect(await read(scene)).toEqual(['#9']);
  });

  it('is looked for anew as soon as a further wave is merged', async () => {
    const scene = promoted();
    scene.record({ kind: 'applied', change: 1, pull: 7, outcome: 'applied' });
    expect(await read(scene)).toEqual([]);
    scene.merge('gcp');
    expect(await read(scene)).toEqual(['~1']);
  });

  it('is not a production change that waits for its record', async () => {
    const scene = promoted();
    scene.book.records.splice(0);
    expect(await read(scene)).toEqual([]);
  });

  it('is nothing while the policy has mistakes', async () => {
    const scene = promoted();
    scene.policy = 'changes: 7';
    expect(await readRollouts({ ...scene.deps, log }, REPO, new Map())).toBeUndefined();
  });

  it('is nothing of what was merged long ago and changes nothing in production', async () => {
    const scene = new RolloutScene();
    scene.mergeQuiet();
    scene.now += 2 * day;
    scene.merges.at = scene.gitHubNow;
    expect(await read(scene)).toEqual([]);
  });

  it('is not the first commit of all, before which there was nothing', async () => {
    const scene = new RolloutScene();
    scene.addMerge({ number: 1, commit: BASE, parent: undefined });
    expect(await read(scene)).toEqual([]);
  });
});

describe('the way of a merge', () => {
  it('leads over main and mgmt to what follows the release, at the commit that was approved', async () => {
    const scene = promoted();
    scene.changes.tags.set('v0.2.0', sha('9'));
    const part = await planOf(scene);
    const [management] = part?.plan.managements ?? [];
    expect(management?.management).toBe(AWS);
    expect(management?.legs).toMatchObject([
      { source: 'flux-system/main', isWay: true, expected: { kind: 'commit', commit: MERGED.aws } },
      { source: 'flux-system/release', expected: { kind: 'tag', tag: 'v0.2.0', commit: NEW } },
    ]);
    expect(part?.deployments).toEqual([{ environment: 'aws-v1-prod', commit: NEW }]);
  });

  it('of one that nobody approved goes by what the tag points to', async () => {
    const scene = new RolloutScene();
    scene.promote('aws');
    scene.changes.tags.set('v0.2.0', sha('9'));
    scene.merge('aws', { subject: undefined, past: 'olli' as never });
    expect((await planOf(scene))?.plan.managements[0]?.legs[1]?.expected).toMatchObject({ commit: sha('9') });
  });

  it('of one that turns several management clusters goes through all of them', async () => {
    const scene = new RolloutScene();
    scene.promote('aws');
    scene.turned.set('gcp', 'v0.2.0');
    scene.merge('aws', { subject: undefined });
    const part = await planOf(scene);
    expect(part?.plan.managements.map(({ management }) => management).sort()).toEqual([AWS, GCP]);
    expect(part?.deployments.map(({ environment }) => environment).sort()).toEqual([
      'aws-v1-prod',
      'gcp-v1-prod',
    ]);
  });

  it('of one that turns two sources of a management cluster waits for both', async () => {
    const scene = new RolloutScene();
    const second = 'providers/aws/v1/mgmt/namespaced/flux-system/gitrepository-edge.yaml';
    const follower = 'providers/aws/v1/mgmt/namespaced/prod-1/kustomization-edge.yaml';
    const files = scene.files();
    const release = files.texts.get(second.replace('edge', 'release')) ?? '';
    const tenants = files.texts.get(follower.replace('edge', 'tenants-prod')) ?? '';
    const edge = (tag: string) => ({
      [second]: release.replace('name: release', 'name: edge').replace('v0.1.0', tag),
      [follower]: tenants.replace('name: tenants-prod', 'name: edge').replace('name: release', 'name: edge'),
    });
    scene.hold(BASE, scene.files(edge('v0.1.0')));
    scene.promote('aws');
    scene.merge('aws', { subject: undefined });
    scene.hold(MERGED.aws as CommitSha, scene.files(edge('v0.2.0')));
    const legs = (await planOf(scene))?.plan.managements[0]?.legs ?? [];
    expect(legs.map(({ source }) => source).sort()).toEqual([
      'flux-system/edge',
      'flux-system/main',
      'flux-system/release',
    ]);
    const edgeLeg = legs.find(({ source }) => source === 'flux-system/edge');
    expect(edgeLeg?.declared).toEqual([{ id: 'prod-1/edge', cluster: 'prod-1' }]);
  });
});
