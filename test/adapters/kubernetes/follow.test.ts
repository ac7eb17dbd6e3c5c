import type { ManagementView } from '../../../src/domain/rollout/objects.ts';
import { until } from '../../support/until.ts';
import { PATHS, rawCluster, rawKustomization } from './objects.ts';
import { aws, setScene } from './scene.ts';

const scene = setScene();
const { cluster } = scene;
let ending = new AbortController();
const views: ManagementView[] = [];

beforeEach(() => {
  ending = new AbortController();
  views.length = 0;
});
let living: NodeJS.Timeout | undefined;
afterEach(() => {
  clearInterval(living);
  ending.abort();
});

function startFollowing(pollMs = 50): Promise<void> {
  return scene.fleet.follow(aws, {
    pollMs,
    signal: ending.signal,
    onView: (view) => void views.push(view),
  });
}
const last = () => views.at(-1);
const seenNames = () => {
  const view = last();
  return view?.kind === 'seen' ? [...view.kustomizations.keys()] : [];
};

describe('following a management cluster', () => {
  it('shows what stands there, then each change', async () => {
    const done = startFollowing();
    await until(() => seenNames().length === 2 && cluster.watching === 4);
    cluster.put(PATHS.kustomizations, rawKustomization('prod', 'three'));
    await until(() => seenNames().includes('prod/three'));
    cluster.put(PATHS.kustomizations, rawKustomization('prod', 'three', 2, { suspend: true }));
    await until(() => {
      const view = last();
      return view?.kind === 'seen' && view.kustomizations.get('prod/three')?.suspended === true;
    });
    cluster.remove(PATHS.kustomizations, 'prod', 'three');
    await until(() => !seenNames().includes('prod/three'));
    expect(cluster.countOf('kustomizations?limit')).toBe(1);
    ending.abort();
    await done;
  });

  it('shows a thousand changes that come together in few views', async () => {
    void startFollowing();
    await until(() => cluster.watching === 4 && views.length > 0);
    const before = views.length;
    for (let index = 0; index < 1_000; index += 1)
      cluster.put(PATHS.kustomizations, rawKustomization('burst', `k${index}`));
    await until(() => seenNames().length === 1_002);
    expect(views.length - before).toBeLessThan(20);
    for (let index = 0; index < 1_000; index += 1) cluster.remove(PATHS.kustomizations, 'burst', `k${index}`);
  });

  it.each<[string, () => unknown]>([
    ['ended in good order', () => cluster.endWatches('in-order')],
    ['cut', () => cluster.endWatches('cut')],
    ['ended because its version expired', () => [cluster.compact(), cluster.endWatches('expired')]],
    [
      'ended, and its version is gone when it goes on',
      () => [cluster.endWatches('in-order'), cluster.compact()],
    ],
  ])('misses nothing when its watches are %s', async (_name, end) => {
    void startFollowing();
    await until(() => cluster.watching === 4 && seenNames().length === 2);
    end();
    cluster.put(PATHS.kustomizations, rawKustomization('prod', 'late'));
    await until(() => seenNames().includes('prod/late'));
    cluster.remove(PATHS.kustomizations, 'prod', 'late');
    await until(() => !seenNames().includes('prod/late'));
  });

  it('lists anew at once after a 410, without waiting for the next poll', async () => {
    void startFollowing(60_000);
    await until(() => cluster.watching === 4 && seenNames().length === 2);
    cluster.compact();
    cluster.endWatches('expired');
    cluster.put(PATHS.kustomizations, rawKustomization('prod', 'prompt'));
    await until(() => seenNames().includes('prod/prompt'), 1_500);
  });

  it('goes on from a bookmark when everything before it has expired', async () => {
    void startFollowing();
    await until(() => cluster.watching === 4 && seenNames().length === 2);
    for (let index = 0; index < 5; index += 1) cluster.put(PATHS.clusters, rawCluster(`c${index}`));
    cluster.bookmark();
    await new Promise((resolve) => setTimeout(resolve, 100));
    const listed = cluster.countOf('kustomizations?limit');
    cluster.compact();
    cluster.endWatches('in-order');
    await until(() => cluster.watching === 4);
    cluster.put(PATHS.kustomizations, rawKustomization('prod', 'after'));
    await until(() => seenNames().includes('prod/after'));
    expect(cluster.countOf('kustomizations?limit')).toBe(listed);
    cluster.remove(PATHS.kustomizations, 'prod', 'after');
  });

  it('notices a connection of which the other end is gone, by its silence', async () => {
    void startFollowing();
    await until(() => cluster.watching === 4 && seenNames().length === 2);
    Object.assign(cluster, { isHalfOpen: true });
    cluster.put(PATHS.kustomizations, rawKustomization('prod', 'unheard'));
    await until(() => seenNames().includes('prod/unheard'), 2_500);
    cluster.remove(PATHS.kustomizations, 'prod', 'unheard');
  });

  it('repairs what a lying watch hides', async () => {
    void startFollowing();
    await until(() => cluster.watching === 4 && seenNames().length === 2);
    Object.assign(cluster, { isHalfOpen: true });
    living = setInterval(() => cluster.bookmark(), 100);
    cluster.put(PATHS.kustomizations, rawKustomization('prod', 'hidden'));
    await until(() => seenNames().includes('prod/hidden'));
    cluster.remove(PATHS.kustomizations, 'prod', 'hidden');
  });

  it.each<[string, () => void, () => void]>([
    [
      'refuses the token',
      () => Object.assign(cluster, { tokens: [] }),
      () => Object.assign(cluster, { tokens: ['first'] }),
    ],
    [
      'fails',
      () =>
        void cluster.troubles.set(
          '/apis/',
          Array.from({ length: 20 }, () => ({ status: 503 })),
        ),
      () => cluster.troubles.clear(),
    ],
    [
      'is busy',
      () =>
        void cluster.troubles.set(
          '/apis/',
          Array.from({ length: 20 }, () => ({ status: 429 })),
        ),
      () => cluster.troubles.clear(),
    ],
  ])('shows it as unknown while it %s, and comes back by itself', async (_name, break_, mend) => {
    void startFollowing();
    await until(() => cluster.watching === 4 && seenNames().length === 2);
    break_();
    cluster.endWatches('cut');
    await until(() => last()?.kind === 'silent');
    mend();
    await until(() => last()?.kind === 'seen');
  });

  it('waits for a cluster that is not there yet', async () => {
    scene.writeKubeconfig('first', 'http://127.0.0.1:9');
    void startFollowing();
    await until(() => last()?.kind === 'silent');
    scene.writeKubeconfig('first');
    await until(() => last()?.kind === 'seen', 9_000);
  });
});
