import { kustomization } from '../samples.ts';
import { configMap, effectsOf, type Files, fleet, lines, mgmt, without } from './repositories.ts';

const apps = { 'apps/a.yaml': configMap('a'), 'apps/b.yaml': configMap('b') };
const k = `${mgmt}/k.yaml`;
const kOther = 'at-merge mgmt flux-system/mgmt: changed Kustomization one/k';

/** The same, with a management cluster that follows the tag. */
function byRelease(files: Files): Files {
  const text = kustomization({ name: 'mgmt', path: './providers/aws/v1/mgmt', source: 'release' });
  return { ...files, [`${mgmt}/mgmt.yaml`]: text };
}

describe('a Kustomization that is declared otherwise', () => {
  const two = { ...apps, 'more/b.yaml': configMap('b'), 'more/c.yaml': configMap('c') };
  const turned = 'deleted (pruned) ConfigMap shop/a, added ConfigMap shop/c';
  const cases: readonly (readonly [string, Files, Files, readonly string[]])[] = [
    [
      'in another file is the same',
      fleet(apps),
      { ...without(fleet(apps), k), [`${mgmt}/x.yaml`]: String(fleet()[k]) },
      ['at-merge mgmt flux-system/mgmt: nothing'],
    ],
    [
      'takes another path',
      fleet(two),
      fleet(two, { path: './more' }),
      [kOther, `at-merge one one/k: ${turned}`],
    ],
    [
      'takes another path at the merge, though it follows a tag',
      fleet(two, { source: 'release' }),
      fleet(two, { source: 'release', path: './more' }),
      [kOther, `at-merge one one/k: ${turned}`],
    ],
    [
      'takes a path that its tag does not have with the promotion',
      fleet(apps, { source: 'release' }),
      fleet({ ...apps, 'more/b.yaml': configMap('b') }, { source: 'release', path: './more' }),
      [kOther, 'next-promotion one one/k: deleted (pruned) ConfigMap shop/a'],
    ],
    [
      'puts its objects into another namespace',
      fleet({ 'apps/a.yaml': configMap('a') }),
      fleet({ 'apps/a.yaml': configMap('a') }, { more: '  targetNamespace: x\n' }),
      [kOther, 'at-merge one one/k: deleted (pruned) ConfigMap shop/a, added ConfigMap x/a'],
    ],
    [
      'puts the objects of a renamed file into another namespace',
      fleet({ 'apps/a.yaml': configMap('a') }),
      fleet({ 'apps/b.yaml': configMap('a') }, { more: '  targetNamespace: x\n' }),
      [kOther, 'at-merge one one/k: deleted (pruned) ConfigMap shop/a, added ConfigMap x/a'],
    ],
    [
      'takes another path later than its files change, where a tag brings the declaration',
      byRelease(fleet(two)),
      byRelease(fleet({ ...two, 'apps/b.yaml': configMap('b', '2') }, { path: './more' })),
      [
        kOther.replace('at-merge', 'next-promotion'),
        'at-merge one one/k: changed ConfigMap shop/b',
        `next-promotion one one/k: deleted (pruned) ConfigMap shop/a, changed ConfigMap shop/b, added ConfigMap shop/c`,
      ],
    ],
    [
      'patches otherwise',
      fleet(apps, { more: '  images: [{ name: x, newTag: "1" }]\n' }),
      fleet(apps, { more: '  images: [{ name: x, newTag: "2" }]\n' }),
      [kOther, `at-merge one one/k: ? ${k} patched`],
    ],
    [
      'labels otherwise',
      fleet(apps),
      fleet(apps, { more: '  commonMetadata: { labels: { a: b } }\n' }),
      [kOther, `at-merge one one/k: ? ${k} patched`],
    ],
    [
      'substitutes otherwise',
      fleet(apps, { more: '  postBuild: { substitute: { a: "1" } }\n' }),
      fleet(apps, { more: '  postBuild: { substitute: { a: "2" } }\n' }),
      [kOther, `at-merge one one/k: ? ${k} substitution`],
    ],
    [
      'takes its files from another source',
      fleet(apps),
      fleet(apps, { source: 'release' }),
      [kOther, `at-merge one one/k: ? ${k} other-source`],
    ],
    ['only waits otherwise', fleet(apps), fleet(apps, { more: '  timeout: 2m\n' }), [kOther]],
  ];

  it.each(cases)('%s', (_what, before, after, expected) => {
    expect(lines(effectsOf(before, after))).toEqual(expected);
  });
});

it('a Kustomization that takes another path in another file names both', () => {
  const after = without(fleet({ ...apps, [`${mgmt}/x.yaml`]: String(fleet({}, { path: './more' })[k]) }), k);
  expect(effectsOf(fleet(apps), after).map(({ files }) => files)).toEqual([
    [k, `${mgmt}/x.yaml`],
    [k, `${mgmt}/x.yaml`],
  ]);
});
