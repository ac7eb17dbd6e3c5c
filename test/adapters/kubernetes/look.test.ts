import { writeFileSync } from 'node:fs';
import { inspect } from 'node:util';
import { PATHS, rawKustomization, SHA } from './objects.ts';
import { aws, setScene } from './scene.ts';

const scene = setScene();
const { cluster } = scene;

describe('a look at a management cluster', () => {
  it('shows what decides of every object, in small', async () => {
    const view = await scene.fleet.look(aws);
    if (view.kind !== 'seen') throw new Error(view.why);
    expect(view.kustomizations.get('prod/one')).toEqual({
      id: 'prod/one',
      generation: 2,
      observedGeneration: 2,
      suspended: false,
      handledRequest: '2026-01-02T03:04:05Z',
      ready: {
        status: 'True',
        reason: 'ReconciliationSucceeded',
        message: '',
        at: Date.parse('2026-01-02T03:04:05Z'),
        generation: 2,
      },
      reconciling: undefined,
      stalled: undefined,
      source: 'flux-system/release',
      cluster: 'prod',
      checksHealth: true,
      deleting: false,
      lastAttempted: { ref: 'v1', commit: SHA },
      lastApplied: { ref: 'v1', commit: SHA },
    });
    expect(view.sources.get('flux-system/release')).toMatchObject({
      follows: { kind: 'tag', tag: 'v1' },
      url: 'git.example/acme/platform',
      artifact: { ref: 'v1', commit: SHA },
    });
    expect(view.helmReleases.get('prod/ingress')).toMatchObject({ madeBy: 'prod/one', chart: '1.2.3' });
    expect(view.clusters).toEqual([{ id: 'prod/prod', name: 'prod', lifecycle: { kind: 'ready' } }]);
    expect(view.hidden).toEqual([]);
  });

  it('asks for nothing but these kinds and what the cluster serves, and for no secret', async () => {
    await scene.fleet.look(aws);
    const asked = cluster.requests.map((each) => each.replace(/\?.*/, ''));
    expect(asked.toSorted()).toEqual(
      ['GET /apis', ...Object.values(PATHS).map((path) => `GET ${path}`)].toSorted(),
    );
  });

  it('reads a thousand objects page by page', async () => {
    for (let index = 0; index < 1_200; index += 1)
      cluster.put(PATHS.kustomizations, rawKustomization('many', `k${index}`));
    const view = await scene.fleet.look(aws);
    if (view.kind !== 'seen') throw new Error(view.why);
    expect([...view.kustomizations.keys()].filter((id) => id.startsWith('many/'))).toHaveLength(1_200);
    expect(cluster.countOf('kustomizations?limit=500')).toBe(3);
    cluster.troubles.set('continue=', [{ status: 410 }]);
    const again = await scene.fleet.look(aws);
    expect(again.kind === 'seen' ? again.kustomizations.size : again).toBe(view.kustomizations.size);
    for (let index = 0; index < 1_200; index += 1) cluster.remove(PATHS.kustomizations, 'many', `k${index}`);
  });

  it('uses the version that the cluster serves', async () => {
    const before = cluster.groups;
    const older = {
      'kustomize.toolkit.fluxcd.io': ['v1beta2', 'v1beta1'],
      'source.toolkit.fluxcd.io': ['v1beta2'],
    };
    Object.assign(cluster, { groups: older });
    cluster.put('/apis/kustomize.toolkit.fluxcd.io/v1beta2/kustomizations', rawKustomization('old', 'one'));
    const view = await scene.fleet.look(aws);
    Object.assign(cluster, { groups: before });
    expect(view.kind === 'seen' ? [...view.kustomizations.keys()] : view).toEqual(['old/one']);
    // It has been upgraded: the first look finds nothing there any more, the next asks anew.
    expect(await scene.fleet.look(aws)).toMatchObject({ kind: 'silent' });
    expect(await scene.fleet.look(aws)).toMatchObject({ kind: 'seen' });
  });

  it('says that a cluster has no Flux', async () => {
    const before = cluster.groups;
    Object.assign(cluster, { groups: { 'cluster.x-k8s.io': ['v1beta2'] } });
    expect(await scene.fleet.look(aws)).toMatchObject({ kind: 'silent', why: 'no-flux' });
    Object.assign(cluster, { groups: before });
  });

  it('names what it may not read of what can be missed, and is refused without the rest', async () => {
    Object.assign(cluster, { forbidden: ['helmreleases'] });
    expect(await scene.fleet.look(aws)).toMatchObject({ kind: 'seen', hidden: ['helmreleases'] });
    Object.assign(cluster, { forbidden: ['kustomizations'] });
    expect(await scene.fleet.look(aws)).toMatchObject({ kind: 'silent', why: 'refused' });
  });

  it.each([429, 500, 503])('gets over a %d', async (status) => {
    cluster.troubles.set('kustomizations', [{ status, headers: { 'retry-after': '1' } }]);
    expect(await scene.fleet.look(aws)).toMatchObject({ kind: 'seen' });
  });

  it('gets over a connection that is cut', async () => {
    cluster.troubles.set('kustomizations', ['cut']);
    expect(await scene.fleet.look(aws)).toMatchObject({ kind: 'seen' });
  });

  it.each([
    ['compressed', 'torn'],
    ['compressed', 'short'],
    ['plain', 'torn'],
    ['plain', 'short'],
  ] as const)('gets over half of a %s list (%s)', async (how, torn) => {
    const isPacking = how === 'compressed';
    Object.assign(cluster, { isPacking });
    const whole = await scene.fleet.look(aws);
    cluster.troubles.set('kustomizations', [torn]);
    const view = await scene.fleet.look(aws);
    if (view.kind !== 'seen' || whole.kind !== 'seen') throw new Error('it is silent');
    expect(view.kustomizations).toEqual(whole.kustomizations);
    expect(view.kustomizations.size).toBeGreaterThan(0);
    expect(cluster.troubles.get('kustomizations')).toEqual([]);
    Object.assign(cluster, { isPacking: true });
  });

  it('reads the kubeconfig again when its token is refused', async () => {
    expect(await scene.fleet.look(aws)).toMatchObject({ kind: 'seen' });
    Object.assign(cluster, { tokens: ['second'] });
    scene.writeKubeconfig('second');
    expect(await scene.fleet.look(aws)).toMatchObject({ kind: 'seen' });
  });

  it.each<[string, () => void, string]>([
    ['refuses the token', () => Object.assign(cluster, { tokens: ['other'] }), 'refused'],
    ['never answers', () => void cluster.troubles.set('/apis', ['hang', 'hang', 'hang']), 'no-answer'],
    [
      'fails again and again',
      () =>
        void cluster.troubles.set(
          'kustomizations',
          Array.from({ length: 9 }, () => ({ status: 500 })),
        ),
      'failing',
    ],
    ['is not where it was', () => scene.writeKubeconfig('first', 'http://127.0.0.1:9'), 'no-answer'],
    [
      'has no context',
      () => writeFileSync(scene.file, '{"clusters":[],"users":[],"contexts":[]}'),
      'not-set-up',
    ],
    [
      'has a kubeconfig that cannot be read',
      () => writeFileSync(scene.file, 'token: "secret-canary'),
      'not-set-up',
    ],
    [
      'shows what cannot be understood',
      () => cluster.put(PATHS.sources, { metadata: { namespace: 'x', name: 'odd' }, spec: 7 }),
      'not-understood',
    ],
  ])('is no failure when the cluster %s: it is not known, since when', async (_name, break_, why) => {
    break_();
    const before = Date.now();
    const first = await scene.fleet.look(aws);
    expect(first).toMatchObject({ kind: 'silent', management: 'aws', why });
    cluster.troubles.set('/apis', ['hang', 'hang', 'hang']);
    const second = await scene.fleet.look(aws);
    if (first.kind !== 'silent' || second.kind !== 'silent') throw new Error('it answered');
    expect(first.since).toBeGreaterThanOrEqual(before);
    expect(second.since).toBe(first.since);
    expect(inspect(scene.warnings, { depth: 9 })).not.toMatch(/secret-canary|"first"/);
  });

  it('says since when it is not known: since it last answered', async () => {
    await scene.fleet.look(aws);
    const answered = Date.now();
    await new Promise((resolve) => setTimeout(resolve, 30));
    Object.assign(cluster, { tokens: [] });
    const view = await scene.fleet.look(aws);
    expect(view.kind === 'silent' ? view.since : view).toBeLessThanOrEqual(answered);
    expect(scene.warnings).toHaveLength(1);
  });

  it('takes the current context for the only cluster, and for no other', async () => {
    expect(await scene.fleet.look({ ...aws, name: 'other', isOnly: true })).toMatchObject({ kind: 'seen' });
    expect(await scene.fleet.look({ ...aws, name: 'other' })).toMatchObject({ why: 'not-set-up' });
    expect(await scene.fleet.look({ ...aws, name: 'other', context: 'aws' })).toMatchObject({ kind: 'seen' });
    expect(await scene.fleet.look({ ...aws, context: 'gone', isOnly: true })).toMatchObject({
      why: 'not-set-up',
    });
  });
});
