import { spawnSync } from 'node:child_process';
import { readdirSync } from 'node:fs';
import path from 'node:path';
import { parseAllDocuments } from 'yaml';
import { z } from 'zod';
import { KINDS } from '../../src/adapters/kubernetes/kinds.ts';
import { ROOT, readText } from './read-docs.ts';

const FOLDER = 'deploy/cluster-access';
const builder = 'kubectl';
const rule = z.strictObject({
  apiGroups: z.array(z.string()),
  resources: z.array(z.string()),
  verbs: z.array(z.string()),
});
const object = z.looseObject({
  kind: z.string(),
  metadata: z.looseObject({ name: z.string() }),
  rules: z.array(rule).optional(),
  subjects: z.array(z.object({ kind: z.string(), name: z.string(), namespace: z.string() })).optional(),
  roleRef: z.object({ kind: z.string(), name: z.string() }).optional(),
});

function objectsIn(folder: string) {
  return readdirSync(path.join(ROOT, FOLDER, folder))
    .filter((file) => file !== 'kustomization.yaml')
    .flatMap((file) => parseAllDocuments(readText(`${FOLDER}/${folder}/${file}`)))
    .map((document) => object.parse(document.toJS()));
}

/** What a folder's roles allow, one `group/resource verb` each. */
function allowed(folder: string): readonly string[] {
  return objectsIn(folder)
    .flatMap(({ rules = [] }) => rules)
    .flatMap(({ apiGroups, resources, verbs }) =>
      apiGroups.flatMap((group) =>
        resources.flatMap((resource) => verbs.map((verb) => `${group}/${resource} ${verb}`)),
      ),
    )
    .toSorted();
}

describe('what the bot may do on a management cluster', () => {
  it('is to read exactly the kinds that it reads, and the events', () => {
    const read = Object.values(KINDS).flatMap(({ group, plural }) =>
      ['get', 'list', 'watch'].map((verb) => `${group}/${plural} ${verb}`),
    );
    expect(allowed('read')).toEqual([...read, '/events list'].toSorted());
  });

  it('is, where it may ask for reconciliation, to patch sources and Kustomizations, and nothing else', () => {
    expect(allowed('reconcile')).toEqual([
      'kustomize.toolkit.fluxcd.io/kustomizations patch',
      'source.toolkit.fluxcd.io/gitrepositories patch',
    ]);
  });

  it('is bound to its own account alone', () => {
    const bindings = ['read', 'reconcile'].flatMap(objectsIn).filter(({ kind }) => kind.endsWith('Binding'));
    expect(bindings.map(({ roleRef, subjects }) => [roleRef?.name, subjects])).toEqual(
      ['trunkline-reader', 'trunkline-reconciler'].map((name) => [
        name,
        [{ kind: 'ServiceAccount', name: 'trunkline-reader', namespace: 'trunkline' }],
      ]),
    );
  });

  it('is never anything with a wildcard or with Secrets', () => {
    expect([...allowed('read'), ...allowed('reconcile')].join(' ')).not.toMatch(/\*|secrets/);
  });

  const hasKubectl = spawnSync(builder, ['kustomize', '--help']).status === 0;
  const because = hasKubectl ? '' : ' (skipped: no kubectl on the PATH)';
  (hasKubectl ? it : it.skip)(`can be built as it stands${because}`, () => {
    const done = spawnSync(builder, ['kustomize', path.join(ROOT, FOLDER, 'reconcile')], {
      encoding: 'utf8',
    });
    expect({ status: done.status, says: done.stderr }).toMatchObject({ status: 0 });
    const kinds = parseAllDocuments(done.stdout).map((document) => object.parse(document.toJS()).kind);
    expect(kinds.toSorted()).toEqual([
      'ClusterRole',
      'ClusterRole',
      'ClusterRoleBinding',
      'ClusterRoleBinding',
      'Namespace',
      'Secret',
      'ServiceAccount',
    ]);
  });
});
