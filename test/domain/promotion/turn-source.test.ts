import fc from 'fast-check';
import { parseAllDocuments } from 'yaml';
import { turnSource } from '../../../src/domain/promotion/turn-source.ts';

const release = { namespace: 'flux-system', name: 'release' };

function fileOf(ref: string, version = 'v1', name = 'release'): string {
  return `apiVersion: source.toolkit.fluxcd.io/${version}
kind: GitRepository
metadata:
  name: ${name}
  namespace: flux-system
spec:
  interval: 5m
${ref}
  url: https://git.example/acme/platform
`;
}

function turned(text: string, tag = 'v0.0.2'): string {
  const result = turnSource(text, release, tag);
  return result.kind === 'turned' ? result.text : result.code;
}

describe('turning a source', () => {
  it.each([
    ['a tag', '  ref:\n    tag: v0.0.1', '  ref:\n    tag: v0.0.2'],
    ['a branch', '  ref:\n    branch: main', '  ref:\n    tag: v0.0.2'],
    ['a flow', '  ref: {branch: main}', '  ref: {tag: v0.0.2}'],
    ['a flow with room', '  ref: { tag: v0.0.1 } # now', '  ref: { tag: v0.0.2 } # now'],
    ['double quotes', '  ref:\n    tag: "v0.0.1"', '  ref:\n    tag: "v0.0.2"'],
    ['single quotes', "  ref:\n    tag: 'v0.0.1'", "  ref:\n    tag: 'v0.0.2'"],
    ['a quoted key', '  ref:\n    "branch":   main', '  ref:\n    tag:   v0.0.2'],
    [
      'comments',
      '  ref: # it\n    # runs\n    tag: v0.0.1   # now',
      '  ref: # it\n    # runs\n    tag: v0.0.2   # now',
    ],
    ['deep indentation', '  ref:\n         tag: v0.0.1', '  ref:\n         tag: v0.0.2'],
    [
      'a branch beside the tag that decides',
      '  ref:\n    branch: main\n    tag: v0.0.1',
      '  ref:\n    branch: main\n    tag: v0.0.2',
    ],
    [
      'an empty other field',
      '  ref:\n    semver: ""\n    tag: v0.0.1',
      '  ref:\n    semver: ""\n    tag: v0.0.2',
    ],
  ])('changes one line of %s', (_, before, after) => {
    expect(turned(fileOf(before))).toBe(fileOf(after));
    const windows = (text: string) => text.replaceAll('\n', '\r\n');
    expect(turned(windows(fileOf(before)))).toBe(windows(fileOf(after)));
  });

  it.each(['v1', 'v1beta1', 'v1beta2', 'v2'])('knows version %s', (version) => {
    expect(turned(fileOf('  ref:\n    tag: v0.0.1', version))).toBe(
      fileOf('  ref:\n    tag: v0.0.2', version),
    );
  });

  it.each([
    ['1.0', '"1.0"'],
    ['1e3', '"1e3"'],
    ['2026-01-01', '"2026-01-01"'],
    ['true', '"true"'],
    ['yes', '"yes"'],
    ['1.2.3', '1.2.3'],
    ['v1.0.0+x', 'v1.0.0+x'],
    ['release/1', 'release/1'],
    ['a#b', '"a#b"'],
    ['a"b', '"a\\"b"'],
  ])('writes the tag %s as %s', (tag, scalar) => {
    expect(turned(fileOf('  ref:\n    tag: v0.0.1'), tag)).toBe(fileOf(`  ref:\n    tag: ${scalar}`));
  });

  it('finds it among several documents and in a list', () => {
    const file = (tag: string) =>
      `# first\n---\n${fileOf('  ref:\n    tag: v0.0.1', 'v1', 'other')}---\n---\n${fileOf(`  ref:\n    tag: ${tag}`)}...\n`;
    expect(turned(file('v0.0.1'))).toBe(file('v0.0.2'));
    const list = (tag: string) =>
      `apiVersion: v1\nkind: List\nitems:\n  - kind: Other\n  - ${fileOf(`  ref: {${tag}}`).trimEnd().replaceAll('\n', '\n    ')}\n`;
    expect(turned(list('branch: main'))).toBe(list('tag: v0.0.2'));
  });

  it('does not mind a document beside it that cannot be read, nor a byte order mark', () => {
    const file = (tag: string) => `\uFEFFa: [\n---\n${fileOf(`  ref:\n    tag: ${tag}`)}`;
    expect(turned(file('v0.0.1'))).toBe(file('v0.0.2'));
  });

  it.each([
    ['not-found', ''],
    ['not-found', fileOf('  ref:\n    tag: v0.0.1', 'v1', 'other')],
    ['not-found', fileOf('  ref:\n    tag: v0.0.1').replace('flux-system', 'elsewhere')],
    ['not-found', fileOf('  ref:\n    tag: v0.0.1').replace('source.toolkit', 'other.toolkit')],
    ['not-found', fileOf('  ref:\n    tag: v0.0.1\n    tag: v0.0.1')],
    ['ambiguous', `${fileOf('  ref:\n    tag: v0.0.1')}---\n${fileOf('  ref:\n    tag: v0.0.3')}`],
    ['already', fileOf('  ref:\n    tag: v0.0.2')],
    ['already', fileOf('  ref: { tag: "v0.0.2" }')],
    ['not-one-line', fileOf('  ref:\n    tag:\n      v0.0.1')],
    ['not-one-line', fileOf('  ref:\n    branch: >-\n      main')],
    ['not-one-line', fileOf('  ref:\n    tag: &now v0.0.1')],
    ['not-one-line', `${fileOf('  ref: &here\n    tag: v0.0.1')}  other: *here\n`],
    ['unsupported-ref', fileOf('  suspend: false')],
    ['unsupported-ref', fileOf('  ref:\n    semver: ">=1.0.0"')],
    ['unsupported-ref', fileOf('  ref:\n    tag: v0.0.1\n    semver: ">=1.0.0"')],
    ['unsupported-ref', fileOf('  ref:\n    branch: main\n    commit: 0123456')],
    ['unsupported-ref', fileOf('  ref:\n    name: refs/heads/main')],
    ['unsupported-ref', fileOf('  ref:\n    tag: ""\n    branch: main')],
    ['unsupported-ref', fileOf('  ref:\n    tag: 1.0')],
    ['unsupported-ref', fileOf('  ref: {}')],
  ])('refuses as %s', (code, text) => {
    expect(turned(text)).toBe(code);
  });

  it('changes exactly one line, to the tag, whatever stands around it', () => {
    const tags = fc.stringMatching(/^[A-Za-z0-9][A-Za-z0-9._'"#{}/+-]{0,12}$/);
    const shape = fc.record({
      tag: tags,
      old: fc.stringMatching(/^v[0-9]{1,3}\.[0-9]{1,3}$/),
      field: fc.constantFrom('tag', 'branch'),
      quote: fc.constantFrom('', "'", '"'),
      flow: fc.boolean(),
      indent: fc.integer({ min: 3, max: 9 }),
      comment: fc.constantFrom('', ' # tag: v9', '  # main'),
      before: fc.array(fc.constantFrom('# x\n', 'kind: ConfigMap\n', '---\n', '\n'), { maxLength: 4 }),
      after: fc.constantFrom('', '---\nkind: X\n', '\n\n# end', '---\n- tag: v0.0.1\n'),
      end: fc.constantFrom('\n', '\r\n'),
    });
    fc.assert(
      fc.property(shape, ({ tag, old, field, quote, flow, indent, comment, before, after, end }) => {
        fc.pre(tag !== old);
        const ref = `${field}: ${quote}${old}${quote}`;
        const lines = flow ? `  ref: { ${ref} }${comment}` : `  ref:\n${' '.repeat(indent)}${ref}${comment}`;
        const text = `${before.join('')}---\n${fileOf(lines)}${after}`.replaceAll('\n', end);
        const result = turnSource(text, release, tag);
        if (result.kind === 'refuse') throw new Error(result.code);
        const [olds, fresh] = [text.split('\n'), result.text.split('\n')];
        const different = fresh.flatMap((line, index) => (line === olds[index] ? [] : [index]));
        expect([fresh.length, different.length]).toEqual([olds.length, 1]);
        const at = different[0] ?? 0;
        expect([fresh[at]?.match(/^\s*/)?.[0], fresh[at]?.endsWith('\r')]).toEqual([
          olds[at]?.match(/^\s*/)?.[0],
          olds[at]?.endsWith('\r'),
        ]);
        const values = [...parseAllDocuments(result.text)].map((document) => document.toJS());
        expect(values.find((value) => value?.kind === 'GitRepository')?.spec.ref).toEqual({ tag });
      }),
      { numRuns: 300 },
    );
  });

  it('never throws, whatever the text', () => {
    fc.assert(
      fc.property(fc.string(), fc.nat(400), (junk, at) => {
        const text = fileOf('  ref:\n    tag: v0.0.1');
        const result = turnSource(`${text.slice(0, at)}${junk}${text.slice(at)}`, release, 'v0.0.2');
        expect(['turned', 'refuse']).toContain(result.kind);
      }),
    );
  });
});
