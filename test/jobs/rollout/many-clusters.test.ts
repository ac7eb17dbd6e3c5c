import type { KustomizationStatus } from '../../../src/domain/rollout/objects.ts';
import { kustomization } from '../../domain/rollout/samples.ts';
import { CHANGE, done, RolloutScene, ranBefore, restoreClocks } from './rollout-scene.ts';

afterEach(restoreClocks);

const CLUSTERS = 120;

/** A management cluster with many workload clusters, of which the first so many have applied it. */
function fleet(ready: number) {
  const base = done('aws');
  if (base.kind !== 'seen') throw new Error('it is seen');
  const many = Array.from({ length: CLUSTERS }, (_, n): [string, KustomizationStatus] => {
    const cluster = `c-${String(n).padStart(3, '0')}`;
    const id = `${cluster}/tenants-prod`;
    const more = { id, cluster, source: 'flux-system/release' };
    return [id, kustomization(n < ready ? 'v0.2.0@2' : 'v0.1.0@1', more)];
  });
  return { ...base, kustomizations: new Map([...base.kustomizations, ...many]) };
}

async function promoted(): Promise<RolloutScene> {
  const scene = new RolloutScene();
  scene.promote('aws');
  scene.merge('aws');
  await scene.shows(ranBefore('aws'));
  await scene.look();
  await scene.shows(fleet(0));
  await scene.after(0);
  return scene;
}

const pages = (scene: RolloutScene) => scene.speaker.said.filter(({ key }) => key.includes(':page:'));

describe('the rollout to many clusters', () => {
  it('sums up in the message, and has every cluster in pages in its thread', async () => {
    const scene = await promoted();
    expect(JSON.stringify(scene.speaker.said[0])).toContain(`1 of ${CLUSTERS + 1} clusters`);
    expect(pages(scene)).toHaveLength(5);
    expect(JSON.stringify(pages(scene))).toContain('c-119');
  });

  it('asks Slack for no more than 40 changes a minute, however much happens', async () => {
    const scene = await promoted();
    const before = scene.speaker.updates.length + scene.speaker.said.length;
    for (let ready = 1; ready <= 100; ready += 1) {
      await scene.shows(fleet(ready));
      await scene.after(600);
    }
    const calls = scene.speaker.updates.length + scene.speaker.said.length - before;
    expect(calls).toBeLessThanOrEqual(40);
    expect(calls).toBeGreaterThan(15);
  });

  it('shows the end of it on every page at once', async () => {
    const scene = await promoted();
    await scene.shows(fleet(CLUSTERS));
    await scene.after();
    expect(scene.message).toContain('runs everywhere');
    for (const { text } of pages(scene)) expect(JSON.stringify(text)).not.toContain('🔵');
    expect(scene.follower.isIdle).toBe(true);
    expect(scene.speaker.said.filter(({ key }) => key === CHANGE)).toHaveLength(1);
  });

  it('brings a page that had to wait up to date though nothing happens any more', async () => {
    const scene = await promoted();
    await scene.shows(fleet(7));
    await scene.after();
    expect(JSON.stringify(pages(scene)[0]).split('✅')).toHaveLength(1);
    for (let turn = 0; turn < 6; turn += 1) await scene.after();
    const [first] = pages(scene);
    expect(JSON.stringify(first).split('✅')).toHaveLength(8);
  });
});
