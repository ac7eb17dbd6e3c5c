import { spawnSync } from 'node:child_process';
import path from 'node:path';
import { parseAllDocuments } from 'yaml';
import { z } from 'zod';
import { ROOT } from './read-docs.ts';

/** The first of the two programs that can build a kustomization here. */
const BUILDERS = [
  ['kubectl', 'kustomize'],
  ['kustomize', 'build'],
] as const;
const builder = BUILDERS.find(([program, verb]) => spawnSync(program, [verb, '--help']).status === 0);

const anyObject = z.looseObject({ kind: z.string(), metadata: z.looseObject({ name: z.string() }) });
type AnyObject = z.output<typeof anyObject>;

const container = z.looseObject({
  env: z.array(z.looseObject({ name: z.string() })).default([]),
  args: z.array(z.string()).default([]),
  securityContext: z.unknown(),
  resources: z.looseObject({ requests: z.unknown(), limits: z.unknown() }),
});
const workload = z.looseObject({
  spec: z.looseObject({
    replicas: z.number(),
    template: z.looseObject({
      metadata: z.looseObject({ labels: z.record(z.string(), z.string()) }),
      spec: z.looseObject({
        automountServiceAccountToken: z.boolean(),
        terminationGracePeriodSeconds: z.number().optional(),
        securityContext: z.unknown(),
        containers: z.tuple([container]),
      }),
    }),
  }),
});

function build(folder: string): readonly AnyObject[] {
  const [program, verb] = builder ?? BUILDERS[0];
  const done = spawnSync(program, [verb, path.join(ROOT, 'deploy', folder)], { encoding: 'utf8' });
  expect({ status: done.status, says: done.stderr }).toMatchObject({ status: 0 });
  return parseAllDocuments(done.stdout).map((document) => anyObject.parse(document.toJS()));
}

function find(objects: readonly AnyObject[], kind: string, name = 'trunkline'): AnyObject | undefined {
  return objects.find((each) => each.kind === kind && each.metadata.name === name);
}

/** Jest's own skip tells no reason, so the name does. */
const name = builder
  ? 'the Kubernetes manifests'
  : 'the Kubernetes manifests (skipped: neither kubectl nor kustomize is on the PATH)';

(builder ? describe : describe.skip)(name, () => {
  it('run two replicas that may do nothing but their work', () => {
    const { spec } = workload.parse(find(build('base'), 'Deployment'));
    expect(spec.replicas).toBe(2);
    expect(spec.template.spec).toMatchObject({
      automountServiceAccountToken: false,
      terminationGracePeriodSeconds: 30,
      securityContext: { runAsNonRoot: true, runAsUser: 1000, seccompProfile: { type: 'RuntimeDefault' } },
    });
    const [bot] = spec.template.spec.containers;
    expect(bot.securityContext).toEqual({
      allowPrivilegeEscalation: false,
      readOnlyRootFilesystem: true,
      capabilities: { drop: ['ALL'] },
    });
    expect(bot.resources.limits).toHaveProperty('memory');
  });

  it('name no namespace, so that an overlay can', () => {
    for (const folder of ['base', 'redis'])
      for (const { metadata } of build(folder)) expect(metadata).not.toHaveProperty('namespace');
  });

  it('select only the bot’s own pods with the bot’s Service', () => {
    const objects = build('redis');
    const selector = z
      .looseObject({ spec: z.looseObject({ selector: z.record(z.string(), z.string()) }) })
      .parse(find(objects, 'Service')).spec.selector;
    const [bot, redis] = [find(objects, 'Deployment'), find(objects, 'StatefulSet', 'trunkline-redis')].map(
      (each) => workload.parse(each).spec.template.metadata.labels,
    );
    expect(bot).toMatchObject(selector);
    expect(redis).not.toMatchObject(selector);
  });

  it('bring a Redis that keeps what it took and evicts nothing', () => {
    const { spec } = workload.parse(find(build('redis'), 'StatefulSet', 'trunkline-redis'));
    const args = spec.template.spec.containers[0].args.join(' ');
    expect(args).toContain('--appendonly yes');
    expect(args).toContain('--maxmemory-policy noeviction');
  });

  it('tell the bot where that Redis is, in place of the Secret', () => {
    const { spec } = workload.parse(find(build('redis'), 'Deployment'));
    const address = spec.template.spec.containers[0].env.find((each) => each.name === 'REDIS_URL');
    expect(address).toEqual({ name: 'REDIS_URL', value: 'redis://trunkline-redis:6379' });
  });
});
