import { build } from '../../../sandbox/kubernetes/flux/build.ts';
import { Manifests } from '../../../sandbox/kubernetes/flux/manifests.ts';
import { configMap, namespace } from './support/manifests.ts';
import { MemoryRepository } from './support/memory-repository.ts';

async function built(files: Readonly<Record<string, string>>, folder = './app') {
  const repository = new MemoryRepository();
  const commit = repository.commit(files);
  return build({ repository, manifests: new Manifests(repository) }, commit, folder);
}

async function names(files: Readonly<Record<string, string>>, folder?: string): Promise<readonly string[]> {
  const objects = await built(files, folder);
  return objects.map(({ kind, metadata }) =>
    [kind, metadata.namespace, metadata.name].filter(Boolean).join('/'),
  );
}

describe('what a path of the repository applies', () => {
  it('is every manifest in all folders below, as Flux generates it', async () => {
    const files = {
      'app/b/map.yaml': configMap('b'),
      'app/a.yml': `${configMap('a')}---\n${namespace('n')}---\n# nothing\n`,
      'app/README.md': '# not a manifest',
      'app/.github/workflow.yaml': 'on: push',
      'other/map.yaml': configMap('other'),
    };
    expect(await names(files)).toEqual(['ConfigMap/apps/a', 'Namespace/n', 'ConfigMap/apps/b']);
    expect(await names(files, '/app/b/')).toEqual(['ConfigMap/apps/b']);
    expect(await names({ 'map.yaml': configMap('root') }, './')).toEqual(['ConfigMap/apps/root']);
  });

  it('is what a kustomization file names, and what those of its folders name', async () => {
    const files = {
      'app/kustomization.yaml': 'resources: [map.yaml, ../base]\nnamespace: team\nnamePrefix: x-\n',
      'app/map.yaml': configMap('map'),
      'app/not-named.yaml': configMap('not-named'),
      'base/kustomization.yml': 'resources: [ns.yaml]\n',
      'base/ns.yaml': namespace('n'),
    };
    expect(await names(files)).toEqual(['ConfigMap/team/x-map', 'Namespace/n']);
  });

  it('takes a folder with such a file as one, amid others without', async () => {
    const files = {
      'app/plain.yaml': configMap('plain'),
      'app/sub/kustomization.yaml': 'resources: [map.yaml]\nnameSuffix: -sub\n',
      'app/sub/map.yaml': configMap('map'),
      'app/sub/left-out.yaml': configMap('left-out'),
    };
    expect(await names(files)).toEqual(['ConfigMap/apps/plain', 'ConfigMap/apps/map-sub']);
  });

  it('is changed by labels and patches, inside the file and beside it', async () => {
    const files = {
      'app/kustomization.yaml': `resources: [map.yaml]
labels:
- pairs: { team: shop }
commonAnnotations: { note: here }
patches:
- path: merge.yaml
- target: { kind: ConfigMap, name: m.* }
  patch: '[{"op": "add", "path": "/data/c", "value": "3"}]'
`,
      'app/map.yaml': configMap('map', { a: '1', b: '2' }),
      'app/merge.yaml':
        'apiVersion: v1\nkind: ConfigMap\nmetadata: { name: map }\ndata: { a: null, b: "two" }\n',
    };
    expect(await built(files)).toMatchObject([
      {
        metadata: { labels: { team: 'shop' }, annotations: { note: 'here' } },
        data: { b: 'two', c: '3' },
      },
    ]);
    expect((await built(files))[0]?.['data']).not.toHaveProperty('a');
  });

  it('takes lists apart', async () => {
    const list = `apiVersion: v1\nkind: List\nitems:\n- ${JSON.stringify({ apiVersion: 'v1', kind: 'Secret', metadata: { name: 's' } })}\n`;
    expect(await names({ 'app/list.yaml': list })).toEqual(['Secret/s']);
  });

  it.each([
    ['resources: [gone.yaml]', "accumulating resources from 'gone.yaml': open"],
    ['resources: [empty]', 'unable to find one of'],
    ['resources: ["https://example.com/a.yaml"]', 'the sandbox reaches no other host'],
    ['resources: ["../../../etc"]', 'no such file or directory'],
    ['resources: 5', 'invalid Kustomization: resources'],
    ['resources: [', 'invalid Kustomization'],
    ['resources: [map.yaml]\npatches: [{ path: gone.yaml }]', 'unable to read patch file'],
    [
      'resources: [map.yaml]\npatches: [{ patch: "{apiVersion: v1, kind: Secret, metadata: {name: no}}" }]',
      'no resource matches',
    ],
    [
      `resources: [map.yaml]\npatches: [{ target: { kind: ConfigMap }, patch: '[{"op": "remove", "path": "/data/no"}]' }]`,
      'nothing to remove',
    ],
  ])('cannot be built from %j', async (file, message) => {
    const files = { 'app/kustomization.yaml': file, 'app/map.yaml': configMap('map'), 'app/empty/x.txt': '' };
    await expect(built(files)).rejects.toMatchObject({
      reason: 'BuildFailed',
      message: expect.stringContaining(message),
    });
  });
});
