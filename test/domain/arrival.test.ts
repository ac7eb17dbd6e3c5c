import { arrivals } from '../../src/domain/arrival.ts';
import { gitRepository, kustomization, platformOf, samplePlatform } from './samples.ts';

const mgmt = 'providers/aws/v1/mgmt/namespaced';
const common = 'tenants/aws/common/shop/namespace.yaml';
const nonProd = 'tenants/aws/non-prod/shop/rolebinding-admin.yaml';
const prod = 'tenants/aws/prod/shop/rolebinding-reader.yaml';
const all = [common, nonProd, prod];

describe('when files arrive', () => {
  it('is told for each cluster: at merge, or with the next promotion', () => {
    expect(arrivals(all, samplePlatform())).toEqual([
      {
        when: 'at-merge',
        cluster: 'one',
        management: 'providers/aws/v1/mgmt',
        files: [common, nonProd],
        through: ['one/tenants-common', 'one/tenants-non-prod'],
        follows: { kind: 'branch', branch: 'main' },
      },
      {
        when: 'next-promotion',
        cluster: 'two',
        management: 'providers/aws/v1/mgmt',
        files: [common, prod],
        through: ['two/tenants-common', 'two/tenants-prod'],
        follows: { kind: 'tag', tag: 'v1.2.3' },
      },
    ]);
  });

  it('is never, when no Kustomization applies the path', () => {
    expect(arrivals(['tenants/azure/dev/shop/namespace.yaml'], samplePlatform())).toEqual([
      { when: 'none', files: ['tenants/azure/dev/shop/namespace.yaml'] },
    ]);
    expect(arrivals(['tenants/aws/common-more/x.yaml'], samplePlatform())).toMatchObject([{ when: 'none' }]);
    expect(arrivals([], samplePlatform())).toEqual([]);
  });

  it.each([
    ['a suspended Kustomization', { more: '  suspend: true\n' }, '{ branch: main }', '', 'suspended'],
    ['a suspended source', {}, '{ branch: main }', '  suspend: true\n', 'suspended'],
    ['another branch', {}, '{ branch: production }', '', 'next-promotion'],
    ['a range of versions', {}, '{ semver: "*" }', '', 'next-promotion'],
    ['no ref at all', {}, '{}', '', 'next-promotion'],
    ['a source that is nowhere', { source: 'gone' }, '{ branch: main }', '', 'unknown'],
  ])('with %s', (_what, more, ref, suspended, when) => {
    const platform = platformOf({
      [`${mgmt}/s.yaml`]: gitRepository('main', ref, suspended),
      [`${mgmt}/k.yaml`]: kustomization({ name: 'k', path: './tenants/aws', cluster: 'one', ...more }),
    });
    expect(arrivals([prod], platform)).toMatchObject([{ when, cluster: 'one' }]);
  });

  it('looks for the source on the same management cluster only', () => {
    const platform = platformOf({
      'providers/aws/v1/mgmt/s.yaml': gitRepository('main', '{ branch: main }'),
      'providers/azure/v1/mgmt/s.yaml': gitRepository('main', '{ tag: v7 }'),
      'providers/azure/v1/mgmt/k.yaml': kustomization({ name: 'k', path: './tenants/azure', cluster: 'far' }),
    });
    expect(arrivals(['tenants/azure/dev/x/y.yaml'], platform)).toMatchObject([
      { when: 'next-promotion', management: 'providers/azure/v1/mgmt', follows: { tag: 'v7' } },
    ]);
  });

  it('does not take another repository for ours', () => {
    const other = gitRepository('apps', '{ branch: main }').replace('sample/platform', 'sample/apps');
    const platform = samplePlatform({
      [`${mgmt}/s.yaml`]: other,
      [`${mgmt}/k.yaml`]: kustomization({ name: 'apps', path: './', source: 'apps', cluster: 'three' }),
    });
    expect(arrivals([prod], platform)).toMatchObject([{ cluster: 'two' }]);
  });

  it('takes the whole repository for every path, on the management cluster too', () => {
    const platform = samplePlatform({ [`${mgmt}/k.yaml`]: kustomization({ name: 'all', path: './' }) });
    expect(arrivals([prod], platform)).toContainEqual(
      expect.objectContaining({ cluster: undefined, when: 'at-merge' }),
    );
  });
});

describe('folders with a kustomization file', () => {
  const withOverlays = (overlays: Readonly<Record<string, string>>) =>
    arrivals(
      [prod],
      platformOf({
        [`${mgmt}/s.yaml`]: gitRepository('main', '{ branch: main }'),
        [`${mgmt}/k.yaml`]: kustomization({ name: 'k', path: './tenants/aws/prod', cluster: 'one' }),
        ...overlays,
      }),
    ).map(({ when }) => when);

  it.each([
    ['lists nothing', { 'tenants/aws/prod/kustomization.yaml': 'resources: []\n' }, 'none'],
    ['is empty', { 'tenants/aws/prod/kustomization.yaml': '' }, 'none'],
    ['lists another tenant', { 'tenants/aws/prod/kustomization.yaml': 'resources:\n- other\n' }, 'none'],
    [
      'lists the file',
      { 'tenants/aws/prod/kustomization.yaml': 'resources:\n- shop/rolebinding-reader.yaml\n' },
      'at-merge',
    ],
    [
      'lists a folder that has none of its own',
      { 'tenants/aws/prod/kustomization.yaml': 'resources:\n- ./shop\n' },
      'none',
    ],
    [
      'lists a folder that lists the file',
      {
        'tenants/aws/prod/kustomization.yaml': 'resources:\n- ./shop/\n',
        'tenants/aws/prod/shop/kustomization.yml': 'resources: [rolebinding-reader.yaml]\n',
      },
      'at-merge',
    ],
    [
      'stands in the folder below and does not list it',
      { 'tenants/aws/prod/shop/kustomization.yaml': 'resources: [x.yaml]\n' },
      'none',
    ],
    [
      'stands in the folder below and lists it',
      { 'tenants/aws/prod/shop/Kustomization': 'resources: [rolebinding-reader.yaml]\n' },
      'at-merge',
    ],
    [
      'lists a folder elsewhere that lists the file',
      {
        'tenants/aws/prod/kustomization.yaml': 'resources: [../../../sets/prod]\n',
        'sets/prod/kustomization.yaml':
          'resources: [../../tenants/aws/prod/shop/rolebinding-reader.yaml, https://example.test/x]\n',
      },
      'at-merge',
    ],
    [
      'goes in circles',
      {
        'tenants/aws/prod/kustomization.yaml': 'resources: [../common]\n',
        'tenants/aws/common/kustomization.yaml': 'resources: [../prod]\n',
      },
      'none',
    ],
    [
      'names components',
      { 'tenants/aws/prod/kustomization.yaml': 'components: [shop/rolebinding-reader.yaml]\n' },
      'at-merge',
    ],
  ])('one that %s', (_what, overlays, when) => {
    expect(withOverlays(overlays)).toEqual([when]);
  });
});
