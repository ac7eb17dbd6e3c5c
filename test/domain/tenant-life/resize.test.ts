import fc from 'fast-check';
import { parse } from 'yaml';
import { readQuota } from '../../../src/domain/tenant-life/compute-quota.ts';
import { resize } from '../../../src/domain/tenant-life/resize.ts';
import { tenantFolders } from '../../../src/domain/tenant-life/tenant-texts.ts';
import type { ComputeQuota } from '../../../src/domain/tenant-request.ts';
import { policyOf } from '../samples.ts';

const policy = policyOf();
const path = 'tenants/aws/common/sample/resourcequota-compute.yaml';
const foldersOf = (text: string, at = path) => tenantFolders('sample', new Map([[at, text]]), policy);
const medium: ComputeQuota = {
  requestsMemory: '5Gi',
  limitsMemory: '10Gi',
  requestsCpu: '2000m',
  limitsCpu: '5000m',
};

function resized(text: string, compute: ComputeQuota = medium) {
  const result = resize('sample', foldersOf(text), compute);
  if (result.kind === 'refused') throw new Error(JSON.stringify(result.refusals));
  return { ...result, after: result.files[0]?.after ?? '' };
}

function refused(text: string, compute: ComputeQuota = medium) {
  const result = resize('sample', foldersOf(text), compute);
  return result.kind === 'refused' ? result.refusals : [];
}

const quota = (hard: string) =>
  `apiVersion: v1\nkind: ResourceQuota\nmetadata:\n  name: compute\n  namespace: sample\nspec:\n  hard:\n${hard}`;

describe('a new size', () => {
  it('keeps comments, order, quotes, indentation, other keys and line ends of a file that people changed', () => {
    const before = quota(
      '      # agreed in spring\r\n      limits.cpu:   "1000m"  # not less\r\n      pods: 7\r\n      requests.memory: \'1Gi\'\r\n      limits.memory: 1Gi\r\n      requests.cpu: 1\r\n  scopes: [NotBestEffort]\r\n',
    );
    expect(resized(before).after).toBe(
      quota(
        '      # agreed in spring\r\n      limits.cpu:   "5000m"  # not less\r\n      pods: 7\r\n      requests.memory: \'5Gi\'\r\n      limits.memory: 10Gi\r\n      requests.cpu: 2000m\r\n  scopes: [NotBestEffort]\r\n',
      ),
    );
  });

  it('leaves a figure alone that is the same amount written otherwise', () => {
    const before = quota(
      '    requests.memory: 5120Mi\n    limits.memory: 10Gi\n    requests.cpu: 2\n    limits.cpu: 1\n',
    );
    const { after, figures } = resized(before);
    expect(after).toBe(before.replace('limits.cpu: 1', 'limits.cpu: 5000m'));
    expect(figures).toEqual([
      { cloud: 'aws', folder: 'common', figure: 'limitsCpu', before: '1', after: '5000m' },
    ]);
  });

  it.each([
    ['below the last key', quota('    cpu: 1\n    memory: 1Gi # yes\n')],
    ['at the end of a text without a line end', quota('    cpu: 1\n    memory: 1Gi')],
    ['into braces', quota('').replace('hard:\n', 'hard: { cpu: 1, memory: "1Gi" }\n')],
  ])('adds figures that the quota did not name %s', (_where, before) => {
    const { after } = resized(before);
    expect(parse(after)).toMatchObject({
      spec: { hard: { cpu: '2000m', memory: '5Gi', 'limits.cpu': '5000m', 'limits.memory': '10Gi' } },
    });
    expect(after.split('\n')[0]).toBe('apiVersion: v1');
    expect(after.endsWith('\n')).toBe(before.endsWith('\n'));
  });

  it('finds the quota among other documents and in a List', () => {
    const other = 'apiVersion: v1\nkind: Namespace\nmetadata:\n  name: sample\n---\n';
    const hard = '    requests.cpu: 1\n    requests.memory: 1Gi\n    limits.cpu: 1\n    limits.memory: 1Gi\n';
    expect(resized(other + quota(hard)).after.startsWith(other)).toBe(true);
    const list = `kind: List\napiVersion: v1\nitems:\n- ${quota(hard).trimEnd().replaceAll('\n', '\n  ')}\n`;
    expect(resized(list).after).toBe(
      list
        .replace('requests.cpu: 1', 'requests.cpu: 2000m')
        .replace('requests.memory: 1Gi', 'requests.memory: 5Gi')
        .replace('limits.cpu: 1', 'limits.cpu: 5000m')
        .replace('limits.memory: 1Gi', 'limits.memory: 10Gi'),
    );
  });

  it.each([
    ['increase', '1Gi', '1'],
    ['decrease', '20Gi', '10'],
    ['change', '20Gi', '1'],
  ])('is called %s in the title', (verb, memory, cpu) => {
    const before = quota(
      `    requests.memory: ${memory}\n    limits.memory: ${memory}\n    requests.cpu: ${cpu}\n    limits.cpu: ${cpu}\n`,
    );
    expect(resized(before).title).toBe(`tenants(sample): ${verb} compute quota`);
  });

  it('is refused with the reason where a file is not such that one figure can be changed alone', () => {
    const at = { cloud: 'aws', folder: 'common' };
    expect(refused('kind: Namespace\nmetadata: { name: sample }\n')).toEqual([
      { code: 'quota-missing', ...at },
    ]);
    expect(refused(`${quota('    cpu: 1\n')}---\n${quota('    limits.cpu: 1\n')}`)).toMatchObject([
      { code: 'quota-twice', paths: [path, path], ...at },
    ]);
    for (const hard of ['    <<: *base\n    cpu: 1\n', '    cpu: &one 1\n    limits.cpu: *one\n'])
      expect(refused(`base: &base {}\n${quota(hard)}`)).toEqual([{ code: 'quota-by-hand', path, ...at }]);
    expect(refused(quota('    cpu: |\n      1\n'))).toEqual([{ code: 'quota-by-hand', path, ...at }]);
    expect(refused(quota('    cpu: [1\n'))).toMatchObject([{ code: 'file-unreadable', path, ...at }]);
    expect(resize('sample', [], medium)).toEqual({ kind: 'refused', refusals: [{ code: 'nothing-chosen' }] });
  });

  it('is refused when the tenant has it already', () => {
    const { after } = resized(quota('    requests.cpu: 1\n'));
    expect(refused(after)).toEqual([{ code: 'nothing-changes' }]);
  });

  it('touches only the figures, and giving the old figures back gives the old text', () => {
    const figure = fc.oneof(
      fc.integer({ min: 1, max: 99_999 }).map(String),
      fc
        .tuple(fc.integer({ min: 1, max: 9999 }), fc.constantFrom('m', 'Mi', 'Gi', 'k', 'e3'))
        .map((p) => p.join('')),
    );
    const quoted = fc
      .tuple(figure, fc.constantFrom('', '"', "'"))
      .map(([text, mark]) => `${mark}${text}${mark}`);
    const key = fc.constantFrom('requests.cpu', 'limits.cpu', 'requests.memory', 'limits.memory');
    const noise = fc.constantFrom('', '# note\n', '    \n', '    pods: "7" # few\n');
    const line = fc.tuple(fc.constantFrom('', ' ', '   '), fc.constantFrom('', '  # why', ' '));
    const sample = fc.record({
      keys: fc.uniqueArray(key, { minLength: 4, maxLength: 4 }),
      values: fc.array(quoted, { minLength: 4, maxLength: 4 }),
      spaces: fc.array(line, { minLength: 4, maxLength: 4 }),
      noise,
      crlf: fc.boolean(),
      bom: fc.boolean(),
    });
    fc.assert(
      fc.property(sample, fc.record({ a: figure, b: figure, c: figure, d: figure }), (one, wanted) => {
        const write = (values: readonly string[]) => {
          const lines = one.keys.map((name, index) => {
            const [gap, tail] = one.spaces[index] ?? ['', ''];
            return `    ${name}: ${gap}${values[index]}${tail}\n`;
          });
          const text = `# head\n${quota(`${lines.slice(0, 2).join('')}${one.noise}${lines.slice(2).join('')}`)}# end\n`;
          return (one.bom ? '\uFEFF' : '') + (one.crlf ? text.replaceAll('\n', '\r\n') : text);
        };
        const compute = {
          requestsMemory: wanted.a,
          limitsMemory: wanted.b,
          requestsCpu: wanted.c,
          limitsCpu: wanted.d,
        };
        const before = write(one.values);
        const result = resize('sample', foldersOf(before), compute);
        if (result.kind === 'refused') {
          expect(result.refusals).toEqual([{ code: 'nothing-changes' }]);
          return;
        }
        const after = result.files[0]?.after ?? '';
        const blank = (text: string) => text.replaceAll(/(requests|limits)(\.\w+: *)["']?\w+["']?/g, '$1$2');
        expect(blank(after)).toBe(blank(before));
        const [old] = foldersOf(before).map(readQuota);
        if (old?.kind !== 'found') throw new Error('no quota');
        expect(resize('sample', foldersOf(after), old.quota.compute as ComputeQuota)).toMatchObject({
          files: [{ after: before }],
        });
      }),
      { numRuns: 200 },
    );
  });
});
