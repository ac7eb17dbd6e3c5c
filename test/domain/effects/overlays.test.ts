import { configMap, effectsOf, type Files, fleet, lines, through } from './repositories.ts';

describe('folders with a kustomization file', () => {
  const both = { 'apps/a.yaml': configMap('a'), 'apps/b.yaml': configMap('b') };
  const list = (text: string) => ({ ...both, 'apps/kustomization.yaml': text });

  it.each<readonly [string, Files, Files, string]>([
    [
      'apply what they list, so that an unchanged file can leave',
      list('resources: [a.yaml, b.yaml]\n'),
      list('resources: [a.yaml]\n'),
      'deleted (pruned) ConfigMap shop/b',
    ],
    [
      'may list in any order',
      list('resources: [a.yaml, b.yaml]\n'),
      list('resources: [b.yaml, a.yaml]\n'),
      'nothing',
    ],
    [
      'take the place of the folder',
      both,
      list('resources: [a.yaml]\n'),
      'deleted (pruned) ConfigMap shop/b',
    ],
    [
      'may list other folders',
      {
        ...list('resources: [../sets/x]\n'),
        'sets/x/kustomization.yaml': 'resources: [c.yaml]\n',
        'sets/x/c.yaml': configMap('c'),
      },
      {
        ...list('resources: [../sets/x]\n'),
        'sets/x/kustomization.yaml': 'resources: [c.yaml]\n',
        'sets/x/c.yaml': configMap('c', '2'),
      },
      'changed ConfigMap shop/c',
    ],
    [
      'with patches are not rendered',
      list('resources: [a.yaml]\npatches: [{path: b.yaml}]\n'),
      { ...list('resources: [a.yaml]\npatches: [{path: b.yaml}]\n'), 'apps/b.yaml': configMap('b', '2') },
      '? apps/b.yaml overlay',
    ],
    [
      'with a generator are not rendered, whatever the file',
      { ...list('configMapGenerator: [{name: x, files: [key=conf/x.txt]}]\n'), 'apps/conf/x.txt': 'a' },
      { ...list('configMapGenerator: [{name: x, files: [key=conf/x.txt]}]\n'), 'apps/conf/x.txt': 'b' },
      '? apps/conf/x.txt overlay',
    ],
    [
      'that begin to do more than list are named',
      list('resources: [a.yaml]\n'),
      list('resources: [a.yaml]\nnamePrefix: x-\n'),
      '? apps/kustomization.yaml overlay',
    ],
    [
      'with something from elsewhere are not rendered',
      list('resources: [a.yaml, "https://example.test/x?ref=v1"]\n'),
      list('resources: [a.yaml, "https://example.test/x?ref=v2"]\n'),
      '? apps/kustomization.yaml remote-base',
    ],
    [
      'that list what is not there are not rendered',
      list('resources: [a.yaml]\n'),
      list('resources: [a.yaml, c.yaml]\n'),
      '? apps/kustomization.yaml missing-resource',
    ],
    [
      'that listed what is there now are not rendered',
      list('resources: [a.yaml, c.yaml]\n'),
      { ...list('resources: [a.yaml, c.yaml]\n'), 'apps/c.yaml': configMap('c') },
      '? apps/kustomization.yaml missing-resource',
    ],
    [
      'below an overlay that alters are altered with it',
      {
        'apps/kustomization.yaml': 'resources: [x]\nnamespace: n\n',
        'apps/x/kustomization.yaml': 'resources: [a.yaml]\n',
        'apps/x/a.yaml': configMap('a'),
      },
      {
        'apps/kustomization.yaml': 'resources: [x]\nnamespace: n\n',
        'apps/x/kustomization.yaml': 'resources: [a.yaml]\n',
        'apps/x/a.yaml': configMap('a', '2'),
      },
      '? apps/x/a.yaml overlay',
    ],
    [
      'may take a file in two ways, and then nothing is known of it',
      list('resources: [a.yaml, b.yaml]\npatches: [{path: b.yaml}]\n'),
      {
        ...list('resources: [a.yaml, b.yaml]\npatches: [{path: b.yaml}]\n'),
        'apps/b.yaml': configMap('b', '2'),
      },
      '? apps/b.yaml overlay',
    ],
    [
      'that alter what another takes as it stands hide it',
      {
        'apps/one/kustomization.yaml': 'resources: [../../sets/x]\n',
        'apps/two/kustomization.yaml': 'resources: [../../sets/x]\nnamePrefix: x-\n',
        'sets/x/kustomization.yaml': 'resources: [a.yaml]\n',
        'sets/x/a.yaml': configMap('a'),
      },
      {
        'apps/one/kustomization.yaml': 'resources: [../../sets/x]\n',
        'apps/two/kustomization.yaml': 'resources: [../../sets/x]\nnamePrefix: x-\n',
        'sets/x/kustomization.yaml': 'resources: [a.yaml]\n',
        'sets/x/a.yaml': configMap('a', '2'),
      },
      '? sets/x/a.yaml overlay',
    ],
    [
      'that go in circles come to an end',
      {
        ...list('resources: [a.yaml, ../sets/x]\n'),
        'sets/x/kustomization.yaml': 'resources: [../../apps]\n',
      },
      {
        ...list('resources: [a.yaml, ../sets/x]\n'),
        'sets/x/kustomization.yaml': 'resources: [../../apps]\n',
        'apps/a.yaml': configMap('a', '2'),
      },
      'changed ConfigMap shop/a',
    ],
    [
      'that do not parse are named',
      list('resources: [a.yaml]\n'),
      list('resources: [\n'),
      '? apps/kustomization.yaml overlay',
    ],
  ])('%s', (_what, before, after, expected) => {
    expect(through(before, after)).toContainEqual(expect.stringContaining(expected));
    expect(through(before, after)).toHaveLength(1);
  });

  it('say nothing of what stands beside them and is not listed', () => {
    const text = 'resources: [a.yaml]\npatches: [{path: p.yaml}]\n';
    expect(through(list(text), { ...list(text), 'apps/b.yaml': configMap('b', '2') })).toEqual([]);
  });

  it('are named when they alter and the Kustomization puts their objects into another namespace', () => {
    const files = list('resources: [a.yaml]\nnamePrefix: x-\n');
    const [, own] = lines(effectsOf(fleet(files), fleet(files, { more: '  targetNamespace: t\n' })));
    expect(own).toContain('? apps/a.yaml overlay');
  });
});
