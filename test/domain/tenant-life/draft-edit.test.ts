import { draftEdit } from '../../../src/domain/tenant-life/draft-edit.ts';
import type { TenantEdit } from '../../../src/domain/tenant-life/tenant-edit.ts';
import { kustomization, platformOf, policyOf } from '../samples.ts';

const policy = policyOf();
const source = (name: string, ref: string) =>
  `apiVersion: source.toolkit.fluxcd.io/v1\nkind: GitRepository\nmetadata: { name: ${name}, namespace: flux-system }\nspec: { ref: { ${ref} }, url: 'https://github.example/o/p' }\n`;
const object = (kind: string, name: string) => `apiVersion: v1\nkind: ${kind}\nmetadata:\n  name: ${name}\n`;
const quota = `${object('ResourceQuota', 'compute')}spec:\n  hard:\n    requests.cpu: 1\n    limits.cpu: 1\n    requests.memory: 1Gi\n    limits.memory: 1Gi\n`;
const root = 'providers/aws/v1/mgmt';
const files = {
  [`${root}/main.yaml`]: source('main', 'branch: main'),
  [`${root}/release.yaml`]: source('release', 'tag: v1.0.0'),
  [`${root}/non-prod.yaml`]: kustomization({ name: 'np', path: './tenants/aws/non-prod', cluster: 'np-1' }),
  [`${root}/prod.yaml`]: kustomization({
    name: 'p',
    path: './tenants/aws/prod',
    cluster: 'p-1',
    source: 'release',
  }),
  'tenants/aws/non-prod/shop/namespace.yaml': object('Namespace', 'shop'),
  'tenants/aws/non-prod/shop/quota.yaml': quota,
  'tenants/aws/non-prod/shop/notes.md': 'by hand',
  'tenants/aws/prod/shop/namespace.yaml': object('Namespace', 'shop'),
  'tenants/aws/prod/shopping/namespace.yaml': object('Namespace', 'shopping'),
};

function draft(edit: TenantEdit, more: Readonly<Record<string, string>> = {}, tenant = 'shop') {
  const all = { ...files, ...more };
  const facts = {
    policy,
    platform: platformOf(all),
    paths: Object.keys(all),
    texts: new Map(Object.entries(all)),
  };
  return draftEdit(tenant, edit, facts);
}

describe('offboarding a tenant', () => {
  const offboard = { kind: 'offboard' } as const;

  it('deletes all its files, keeps the folder that Flux applies, and says what goes where and when', () => {
    expect(draft(offboard)).toEqual({
      kind: 'ok',
      draft: {
        kind: 'offboard',
        title: 'tenants(shop): offboarding namespace from aws',
        deletions: [
          'tenants/aws/non-prod/shop/namespace.yaml',
          'tenants/aws/non-prod/shop/quota.yaml',
          'tenants/aws/non-prod/shop/notes.md',
          'tenants/aws/prod/shop/namespace.yaml',
        ],
        files: [
          { path: 'tenants/aws/non-prod/.gitkeep', before: '', after: expect.stringContaining('Flux') },
        ],
        figures: [],
        removals: [
          {
            cluster: 'np-1',
            management: root,
            when: 'at-merge',
            prunes: true,
            objects: [
              { kind: 'Namespace', name: 'shop', path: 'tenants/aws/non-prod/shop/namespace.yaml' },
              { kind: 'ResourceQuota', name: 'compute', path: 'tenants/aws/non-prod/shop/quota.yaml' },
            ],
          },
          {
            cluster: 'p-1',
            management: root,
            when: 'next-promotion',
            prunes: true,
            objects: [{ kind: 'Namespace', name: 'shop', path: 'tenants/aws/prod/shop/namespace.yaml' }],
          },
        ],
      },
    });
  });

  it('takes it out of the list that names it, and leaves the other lines as they are', () => {
    const path = 'tenants/aws/prod/kustomization.yaml';
    const list = 'resources: # all of them\r\n  - ./shop # sells\r\n  # next\r\n  - shopping\r\n';
    const result = draft(offboard, { [path]: list });
    if (result.kind === 'refused') throw new Error(JSON.stringify(result.refusals));
    expect(result.draft.files).toContainEqual({
      path,
      before: list,
      after: 'resources: # all of them\r\n  # next\r\n  - shopping\r\n',
    });
  });

  it.each([
    ['a list that would be empty', 'tenants/aws/prod/kustomization.yaml', 'resources: [shop]\n'],
    [
      'a patch of one of its files',
      'other/kustomization.yaml',
      'resources: [x.yaml]\npatches:\n- path: ../tenants/aws/prod/shop/namespace.yaml\n',
    ],
    [
      'a Kustomization of its folder',
      `${root}/shop.yaml`,
      kustomization({ name: 's', path: './tenants/aws/prod/shop' }),
    ],
  ])('is refused while something refers to it that has to be mended by hand: %s', (_what, path, text) => {
    expect(draft(offboard, { [path]: text })).toEqual({
      kind: 'refused',
      refusals: [{ code: 'still-referenced', paths: [path] }],
    });
  });

  it('is refused for a file that cannot be read, for then nobody knows what goes', () => {
    const path = 'tenants/aws/prod/shop/broken.yaml';
    expect(draft(offboard, { [path]: 'a: [' })).toEqual({
      kind: 'refused',
      refusals: [{ code: 'tenant-unreadable', paths: [path] }],
    });
  });
});

describe('an edit', () => {
  const small = { requestsMemory: '', limitsMemory: '', requestsCpu: '', limitsCpu: '' };
  const medium = (folder: string) =>
    ({ kind: 'resize', size: 'medium', ...small, places: [{ cloud: 'aws', folder }] }) as const;

  it('changes the quota of the places that were chosen', () => {
    expect(draft(medium('non-prod'))).toMatchObject({
      draft: {
        title: 'tenants(shop): increase compute quota',
        files: [{ path: 'tenants/aws/non-prod/shop/quota.yaml' }],
      },
    });
  });

  it('is refused for a place that is gone, a tenant that is none, and a size that the policy does not have', () => {
    const codes = (result: ReturnType<typeof draft>) =>
      result.kind === 'refused' ? result.refusals.map(({ code }) => code) : [];
    expect(codes(draft(medium('staging')))).toEqual(['place-gone']);
    expect(codes(draft(medium('non-prod'), {}, 'nobody'))).toEqual(['tenant-unknown']);
    expect(codes(draft({ ...medium('non-prod'), size: 'huge' }))).toEqual(['unknown-choice']);
    expect(codes(draft({ ...medium('non-prod'), size: 'own' }))).toEqual(Array(4).fill('quantity-empty'));
  });
});
