import fc from 'fast-check';
import { Deployment } from 'kubernetes-models/apps/v1/Deployment';
import { Ingress } from 'kubernetes-models/networking.k8s.io/v1/Ingress';
import { NetworkPolicy } from 'kubernetes-models/networking.k8s.io/v1/NetworkPolicy';
import { Service } from 'kubernetes-models/v1/Service';
import { knownKinds } from '../../../src/domain/conventions/kinds/known-kinds.ts';
import { nearest } from '../../../src/domain/conventions/kinds/nearest.ts';
import { type ShapeFault, shapeFaults } from '../../../src/domain/conventions/kinds/shape-faults.ts';

const kinds = knownKinds(new Map());

function faultsOf(object: Readonly<Record<string, unknown>>): readonly ShapeFault[] {
  const shape = kinds.find(String(object['apiVersion']), String(object['kind']));
  if (shape === undefined) throw new Error('its kind is not known');
  return shapeFaults(object, shape, kinds);
}

/** Whether Kubernetes' own schema takes it, which knows no fields that are too many. */
function isTaken(object: Readonly<Record<string, unknown>>): boolean {
  const all = { Deployment, Ingress, NetworkPolicy, Service };
  const Kind = all[object['kind'] as keyof typeof all] as new (data: object) => { validate(): void };
  try {
    new Kind(object).validate();
    return true;
  } catch {
    return false;
  }
}

const samples: readonly Readonly<Record<string, unknown>>[] = [
  {
    apiVersion: 'apps/v1',
    kind: 'Deployment',
    metadata: { name: 'web', labels: { app: 'web' } },
    spec: {
      replicas: 2,
      selector: { matchLabels: { app: 'web' } },
      strategy: { type: 'RollingUpdate', rollingUpdate: { maxSurge: '25%', maxUnavailable: 0 } },
      template: {
        metadata: { labels: { app: 'web' } },
        spec: {
          containers: [
            {
              name: 'web',
              image: 'web:1',
              ports: [{ containerPort: 80, protocol: 'TCP' }],
              resources: { limits: { cpu: 1, memory: '1Gi' } },
              env: [{ name: 'A', valueFrom: { secretKeyRef: { name: 'x', key: 'y' } } }],
            },
          ],
        },
      },
    },
  },
  {
    apiVersion: 'v1',
    kind: 'Service',
    metadata: { name: 'web' },
    spec: { type: 'ClusterIP', ports: [{ port: 80, targetPort: 'http' }], selector: { app: 'web' } },
  },
  {
    apiVersion: 'networking.k8s.io/v1',
    kind: 'Ingress',
    metadata: { name: 'web' },
    spec: {
      rules: [
        {
          host: 'x.example',
          http: {
            paths: [
              { path: '/', pathType: 'Prefix', backend: { service: { name: 'web', port: { number: 80 } } } },
            ],
          },
        },
      ],
    },
  },
  {
    apiVersion: 'networking.k8s.io/v1',
    kind: 'NetworkPolicy',
    metadata: { name: 'web' },
    spec: { podSelector: {}, policyTypes: ['Ingress'], ingress: [{ from: [{ podSelector: {} }] }] },
  },
];

/** Every place of a value, as a path. */
function pathsIn(value: unknown, at: readonly string[] = []): readonly (readonly string[])[] {
  if (typeof value !== 'object' || value === null) return [at];
  return [at, ...Object.entries(value).flatMap(([key, one]) => pathsIn(one, [...at, key]))];
}

function replaced(value: unknown, [key, ...rest]: readonly string[], by: unknown): unknown {
  if (key === undefined) return by;
  if (Array.isArray(value))
    return value.map((one, index) => (String(index) === key ? replaced(one, rest, by) : one));
  return { ...(value as object), [key]: replaced((value as Record<string, unknown>)[key], rest, by) };
}

describe('what the kinds of Kubernetes look like', () => {
  it.each(samples.map((sample) => [sample['kind'], sample] as const))('takes a sound %s', (_kind, sample) => {
    expect(faultsOf(sample)).toEqual([]);
    expect(isTaken(sample)).toBe(true);
  });

  it('finds whatever the schema of Kubernetes finds in a value that was replaced', () => {
    const values = fc.constantFrom<unknown>('text', 3, true, [], ['a'], { b: 1 });
    fc.assert(
      fc.property(fc.constantFrom(...samples), fc.nat(), values, (sample, pick, value) => {
        const paths = pathsIn(sample).filter(([first, second]) => first === 'spec' && second !== undefined);
        const changed = replaced(sample, paths[pick % paths.length] ?? [], value) as Record<string, unknown>;
        if (!isTaken(changed)) expect(faultsOf(changed)).not.toEqual([]);
      }),
    );
  });

  it('takes every kind that Flux has in its betas, and what it has left behind', () => {
    const spec = { interval: '5m', prune: true, sourceRef: { kind: 'GitRepository', name: 'x' } };
    const before = { ...spec, validation: 'client', patchesStrategicMerge: [] };
    const object = (version: string, given: object) => ({
      apiVersion: `kustomize.toolkit.fluxcd.io/${version}`,
      kind: 'Kustomization',
      metadata: { name: 'x' },
      spec: given,
    });
    expect(faultsOf(object('v1', spec))).toEqual([]);
    expect(faultsOf(object('v1beta1', before))).toEqual([]);
    expect(faultsOf(object('v1', before))).toHaveLength(2);
  });

  it('leaves alone what Flux fills in, and what is null', () => {
    const [deployment = {}] = samples;
    const variable = `${'$'}{replicas}`;
    expect(faultsOf(replaced(deployment, ['spec', 'replicas'], variable) as Record<string, unknown>)).toEqual(
      [],
    );
    expect(faultsOf(replaced(deployment, ['spec', 'replicas'], null) as Record<string, unknown>)).toEqual([]);
  });
});

describe('a mistyped name', () => {
  it.each([
    ['replcas', ['replicas', 'revision'], 'replicas'],
    ['contianers', ['containers', 'initContainers'], 'containers'],
    ['Spec', ['spec'], 'spec'],
    ['ab', ['xy'], undefined],
    ['port', ['ports', 'part'], undefined],
    ['shiny', ['name'], undefined],
  ])('%s of %j is %s', (typed, known, meant) => {
    expect(nearest(typed, known)).toBe(meant);
  });
});
