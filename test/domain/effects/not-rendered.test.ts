import { gitRepository, kustomization } from '../samples.ts';
import { configMap, effectsOf, type Files, fleet, mgmt, through } from './repositories.ts';

describe('what cannot be rendered', () => {
  const broken = 'kind: ConfigMap\n  a: b\n c: ]';
  // biome-ignore lint/suspicious/noTemplateCurlyInString: it is how Flux marks a variable
  const variable = configMap('a', '${region}');
  const sealed = `${configMap('a')}sops:\n  version: 3.9.0\n`;
  const substitutes = { more: '  postBuild:\n    substitute: { region: x }\n' };

  it.each<readonly [string, Files, Files, Parameters<typeof fleet>[1], string]>([
    ['broken YAML', { 'apps/a.yaml': configMap('a') }, { 'apps/a.yaml': broken }, {}, 'unreadable'],
    ['YAML that is mended', { 'apps/a.yaml': broken }, { 'apps/a.yaml': configMap('a') }, {}, 'unreadable'],
    ['an encrypted file', {}, { 'apps/a.yaml': sealed }, {}, 'encrypted'],
    ['an encrypted file that is deleted', { 'apps/a.yaml': sealed }, {}, {}, 'encrypted'],
    ['what is no object', {}, { 'apps/a.yaml': 'kind: ConfigMap\n' }, {}, 'not-an-object'],
    ['a file with variables', {}, { 'apps/a.yaml': variable }, substitutes, 'substitution'],
  ])('%s is named, never taken for no change', (_what, before, after, k, why) => {
    expect(through(before, after, k)).toEqual([`at-merge one one/k: ? apps/a.yaml ${why}`]);
  });

  it.each([
    ['a file with variables, where nothing is substituted', variable, {}],
    ['a file without, where something is', configMap('a'), substitutes],
  ])('%s is rendered', (_what, text, k) => {
    expect(through({}, { 'apps/a.yaml': text }, k)).toEqual(['at-merge one one/k: added ConfigMap shop/a']);
  });

  it('leaves the other files as they are', () => {
    const both = { 'apps/a.yaml': sealed, 'apps/b.yaml': configMap('b') };
    expect(through({}, both)).toEqual([
      'at-merge one one/k: added ConfigMap shop/b, ? apps/a.yaml encrypted',
    ]);
  });

  it('hides what another file seems to delete or to bring', () => {
    const [plain, hidden] = [{ 'apps/plain.yaml': configMap('a') }, { 'apps/sealed.yaml': sealed }];
    const other = { 'apps/b.yaml': configMap('b') };
    expect(through({ ...plain, ...other }, hidden)).toEqual([
      'at-merge one one/k: deleted (pruned) ConfigMap shop/b, ? apps/sealed.yaml encrypted',
    ]);
    expect(through(hidden, { ...plain, ...other })).toEqual([
      'at-merge one one/k: added ConfigMap shop/b, ? apps/sealed.yaml encrypted',
    ]);
  });

  it.each([
    ['patches', '  patches:\n  - patch: x\n'],
    ['images', '  images:\n  - { name: x, newTag: y }\n'],
    ['a prefix for names', '  namePrefix: x-\n'],
  ])('is all that a Kustomization with %s applies', (_what, more) => {
    expect(through({}, { 'apps/a.yaml': configMap('a') }, { more })).toEqual([
      'at-merge one one/k: ? apps/a.yaml patched',
    ]);
  });

  it('are components of the Kustomization, wherever they stand', () => {
    const files = (value: string) => ({
      'sets/x/kustomization.yaml': 'kind: Component\nresources: [c.yaml]\n',
      'sets/x/c.yaml': configMap('c', value),
    });
    expect(through(files('1'), files('2'), { more: '  components: [../sets/x]\n' })).toEqual([
      'at-merge one one/k: ? sets/x/c.yaml patched',
    ]);
  });

  it('is not what only gets more labels', () => {
    const more = '  commonMetadata:\n    labels: { a: b }\n';
    expect(through({}, { 'apps/a.yaml': configMap('a') }, { more })).toEqual([
      'at-merge one one/k: added ConfigMap shop/a',
    ]);
  });

  describe('are files whose variables come from an object that changes', () => {
    const takes = (kind: string, more = '') => ({
      more: `  postBuild:\n    substituteFrom: [{ kind: ${kind}, name: vars }]\n${more}`,
    });
    const vars = (value: string, namespace = 'one', extra = '') => ({
      'apps/a.yaml': variable,
      [`${mgmt}/vars.yaml`]: `${configMap('vars', value, namespace)}${extra}`,
    });
    const named = `? ${mgmt}/k.yaml substitution`;
    const vary = (k: Parameters<typeof fleet>[1], ...more: readonly string[]) =>
      through(vars('1', ...more), vars('2', ...more), k);

    it.each<readonly [string, readonly string[], readonly string[]]>([
      ['at the merge', vary(takes('ConfigMap')), [`at-merge one one/k: ${named}`]],
      [
        'though they follow a tag',
        vary({ ...takes('ConfigMap'), source: 'release' }),
        [`at-merge one one/k: ${named}`],
      ],
      [
        'but not while suspended',
        vary(takes('ConfigMap', '  suspend: true\n')),
        [`suspended one one/k: ${named}`],
      ],
      [
        'though it is encrypted',
        vary(takes('ConfigMap'), 'one', 'sops: {}\n'),
        [`at-merge one one/k: ${named}`],
      ],
      ['not of another kind', vary(takes('Secret')), []],
      ['not in another namespace', vary(takes('ConfigMap'), 'two'), []],
    ])('%s', (_what, told, expected) => {
      expect(told.filter((line) => line.includes('one/k:'))).toEqual(expected);
      expect(told).toHaveLength(expected.length + 1);
    });

    it('not in the cluster that they go to, nor on another management cluster', () => {
      const far = 'providers/azure/v1/mgmt/flux-system';
      const other = {
        [`${far}/main.yaml`]: gitRepository('main', '{ branch: main }'),
        [`${far}/mgmt.yaml`]: kustomization({ name: 'mgmt', path: './providers/azure/v1/mgmt' }),
      };
      const files = (value: string) => ({
        ...other,
        [`${far}/vars.yaml`]: configMap('vars', value, 'one'),
        'apps/vars.yaml': configMap('vars', value, 'one'),
      });
      expect(through(files('1'), files('2'), takes('ConfigMap'))).toEqual([
        'at-merge mgmt flux-system/mgmt: changed ConfigMap one/vars',
        'at-merge one one/k: changed ConfigMap one/vars',
      ]);
    });

    it('beside what their own files change', () => {
      const before = { ...vars('1'), 'apps/b.yaml': configMap('b') };
      const after = { ...vars('2'), 'apps/b.yaml': configMap('b', '2') };
      const [, own] = effectsOf(fleet(before, takes('ConfigMap')), fleet(after, takes('ConfigMap')));
      expect(own).toMatchObject({
        files: ['apps/b.yaml', `${mgmt}/vars.yaml`],
        objects: [{ name: 'b', change: 'changed' }],
        notRendered: [{ path: `${mgmt}/k.yaml`, why: 'substitution' }],
      });
    });
  });

  it('is told with the tenant that it belongs to', () => {
    const k = { path: './tenants/aws/prod' };
    const [effect] = effectsOf(fleet({}, k), fleet({ 'tenants/aws/prod/shop/a.yaml': sealed }, k));
    expect(effect?.notRendered).toEqual([
      { path: 'tenants/aws/prod/shop/a.yaml', why: 'encrypted', tenant: 'shop' },
    ]);
  });
});
