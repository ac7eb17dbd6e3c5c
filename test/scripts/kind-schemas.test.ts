import path from 'node:path';
import { builtInShapes } from '../../scripts/kind-schemas/built-in-shapes.ts';
import { kindShapes } from '../../src/domain/conventions/kinds/kind-shapes.ts';

it('what is known of the kinds of Kubernetes is what the package says', () => {
  const known = JSON.parse(kindShapes) as ReturnType<typeof builtInShapes>;
  const told = builtInShapes(path.join(import.meta.dirname, '../../node_modules'));
  expect(known.types).toEqual(told.types);
  expect(known.kinds).toMatchObject(told.kinds);
  expect(Object.keys(known.kinds)).toEqual(
    expect.arrayContaining(['kustomize.toolkit.fluxcd.io/v1 Kustomization', 'apps/v1 Deployment']),
  );
});

it('no pattern of a kind is one that cannot be used', () => {
  const patterns = [...kindShapes.matchAll(/"t":("(?:[^"\\\\]|\\\\.)*")/g)].map(
    ([, text = '']) => JSON.parse(text) as string,
  );
  expect(patterns.length).toBeGreaterThan(5);
  for (const pattern of patterns) expect(() => new RegExp(pattern, 'u')).not.toThrow();
});
