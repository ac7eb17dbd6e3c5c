import { kustomization } from '../samples.ts';
import { configMap, effectsOf, type Files, fleet, lines, mgmt } from './repositories.ts';

describe('moves', () => {
  const second = (cluster: string, more: Files = {}, k: Parameters<typeof fleet>[1] = {}) => ({
    ...fleet(more, k),
    [`${mgmt}/k2.yaml`]: kustomization({ name: 'k2', namespace: cluster, cluster, path: './more' }),
  });
  const [here, there] = [{ 'apps/a.yaml': configMap('a') }, { 'more/a.yaml': configMap('a') }];

  it('within a cluster are told once, with the danger of being pruned on the way', () => {
    const all = effectsOf(second('one', here), second('one', there));
    expect(lines(all)).toEqual([
      'at-merge one one/k: nothing',
      'at-merge one one/k2: moved (pruned) ConfigMap shop/a from one/k',
    ]);
    expect(all[1]?.objects[0]).toMatchObject({ moved: { from: 'one/k', to: 'one/k2' }, highlights: [] });
  });

  it.each<readonly [string, Files, Files, readonly string[]]>([
    [
      'to another cluster are none',
      second('two', here),
      second('two', there),
      [
        'at-merge one one/k: deleted (pruned) ConfigMap shop/a',
        'at-merge two two/k2: added ConfigMap shop/a',
      ],
    ],
    [
      'that take until the next promotion are none',
      second('one', there, { source: 'release' }),
      second('one', here, { source: 'release' }),
      [
        'next-promotion one one/k: added ConfigMap shop/a',
        'at-merge one one/k2: deleted (pruned) ConfigMap shop/a',
      ],
    ],
  ])('%s', (_what, before, after, expected) => {
    expect(lines(effectsOf(before, after))).toEqual(expected);
  });
});
