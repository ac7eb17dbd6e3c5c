import { effects, textsNeeded } from '../../../src/domain/effects/effects.ts';
import {
  overlaysToRender,
  reachesOutside,
  withRendered,
} from '../../../src/domain/effects/overlays-to-render.ts';
import { configMap, type Files, fleet, lines, mgmt, stateOf } from './repositories.ts';

const one = { 'apps/a.yaml': configMap('a') };
const overlay = (more: string) => ({ 'apps/kustomization.yaml': `resources: [a.yaml]\n${more}` });

/** The lines of a change of a fleet, with overlays rendered as a test says. */
function told(
  before: Files,
  after: Files,
  rendered: Readonly<Record<string, { before?: string; after?: string }>>,
  k: Parameters<typeof fleet>[1] = {},
): readonly string[] {
  const [old, fresh] = [fleet(before, k), fleet(after, k)];
  const [was, will] = [stateOf(old), stateOf(fresh)];
  const question = { before: was, after: will, kustomizations: will.platform };
  const overlays = overlaysToRender(question);
  const results = new Map(
    Object.entries(rendered).map(([folder, each]) => [folder, { before: each.before, after: each.after }]),
  );
  const full = withRendered(question, overlays, results);
  const texts = new Map<string, string>(full.texts);
  const all = new Map(
    [...was.oids, ...will.oids].map(([path, oid]) => [oid, { ...old, ...fresh }[path] ?? '']),
  );
  for (const { oid } of textsNeeded(full.question)) texts.set(oid, texts.get(oid) ?? all.get(oid) ?? '');
  return lines(effects(full.question, texts));
}

function folders(before: Files, after: Files): readonly string[] {
  return overlaysToRender({ before: stateOf(fleet(before)), after: stateOf(fleet(after)) }).map(
    ({ folder }) => folder,
  );
}

describe('the overlays to be rendered', () => {
  it('are those that do more than list, and that a change makes something else of', () => {
    const plain = { ...overlay(''), ...one };
    const patched = { ...overlay('namePrefix: x-\n'), ...one };
    expect(folders(plain, { ...plain, 'apps/a.yaml': configMap('a', '2') })).toEqual([]);
    expect(folders(patched, patched)).toEqual([]);
    expect(folders(plain, patched)).toEqual(['apps']);
    expect(folders(patched, { ...patched, 'apps/a.yaml': configMap('a', '2') })).toEqual(['apps']);
  });

  it('are the outermost, wherever they stand below what is applied', () => {
    const inner = {
      'sets/x/kustomization.yaml': 'namePrefix: x-\nresources: [c.yaml]\n',
      'sets/x/c.yaml': 'c',
    };
    const change = { ...inner, 'sets/x/c.yaml': 'd' };
    const listing = { 'apps/kustomization.yaml': 'resources: [../sets/x]\n' };
    expect(folders({ ...inner, ...listing }, { ...change, ...listing })).toEqual(['sets/x']);
    const outer = { 'apps/kustomization.yaml': 'nameSuffix: -y\nresources: [../sets/x]\n' };
    expect(folders({ ...inner, ...outer }, { ...change, ...outer })).toEqual(['apps']);
    const below = { 'apps/deep/kustomization.yaml': 'namePrefix: x-\n' };
    expect(folders({}, below)).toEqual(['apps/deep']);
  });

  it('are none that take something from outside', () => {
    const remote = overlay('namePrefix: x-\n')['apps/kustomization.yaml'].replace(
      'a.yaml',
      'https://x.example/y',
    );
    expect(folders({}, { 'apps/kustomization.yaml': remote })).toEqual([]);
  });
});

describe('what a rendered overlay does', () => {
  const before = { ...overlay('namePrefix: x-\n'), ...one };
  const after = { ...overlay('namePrefix: y-\n'), ...one };

  it('is told object by object', () => {
    const rendered = { apps: { before: configMap('x-a'), after: configMap('y-a') } };
    expect(told(before, after, rendered)).toEqual([
      'at-merge one one/k: deleted (pruned) ConfigMap shop/x-a, added ConfigMap shop/y-a',
    ]);
  });

  it('is told from what its files declared while it was a plain list', () => {
    const rendered = { apps: { after: configMap('a', '2') } };
    expect(told({ ...overlay(''), ...one }, after, rendered)).toEqual([
      'at-merge one one/k: changed ConfigMap shop/a',
    ]);
  });

  it('is nothing where both sides render to the same', () => {
    const rendered = { apps: { before: configMap('a'), after: configMap('a') } };
    expect(told(before, { ...after, 'apps/a.yaml': `# said\n${configMap('a')}` }, rendered)).toEqual([
      'at-merge one one/k: nothing',
    ]);
  });

  it('is a move where a plain file of another Kustomization takes over', () => {
    const k2 = { [`${mgmt}/k2.yaml`]: fleet({}, { name: 'k2', path: './more' })[`${mgmt}/k.yaml`] ?? '' };
    const rendered = { apps: { before: configMap('x-a'), after: '' } };
    expect(
      told({ ...before, ...k2 }, { ...after, ...k2, 'more/a.yaml': configMap('x-a') }, rendered),
    ).toContain('at-merge one one/k2: moved (pruned) ConfigMap shop/x-a from one/k');
  });

  it('stays not rendered where it was not', () => {
    expect(told(before, after, {})).toEqual(['at-merge one one/k: ? apps/kustomization.yaml overlay']);
  });

  it('stays not rendered where its Kustomization alters it besides', () => {
    const rendered = { apps: { before: configMap('x-a'), after: configMap('y-a') } };
    const [line] = told(before, after, rendered, { more: '  patches:\n    - patch: x\n' });
    expect(line).toContain('? ');
  });
});

describe('what would be fetched for an overlay', () => {
  it.each([
    ['resources: [https://x.example/y]', true],
    ['resources: [gh://x/y]', true],
    ['resources: [/etc/x.yaml]', true],
    ['resources: ["git@x.example:y/z"]', true],
    ['patches: [{ path: "http://127.0.0.1/x" }]', true],
    ['configMapGenerator: [{ name: x, files: ["a=https://x.example/y"] }]', true],
    ['transformers: [x.yaml]', true],
    ['helmCharts: [{ name: x }]', true],
    ['openapi: { path: x.json }', true],
    ['a: [', true],
    ['resources: [a.yaml, ../base]', false],
    [
      'patches:\n  - patch: |-\n      - op: add\n        path: /spec/x\n        value: https://x.example',
      false,
    ],
    ['images: [{ name: registry.example/web, newTag: "2" }]', false],
  ])('%s: %s', (text, isOutside) => {
    expect(reachesOutside(new Map([['apps/kustomization.yaml', text]]))).toBe(isOutside);
    expect(reachesOutside(new Map([['apps/a.yaml', text]]))).toBe(false);
  });
});
