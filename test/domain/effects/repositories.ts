import { createHash } from 'node:crypto';
import type { Effect, RepositoryState } from '../../../src/domain/effects/effect.ts';
import { effects, textsNeeded } from '../../../src/domain/effects/effects.ts';
import type { Policy } from '../../../src/domain/policy.ts';
import { gitRepository, kustomization, platformOf, policyOf } from '../samples.ts';

export type Files = Readonly<Record<string, string>>;

function oidOf(text: string): string {
  return createHash('sha1').update(text).digest('hex');
}

/** A repository that holds these files (path -> text). */
export function stateOf(files: Files, policy: Policy = policyOf()): RepositoryState {
  return {
    platform: platformOf(files, policy),
    oids: new Map(Object.entries(files).map(([path, text]) => [path, oidOf(text)])),
  };
}

/** The effects from one repository to the next, told from those texts alone that are said to be needed. */
export function effectsOf(
  before: Files,
  after: Files,
  standing: Files = after,
  policy: Policy = policyOf(),
  isThere: (path: string) => boolean = () => true,
): readonly Effect[] {
  const question = {
    before: stateOf(before, policy),
    after: stateOf(after, policy),
    kustomizations: stateOf(standing, policy).platform,
  };
  const texts = new Map(
    [...Object.values(before), ...Object.values(after)].map((text) => [oidOf(text), text]),
  );
  const needed = textsNeeded(question)
    .filter(({ path }) => isThere(path))
    .map(({ oid }) => [oid, texts.get(oid) ?? 'not: asked'] as const);
  return effects(question, new Map(needed));
}

/** Effects as short lines: `when cluster kustomization: change Kind namespace/name, …`. */
export function lines(all: readonly Effect[]): readonly string[] {
  return all.map(({ when, cluster = 'mgmt', kustomization: through, objects, notRendered }) => {
    const changes = objects.map(
      ({ change, kind, namespace, name, pruned, moved }) =>
        `${change}${pruned ? ' (pruned)' : ''} ${kind} ${namespace === undefined ? '' : `${namespace}/`}${name}${
          moved === undefined ? '' : ` from ${moved.from}`
        }`,
    );
    const unknown = notRendered.map(({ path, why }) => `? ${path} ${why}`);
    return `${when} ${cluster} ${through}: ${[...changes, ...unknown].join(', ') || 'nothing'}`;
  });
}

export const mgmt = 'providers/aws/v1/mgmt/flux-system';

/**
 * A management cluster that applies its own folder, and `k`, which applies `apps` to the cluster `one`. The folders
 * stay when they hold nothing that is applied.
 */
export function fleet(more: Files = {}, k: Partial<Parameters<typeof kustomization>[0]> = {}): Files {
  return {
    [`${mgmt}/main.yaml`]: gitRepository('main', '{ branch: main }'),
    [`${mgmt}/release.yaml`]: gitRepository('release', '{ tag: v1.0.0 }'),
    [`${mgmt}/mgmt.yaml`]: kustomization({ name: 'mgmt', path: './providers/aws/v1/mgmt' }),
    [`${mgmt}/k.yaml`]: kustomization({ name: 'k', namespace: 'one', path: './apps', cluster: 'one', ...k }),
    'apps/README.md': '# apps',
    'more/README.md': '# more',
    'tenants/aws/common/README.md': '# tenants',
    'tenants/aws/prod/README.md': '# tenants',
    ...more,
  };
}

export function configMap(name: string, value = '1', namespace = 'shop'): string {
  return `apiVersion: v1\nkind: ConfigMap\nmetadata:\n  name: ${name}\n  namespace: ${namespace}\ndata:\n  value: "${value}"\n`;
}

/** The lines of what changes in a `fleet` from one set of files to another. */
export function through(before: Files, after: Files, k: Parameters<typeof fleet>[1] = {}): readonly string[] {
  return lines(effectsOf(fleet(before, k), fleet(after, k)));
}

/** The files but those at these paths. */
export function without(files: Files, ...paths: readonly string[]): Files {
  return Object.fromEntries(Object.entries(files).filter(([path]) => !paths.includes(path)));
}
