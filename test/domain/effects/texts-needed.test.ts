import { textsNeeded } from '../../../src/domain/effects/effects.ts';
import { configMap, effectsOf, type Files, fleet, lines, mgmt, stateOf } from './repositories.ts';

function needed(before: Files, after: Files): readonly string[] {
  const [old, fresh] = [stateOf(before), stateOf(after)];
  const all = textsNeeded({ before: old, after: fresh, kustomizations: fresh.platform });
  for (const { path, oid } of all) expect([old.oids.get(path), fresh.oids.get(path)]).toContain(oid);
  expect(new Set(all.map(({ oid }) => oid)).size).toBe(all.length);
  return all.map(({ path }) => path);
}

describe('the texts that are needed', () => {
  const [a, b] = [configMap('a'), configMap('b')];
  const sets = { 'sets/kustomization.yaml': 'resources: [a.yaml]\nnamePrefix: x-\n' };

  it.each<readonly [string, Files, Files, readonly string[]]>([
    ['are none when nothing changed', fleet({ 'apps/a.yaml': a }), fleet({ 'apps/a.yaml': a }), []],
    [
      'are both of a file that changed',
      fleet({ 'apps/a.yaml': a }),
      fleet({ 'apps/a.yaml': b }),
      ['apps/a.yaml', 'apps/a.yaml'],
    ],
    ['are one of a file that comes', fleet(), fleet({ 'apps/a.yaml': a }), ['apps/a.yaml']],
    ['are none of a file that is renamed', fleet({ 'apps/a.yaml': a }), fleet({ 'apps/b.yaml': a }), []],
    [
      'are one for two files that say the same',
      fleet(),
      fleet({ 'apps/a.yaml': a, 'apps/b.yaml': a }),
      ['apps/a.yaml'],
    ],
    ['are none of what nothing applies', fleet(), fleet({ 'other/a.yaml': a, 'apps/x.txt': b }), []],
    [
      'are none of what cannot be rendered anyhow',
      fleet({ ...sets, 'sets/a.yaml': a }, { path: './sets' }),
      fleet({ ...sets, 'sets/a.yaml': b }, { path: './sets' }),
      [],
    ],
    [
      'are of unchanged files too, when a Kustomization begins to apply them',
      fleet({ 'more/a.yaml': a }),
      fleet({ 'more/a.yaml': a }, { path: './more' }),
      [`${mgmt}/k.yaml`, `${mgmt}/k.yaml`, 'more/a.yaml'],
    ],
  ])('%s', (_what, before, after, paths) => {
    expect(needed(before, after)).toEqual(paths);
  });

  it('are named when they are missing', () => {
    const files = fleet({ 'apps/a.yaml': a });
    expect(lines(effectsOf(fleet(), files, files, undefined, () => false))).toEqual([
      'at-merge one one/k: ? apps/a.yaml missing-text',
    ]);
  });
});
