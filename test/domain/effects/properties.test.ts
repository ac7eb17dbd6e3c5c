import fc from 'fast-check';
import { arrivals } from '../../../src/domain/arrival.ts';
import { changedFiles } from '../../../src/domain/effects/changed-files.ts';
import type { Effect, ObjectChange } from '../../../src/domain/effects/effect.ts';
import { kustomization } from '../samples.ts';
import { configMap, effectsOf, type Files, fleet, mgmt, stateOf } from './repositories.ts';

const paths = [
  'apps/a.yaml',
  'apps/sub/b.yml',
  'more/c.yaml',
  'sets/d.yaml',
  'sets/sub/e.yaml',
  'other/f.yaml',
];
const object = fc
  .record({ name: fc.constantFrom('x', 'y', 'z'), value: fc.constantFrom('1', '2'), words: fc.boolean() })
  .map(({ name, value, words }) => `${words ? '# words\n' : ''}${configMap(name, value)}`);
const text = fc.oneof(
  { weight: 8, arbitrary: fc.array(object, { maxLength: 3 }).map((all) => all.join('---\n')) },
  { weight: 1, arbitrary: fc.constantFrom('a: [', 'kind: x', `${configMap('x')}sops: {}\n`) },
);
const overlay = fc.oneof(
  fc
    .subarray(['d.yaml', 'sub', '../more/c.yaml', './sub/e.yaml', 'gone.yaml'])
    .map((all) => `resources: [${all}]\n`),
  fc.constantFrom('resources: [d.yaml]\nnamePrefix: x-\n', 'patches: [{ path: d.yaml }]\n', 'x: ['),
);
const content = fc
  .tuple(
    fc.dictionary(fc.constantFrom(...paths), text),
    fc.dictionary(fc.constantFrom('sets/kustomization.yaml', 'sets/sub/kustomization.yaml'), overlay, {
      maxKeys: 2,
    }),
  )
  .map(([files, overlays]): Files => ({ ...files, ...overlays }));

/** Kustomizations on two clusters, some on one folder, some with all that a Kustomization can do. */
const declared = fc
  .dictionary(
    fc.constantFrom('k2', 'k3', 'k4'),
    fc.record({
      path: fc.constantFrom('apps', 'more', 'sets', 'sets/sub', 'none'),
      cluster: fc.constantFrom('one', 'two'),
      source: fc.constantFrom('main', 'release'),
      more: fc.constantFrom(
        '',
        '  targetNamespace: t\n',
        '  suspend: true\n',
        '  images: [{ name: x }]\n',
        '  deletionPolicy: Orphan\n',
      ),
    }),
  )
  .map((all) =>
    Object.fromEntries(
      Object.entries(all).map(([name, one]) => [
        `${mgmt}/${name}.yaml`,
        kustomization({ name, namespace: one.cluster, ...one }),
      ]),
    ),
  );
const repository = fc.tuple(content, declared).map(([files, more]) => fleet({ ...files, ...more }));

type Key = string;

function objectsOf(all: readonly Effect[], ...changes: readonly ObjectChange['change'][]): ReadonlySet<Key> {
  return new Set(
    all.flatMap(({ cluster, kustomization: through, objects }) =>
      objects
        .filter(({ change }) => changes.includes(change))
        .map(({ kind, namespace, name, moved }) =>
          JSON.stringify([cluster, moved === undefined ? through : 'moved', kind, namespace, name]),
        ),
    ),
  );
}

const runs = { numRuns: 300 };

describe('whatever the repositories', () => {
  it('from one to itself nothing changes', () => {
    fc.assert(
      fc.property(repository, (files) => {
        expect(effectsOf(files, files)).toEqual([]);
      }),
      runs,
    );
  });

  it('every changed YAML file that a Kustomization applies stands in the files of an effect', () => {
    fc.assert(
      fc.property(repository, repository, (before, after) => {
        const [old, fresh] = [stateOf(before), stateOf(after)];
        const told = new Set(effectsOf(before, after).flatMap(({ files }) => files));
        for (const { path, change } of changedFiles(old, fresh)) {
          const { platform } = change === 'deleted' ? old : fresh;
          const isApplied = arrivals([path], platform).every(({ when }) => when !== 'none');
          if (/\.ya?ml$/.test(path) && isApplied) expect([...told]).toContain(path);
        }
      }),
      runs,
    );
  });

  it('what is deleted one way is added the other way', () => {
    fc.assert(
      fc.property(content, content, declared, (files, others, more) => {
        const [before, after] = [fleet({ ...files, ...more }), fleet({ ...others, ...more })];
        const [there, back] = [effectsOf(before, after), effectsOf(after, before)];
        expect(objectsOf(there, 'deleted')).toEqual(objectsOf(back, 'added'));
        expect(objectsOf(there, 'added')).toEqual(objectsOf(back, 'deleted'));
        expect(objectsOf(there, 'changed')).toEqual(objectsOf(back, 'changed'));
        expect(objectsOf(there, 'moved')).toEqual(objectsOf(back, 'moved'));
      }),
      runs,
    );
  });

  it('the order in which files are read does not matter', () => {
    const turned = (files: Files): Files => Object.fromEntries(Object.entries(files).reverse());
    fc.assert(
      fc.property(repository, repository, (before, after) => {
        expect(effectsOf(turned(before), turned(after))).toEqual(effectsOf(before, after));
      }),
      runs,
    );
  });

  it('no object is both told and hidden in one Kustomization, and none is told twice', () => {
    fc.assert(
      fc.property(repository, repository, (before, after) => {
        for (const { objects, notRendered } of effectsOf(before, after)) {
          const keys = objects.map(({ kind, namespace, name }) => JSON.stringify([kind, namespace, name]));
          expect(new Set(keys).size).toBe(keys.length);
          const hidden = new Set(notRendered.map(({ path }) => path));
          for (const { path } of objects) expect(hidden.has(path)).toBe(false);
        }
      }),
      runs,
    );
  });
});
