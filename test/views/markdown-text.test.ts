import fc from 'fast-check';
import remarkGfm from 'remark-gfm';
import remarkParse from 'remark-parse';
import { unified } from 'unified';
import { codeMarkdown, escapeMarkdown, quoteMarkdown } from '../../src/views/markdown-text.ts';
import { hostileTexts } from '../domain/samples.ts';

interface Node {
  readonly type: string;
  readonly value?: string;
  readonly children?: readonly Node[];
}

/** The kinds of all nodes of a markdown, and its text without the gaps that nobody sees. */
function read(markdown: string): { kinds: ReadonlySet<string>; text: string } {
  const root = unified().use(remarkParse).use(remarkGfm).parse(markdown) as Node;
  const kinds = new Set<string>();
  const texts: string[] = [];
  const walk = (node: Node) => {
    kinds.add(node.type);
    if (node.value !== undefined) texts.push(node.value);
    for (const child of node.children ?? []) walk(child);
  };
  walk(root);
  return { kinds, text: texts.join('') };
}

const text = fc.oneof(
  fc.string({ unit: 'binary' }),
  fc.string({ unit: fc.constantFrom(...'\\`*_{}[]()#+-.!|~$=:^<>&@/ \n1aw"\'%') }),
  fc.constantFrom(...hostileTexts.map((hostile) => hostile.slice(0, 300))),
);

describe('text in markdown', () => {
  it('is nothing but paragraphs of text', () => {
    fc.assert(
      fc.property(text, (typed) => {
        const { kinds } = read(escapeMarkdown(typed));
        expect([...kinds].filter((kind) => !['root', 'paragraph', 'text', 'break'].includes(kind))).toEqual(
          [],
        );
      }),
      { numRuns: 150 },
    );
  });

  it('says what was typed', () => {
    // biome-ignore lint/suspicious/noTemplateCurlyInString: it is what a template engine would take
    for (const typed of ['*a* [b](c) <d> &amp; #1 @e 1. x', '# head', '| a | b |', '${x} {{y}} $(z)']) {
      expect(read(escapeMarkdown(typed)).text.replaceAll('\u200b', '')).toBe(typed);
    }
  });

  it('keeps every line within the quotation, trailers too', () => {
    fc.assert(
      fc.property(text, (typed) => {
        const quoted = quoteMarkdown(typed);
        expect(quoted.split('\n').every((each) => each.startsWith('>'))).toBe(true);
        expect(
          [...read(quoted).kinds].filter(
            (kind) => !['root', 'blockquote', 'paragraph', 'text', 'break'].includes(kind),
          ),
        ).toEqual([]);
      }),
      { numRuns: 80 },
    );
  });

  it.each([
    ['a mention', '@octocat', /@octocat/],
    ['a team', '@octo/team', /@octo/],
    ['an issue', 'fixes #12', /#12/],
    ['an issue in short', 'GH-12', /GH-12|GH\\-12/],
    ['an issue elsewhere', 'a/b#3', /#3/],
    ['an address', 'https://evil.example', /:\/\//],
    ['a bare address', 'www.evil.example', /www\\?\.evil/],
    ['mail', 'a@evil.example', /@evil/],
    ['a commit', 'see deadbeefcafe', /deadbeefcafe/],
    ['an emoji', ':tada:', /:tada:/],
    ['a formula', '$x$', /(?<!\\)\$/],
    ['an entity', '&#64;octocat', /&#64;/],
  ])('%s is not what GitHub looks for', (_what, typed, found) => {
    expect(escapeMarkdown(typed)).not.toMatch(found);
  });
});

describe('code in markdown', () => {
  it('is one piece of code, whatever is in it', () => {
    fc.assert(
      fc.property(text, (typed) => {
        const line = typed.replace(/\s+/g, ' ').trim();
        const { kinds } = read(`a ${codeMarkdown(typed)} b`);
        if (line !== '') expect([...kinds].sort()).toEqual(['inlineCode', 'paragraph', 'root', 'text']);
      }),
    );
  });
});
