import { gitRepository, kustomization } from '../samples.ts';
import { configMap, effectsOf, type Files, fleet, lines, mgmt, without } from './repositories.ts';

const apps = { 'apps/a.yaml': configMap('a'), 'apps/b.yaml': configMap('b') };
const k = `${mgmt}/k.yaml`;

function withMgmt(files: Files, more: string): Files {
  const text = kustomization({ name: 'mgmt', path: './providers/aws/v1/mgmt' });
  return { ...files, [`${mgmt}/mgmt.yaml`]: text.replace('prune: true', more) };
}

const elsewhere = {
  [`${mgmt}/s.yaml`]: gitRepository('apps', '{ branch: main }').replace('sample/platform', 'sample/x'),
  [`${mgmt}/z.yaml`]: kustomization({ name: 'z', path: './apps', source: 'apps' }),
} as const;

/** The management cluster's folder, applied to a workload cluster. */
const odd = {
  [`${mgmt}/odd.yaml`]: kustomization({
    name: 'odd',
    path: './providers/aws/v1/mgmt',
    cluster: 'nine',
  }),
};

const gone = 'deleted (pruned) ConfigMap shop/a, deleted (pruned) ConfigMap shop/b';
const come = 'added ConfigMap shop/a, added ConfigMap shop/b';
const kGone = 'at-merge mgmt flux-system/mgmt: deleted (pruned) Kustomization one/k';
const kCome = 'at-merge mgmt flux-system/mgmt: added Kustomization one/k';
const kOther = 'at-merge mgmt flux-system/mgmt: changed Kustomization one/k';

describe('a Kustomization that is deleted', () => {
  const cases: readonly (readonly [string, Files, Files, readonly string[]])[] = [
    ['takes its objects along', fleet(apps), without(fleet(apps), k), [kGone, `at-merge one one/k: ${gone}`]],
    [
      'takes them along at the merge, also where they follow a tag, and when its folder goes with it',
      fleet(apps, { source: 'release' }),
      without(fleet(), k),
      [kGone, `at-merge one one/k: ${gone}`],
    ],
    [
      'leaves them when it does not prune',
      fleet(apps, { more: '  deletionPolicy: Orphan\n' }),
      without(fleet(apps), k),
      [kGone, 'at-merge one one/k: deleted ConfigMap shop/a, deleted ConfigMap shop/b'],
    ],
    [
      'leaves them when it is suspended',
      fleet(apps, { more: '  suspend: true\n' }),
      without(fleet(apps), k),
      [kGone, 'at-merge one one/k: deleted ConfigMap shop/a, deleted ConfigMap shop/b'],
    ],
    [
      'goes on when what declares it does not prune',
      withMgmt(fleet(apps), 'prune: false'),
      withMgmt(without(fleet({ ...apps, 'apps/a.yaml': configMap('a', '2') }), k), 'prune: false'),
      [
        'at-merge mgmt flux-system/mgmt: deleted Kustomization one/k',
        'at-merge one one/k: changed ConfigMap shop/a',
      ],
    ],
    [
      'goes on when nothing declares it',
      without(fleet(apps), `${mgmt}/mgmt.yaml`),
      without(fleet(apps), `${mgmt}/mgmt.yaml`, k),
      [],
    ],
    [
      'goes on when its file is only broken',
      fleet(apps),
      { ...fleet(apps), [k]: 'kind: Kustomization\n a: [' },
      [`at-merge mgmt flux-system/mgmt: ? ${k} unreadable`],
    ],
    [
      'goes on when what declares it prunes no more',
      withMgmt(fleet(apps), 'prune: true'),
      withMgmt(without(fleet(apps), k), 'prune: false'),
      ['at-merge mgmt flux-system/mgmt: deleted Kustomization one/k, changed Kustomization flux-system/mgmt'],
    ],
    [
      'and was of another repository says nothing',
      fleet({ ...apps, ...elsewhere }),
      fleet({ ...apps, [`${mgmt}/s.yaml`]: elsewhere[`${mgmt}/s.yaml`] }),
      ['at-merge mgmt flux-system/mgmt: deleted (pruned) Kustomization flux-system/z'],
    ],
    [
      'and turns to another cluster leaves them in the one it had',
      fleet(apps),
      fleet(apps, { cluster: 'two' }),
      [
        kOther,
        'at-merge one one/k: deleted ConfigMap shop/a, deleted ConfigMap shop/b',
        `at-merge two one/k: ${come}`,
      ],
    ],
  ];

  it.each(cases)('%s', (_what, before, after, expected) => {
    expect(lines(effectsOf(before, after))).toEqual(expected);
  });

  it('names its own file and those that went with it', () => {
    const all = effectsOf(fleet(apps), without(fleet(), k));
    expect(all.map(({ files }) => files)).toEqual([[k], ['apps/a.yaml', 'apps/b.yaml', k]]);
  });
});

describe('a Kustomization that is new', () => {
  const cases: readonly (readonly [string, Files, Files, readonly string[]])[] = [
    ['brings its objects', without(fleet(apps), k), fleet(apps), [kCome, `at-merge one one/k: ${come}`]],
    [
      'brings with the merge what its tag has already, and the rest with the promotion',
      without(fleet({ 'apps/a.yaml': configMap('a') }), k),
      fleet(apps, { source: 'release' }),
      [
        kCome,
        'at-merge one one/k: added ConfigMap shop/a',
        'next-promotion one one/k: added ConfigMap shop/b',
      ],
    ],
    [
      'brings all with the promotion when its folder is new too',
      without(fleet(), k),
      fleet(apps, { source: 'release' }),
      [kCome, `next-promotion one one/k: ${come}`],
    ],
    [
      'brings nothing while it is suspended',
      without(fleet(apps), k),
      fleet(apps, { more: '  suspend: true\n' }),
      [kCome, `suspended one one/k: ${come}`],
    ],
    [
      'that nothing declares to a cluster arrives at a time nobody knows',
      without(fleet(apps), k, `${mgmt}/mgmt.yaml`),
      without(fleet(apps), `${mgmt}/mgmt.yaml`),
      [`unknown one one/k: ${come}`],
    ],
    [
      'that only a workload cluster gets is no news for the management cluster',
      { ...without(fleet(apps), k, `${mgmt}/mgmt.yaml`), ...odd },
      { ...without(fleet(apps), `${mgmt}/mgmt.yaml`), ...odd },
      ['at-merge nine flux-system/odd: added Kustomization one/k', `unknown one one/k: ${come}`],
    ],
    [
      'whose file was only broken is none',
      { ...fleet(apps), [k]: 'kind: Kustomization\n a: [' },
      fleet({ ...apps, 'apps/a.yaml': configMap('a', '2') }),
      [`at-merge mgmt flux-system/mgmt: ? ${k} unreadable`, 'at-merge one one/k: changed ConfigMap shop/a'],
    ],
    [
      'and of another repository says nothing',
      fleet(apps),
      fleet({ ...apps, ...elsewhere }),
      [
        'at-merge mgmt flux-system/mgmt: added GitRepository flux-system/apps, added Kustomization flux-system/z',
      ],
    ],
  ];

  it.each(cases)('%s', (_what, before, after, expected) => {
    expect(lines(effectsOf(before, after))).toEqual(expected);
  });
});

describe('a Kustomization whose folder is not there', () => {
  const [full, empty] = [fleet(apps), without(fleet(), 'apps/README.md')];

  it('deletes nothing, for Flux fails on it', () => {
    expect(lines(effectsOf(full, empty))).toEqual([
      `at-merge one one/k: deleted ConfigMap shop/a, deleted ConfigMap shop/b, ? ${k} missing-path`,
    ]);
    expect(lines(effectsOf(empty, full))).toEqual([`at-merge one one/k: ${come}`]);
    expect(effectsOf(empty, empty)).toEqual([]);
  });

  it('is named when it is new', () => {
    expect(lines(effectsOf(without(empty, k), empty))).toEqual([
      kCome,
      `at-merge one one/k: ? ${k} missing-path`,
    ]);
  });
});

describe('when the default branch went on since', () => {
  it('what stands there now applies the change', () => {
    const release = (files: Files, path = './apps') => fleet(files, { source: 'release', path });
    const [before, after] = [release(apps), release({ ...apps, 'more/x.yaml': configMap('x') })];
    expect(lines(effectsOf(before, after, release({}, './more')))).toEqual([
      'next-promotion one one/k: added ConfigMap shop/x',
    ]);
    expect(lines(effectsOf(before, after, without(release({}), k)))).toEqual([]);
  });

  it('its tag is the one that is followed', () => {
    const [before, after] = [fleet({}, { source: 'release' }), fleet(apps, { source: 'release' })];
    const standing = { ...after, [`${mgmt}/release.yaml`]: gitRepository('release', '{ tag: v9.0.0 }') };
    expect(effectsOf(before, after, standing)).toMatchObject([
      { when: 'next-promotion', follows: { tag: 'v9.0.0' } },
    ]);
  });
});
