import type { Effect } from '../../../src/domain/effects/effect.ts';
import { effectsOfTenants } from '../../../src/domain/effects/effects-of-tenants.ts';
import { summarise } from '../../../src/domain/effects/summarise.ts';
import { kustomization } from '../samples.ts';
import { configMap, effectsOf, type Files, fleet, lines, mgmt } from './repositories.ts';

const common = 'tenants/aws/common';

/** Cluster `one` follows main, cluster `two` a tag; both apply the tenants. */
function tenants(files: Files): Files {
  const text = kustomization({
    name: 'k',
    namespace: 'two',
    path: common,
    cluster: 'two',
    source: 'release',
  });
  return { ...fleet(files, { path: common }), [`${mgmt}/two.yaml`]: text };
}

const all = effectsOf(
  tenants({
    [`${common}/shop/a.yaml`]: configMap('a'),
    [`${common}/shop/b.yaml`]: configMap('b'),
    [`${common}/bank/a.yaml`]: configMap('a', '1', 'bank'),
    'apps/x.yaml': configMap('x'),
  }),
  tenants({
    [`${common}/shop/a.yaml`]: configMap('a', '2'),
    [`${common}/shop/c.yaml`]: configMap('c'),
    [`${common}/bank/a.yaml`]: `# words\n${configMap('a', '1', 'bank')}`,
    [`${common}/fair/a.yaml`]: `${configMap('a', '1', 'fair')}sops: {}\n`,
    'apps/x.yaml': configMap('x', '2'),
  }),
);

const one = {
  cluster: 'one',
  management: 'providers/aws/v1/mgmt',
  when: 'at-merge',
  follows: { kind: 'branch', branch: 'main' },
};
const two = { ...one, cluster: 'two', when: 'next-promotion', follows: { kind: 'tag', tag: 'v1.0.0' } };
const counts = { added: 1, changed: 1, deleted: 1, moved: 0, notRendered: 1, tenants: ['fair', 'shop'] };

describe('a summary', () => {
  it('counts for each cluster and time, and names tenants, highlights and what is not rendered', () => {
    const highlight = {
      what: 'pruned',
      path: `${common}/shop/b.yaml`,
      object: { apiVersion: 'v1', kind: 'ConfigMap', namespace: 'shop', name: 'b', change: 'deleted' },
      management: 'providers/aws/v1/mgmt',
    };
    const unknown = {
      path: `${common}/fair/a.yaml`,
      why: 'encrypted',
      tenant: 'fair',
      management: 'providers/aws/v1/mgmt',
    };
    expect(summarise(all)).toEqual({
      clusters: [
        { ...one, ...counts, kustomizations: ['one/k'] },
        { ...two, ...counts, kustomizations: ['two/k'] },
      ],
      changesProduction: true,
      hasUnknownTimes: false,
      tenants: [
        { name: 'fair', clusters: [one, two] },
        { name: 'shop', clusters: [one, two] },
      ],
      highlights: [
        { ...highlight, cluster: 'one', kustomization: 'one/k', when: 'at-merge' },
        { ...highlight, cluster: 'two', kustomization: 'two/k', when: 'next-promotion' },
      ],
      notRendered: [
        { ...unknown, cluster: 'one', kustomization: 'one/k', when: 'at-merge' },
        { ...unknown, cluster: 'two', kustomization: 'two/k', when: 'next-promotion' },
      ],
    });
  });

  it('of words alone is empty', () => {
    const words = effectsOf(
      tenants({ [`${common}/shop/a.yaml`]: configMap('a') }),
      tenants({ [`${common}/shop/a.yaml`]: `# words\n${configMap('a')}` }),
    );
    expect(words).toHaveLength(2);
    expect(summarise(words)).toMatchObject({ clusters: [], changesProduction: false, tenants: [] });
    expect(summarise([])).toMatchObject({ clusters: [], changesProduction: false });
  });

  it('puts the Kustomizations of one cluster together, and counts a move once', () => {
    const second = kustomization({ name: 'k2', namespace: 'one', path: 'more', cluster: 'one' });
    const files = (more: Files) => ({ ...fleet(more), [`${mgmt}/k2.yaml`]: second });
    const summary = summarise(
      effectsOf(
        files({ 'apps/a.yaml': configMap('a') }),
        files({ 'more/a.yaml': configMap('a'), 'apps/b.yaml': configMap('b') }),
      ),
    );
    expect(summary.clusters).toMatchObject([
      { cluster: 'one', kustomizations: ['one/k', 'one/k2'], added: 1, deleted: 0, moved: 1 },
    ]);
    expect(summary.highlights).toEqual([]);
  });

  it.each([
    ['at-merge', false, false],
    ['next-promotion', true, false],
    ['suspended', false, false],
    ['unknown', false, true],
  ] as const)('of what arrives %s', (when, changesProduction, hasUnknownTimes) => {
    const [effect] = all;
    const effects = effect === undefined ? [] : [{ ...effect, when }];
    expect(summarise(effects)).toMatchObject({ changesProduction, hasUnknownTimes });
  });

  it('counts what cannot be rendered as a change of production', () => {
    const sealed: readonly Effect[] = all.map((effect) => ({ ...effect, objects: [] }));
    expect(summarise(sealed)).toMatchObject({ changesProduction: true, clusters: [{}, {}] });
  });
});

describe('the part of single tenants', () => {
  it.each([
    [['fair'], [`? ${common}/fair/a.yaml encrypted`]],
    [
      ['shop', 'gone'],
      ['changed ConfigMap shop/a, deleted (pruned) ConfigMap shop/b, added ConfigMap shop/c'],
    ],
    [['bank'], []],
    [[], []],
  ])('%j', (names, [text]) => {
    const part = effectsOfTenants(all, names);
    expect(lines(part)).toEqual(
      text === undefined ? [] : [`at-merge one one/k: ${text}`, `next-promotion two two/k: ${text}`],
    );
    for (const { files } of part)
      for (const file of files)
        expect(names.some((name) => file.startsWith(`${common}/${name}/`))).toBe(true);
  });
});
