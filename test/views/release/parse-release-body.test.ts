import type { RichTextElement } from '@slack/types';
import fc from 'fast-check';
import { blocksOf, inMessages, piecesOf, sectionPieces } from '../../../src/views/release/body-blocks.ts';
import { type BodyPart, parseReleaseBody } from '../../../src/views/release/parse-release-body.ts';
import { releaseBody } from '../../../src/views/release/release-body.ts';
import { hostileTexts } from '../../domain/samples.ts';
import { notesOf, pull, rangeOf, repoUrl } from './notes-samples.ts';
import { expectMessage } from './slack-checks.ts';

function text(elements: readonly RichTextElement[]): string {
  return elements
    .map((each) =>
      each.type === 'link' ? `${each.text}→${each.url}` : each.type === 'text' ? each.text : '?',
    )
    .join('');
}

function show(part: BodyPart): string {
  if (part.kind === 'code') return `code ${part.text}`;
  if (part.kind === 'entry') {
    return [`- ${text(part.entry.elements)}`, ...part.entry.nested.map((each) => `-- ${text(each)}`)].join(
      '\n',
    );
  }
  return `${part.kind === 'quote' ? '> ' : ''}${text(part.elements)}`;
}

function read(body: string): object {
  const { introduction, sections } = parseReleaseBody(body, repoUrl);
  return {
    introduction: introduction.map(show),
    ...Object.fromEntries(sections.map(({ title, parts }) => [title, parts.map(show)])),
  };
}

describe("a release's body as Slack shows it", () => {
  it("reads what GitHub's own generator writes", () => {
    const body = `<!-- Release notes generated using configuration in .github/release.yml at main -->\r\n\r\n## What's Changed\r\n### Exciting\r\n* tenants(dummy): increase compute quota by @berndonline in ${repoUrl}/pull/10\r\n* Bump x from 1 to 2 by @dependabot[bot] in ${repoUrl}/pull/11\r\n\r\n## New Contributors\r\n* @berndonline made their first contribution in ${repoUrl}/pull/10\r\n\r\n**Full Changelog**: ${repoUrl}/compare/v0.0.1...v0.0.2`;
    expect(read(body)).toEqual({
      introduction: [],
      Exciting: [
        `- tenants(dummy): increase compute quota by @berndonline in #10→${repoUrl}/pull/10`,
        `- Bump x from 1 to 2 by @dependabot[bot] in #11→${repoUrl}/pull/11`,
      ],
      'New Contributors': [`- @berndonline made their first contribution in #10→${repoUrl}/pull/10`],
    });
  });

  it('reads what Trunkline writes, without what the announcement says itself', () => {
    const body = releaseBody({
      notes: notesOf('v0.0.2', rangeOf({ pulls: [pull(10, 'tenants(dummy): use *all* <of> it')] })),
      introduction: 'Hello **all**.',
      effects: undefined,
      compareUrl: `${repoUrl}/compare/v0.0.1...v0.0.2`,
    });
    expect(read(body)).toEqual({
      introduction: ['Hello all.'],
      Tenants: [`- dummy: use *all* <of> it (#10→${repoUrl}/pull/10) by @berndonline`],
    });
  });

  it.each<[string, string, object]>([
    ['nothing', '', { introduction: [] }],
    ['text', 'one\ntwo\n\nthree', { introduction: ['one\ntwo', 'three'] }],
    ['lists within lists', '- a\n  - b\n    - c\n- d', { introduction: ['- a\n-- b\n-- c', '- d'] }],
    ['numbered lists', '3. a\n4. b', { introduction: ['- 3. a', '- 4. b'] }],
    ['boxes', '- [x] a\n- [ ] b', { introduction: ['- ☑ a', '- ☐ b'] }],
    ['an underlined heading', 'Fixes\n---\n- a', { introduction: [], Fixes: ['- a'] }],
    ['code', '```yaml\na: b\n```', { introduction: ['code a: b'] }],
    ['a quotation', '> a\n> b', { introduction: ['> a\nb'] }],
    ['a table', '| a | b |\n|---|---|\n| c | d |', { introduction: ['a | b\nc | d'] }],
    [
      'an image',
      '![plan](https://example.test/x.png)',
      { introduction: ['plan→https://example.test/x.png'] },
    ],
    ['HTML', 'a <b>c</b> <!-- d -->e', { introduction: ['a <b>c</b> e'] }],
    ['a comment', 'a\n\n<!-- b\n\nc -->\n\nd', { introduction: ['a', 'd'] }],
    ['a link', '[plan](https://example.test/p)', { introduction: ['plan→https://example.test/p'] }],
    [
      'a link elsewhere',
      '[x][y]\n\n[y]: https://example.test/p',
      { introduction: ['x→https://example.test/p'] },
    ],
    [
      'no link of the web',
      '[x](javascript:alert(1)) [y](mailto:a@b.example) [z](/path)',
      { introduction: ['x y z'] },
    ],
    [
      'a link that names another address',
      '[https://good.example](https://evil.example/) [github.com](https://evil.example/)',
      {
        introduction: [
          'https://evil.example/→https://evil.example/ https://evil.example/→https://evil.example/',
        ],
      },
    ],
    [
      'the number of an issue',
      'see #12, a#3, &#4 and x/y#5',
      { introduction: [`see #12→${repoUrl}/pull/12, a#3, &#4 and x/y#5`] },
    ],
    [
      'a pull request elsewhere',
      'https://github.com/x/y/pull/1',
      { introduction: ['https://github.com/x/y/pull/1→https://github.com/x/y/pull/1'] },
    ],
    [
      'mentions',
      '<!channel> @here <@U0TENANT01> @octocat',
      { introduction: ['<!channel> @here <@U0TENANT01> @octocat'] },
    ],
    ['a note at the foot', 'a[^1]\n\n[^1]: b', { introduction: ['a[1]', '[1] b'] }],
    ['headings without anything below', '# A\n## B\n\ntext', { introduction: [], B: ['text'] }],
  ])('%s', (_what, body, expected) => {
    expect(read(body)).toEqual(expected);
  });

  it('keeps what stands bold, slanting, struck out or as code', () => {
    const [part] = parseReleaseBody('**a** *b* ~~c~~ `d` ***e***', repoUrl).introduction;
    expect(part).toEqual({
      kind: 'text',
      elements: [
        { type: 'text', text: 'a', style: { bold: true } },
        { type: 'text', text: ' ' },
        { type: 'text', text: 'b', style: { italic: true } },
        { type: 'text', text: ' ' },
        { type: 'text', text: 'c', style: { strike: true } },
        { type: 'text', text: ' ' },
        { type: 'text', text: 'd', style: { code: true } },
        { type: 'text', text: ' ' },
        { type: 'text', text: 'e', style: { bold: true, italic: true } },
      ],
    });
  });

  it('is what Slack takes, whatever was written', () => {
    const markdown = fc.oneof(
      fc.string({ unit: 'binary', maxLength: 400 }),
      fc
        .array(
          fc.constantFrom(
            ...'\\`*_{}[]()#+-.!|~$=:^<>&@/ \n\n1aw"\'%',
            '- ',
            '> ',
            '  ',
            'https://a.example/',
            '<!--',
          ),
          { maxLength: 300 },
        )
        .map((all) => all.join('')),
      fc.constantFrom(...hostileTexts),
    );
    fc.assert(
      fc.property(markdown, (body) => {
        const { introduction, sections } = parseReleaseBody(body, repoUrl);
        for (const blocks of inMessages([...piecesOf(introduction), ...sectionPieces(sections)], 12_000)) {
          expectMessage({ text: 'x', blocks });
        }
      }),
      { numRuns: 150, examples: hostileTexts.map((hostile) => [hostile] as [string]) },
    );
  });

  it.each([
    '*[',
    '- [ ] ',
    '[a]: b\n',
    '>a\n>> b\n',
    '| a |\n|-|\n',
    '<!--',
    '* a\n',
    '`',
    '[^1]: a\n',
    '> ',
  ])('keeps nobody waiting over %j sixty thousand characters long', (unit) => {
    const began = performance.now();
    parseReleaseBody(unit.repeat(Math.ceil(60_000 / unit.length)), repoUrl);
    // Without care the worst takes a quarter of a minute; with it about half a second on an idle machine.
    expect(performance.now() - began).toBeLessThan(7_000);
  });

  it('loses no word of a long text, and cuts between words', () => {
    const long = Array.from({ length: 4000 }, (_, index) => `word${index}`).join(' ');
    const messages = inMessages(piecesOf(parseReleaseBody(long, repoUrl).introduction), 12_000);
    expect(messages.length).toBeGreaterThan(1);
    const whole = [...JSON.stringify(messages).matchAll(/"text":"([^"]*)"/g)]
      .map(([, said]) => said?.replaceAll('\\n', ' '))
      .join('');
    expect(whole.trim().split(/\s+/)).toEqual(long.split(' '));
  });

  it('clips an entry beyond all measure at a word', () => {
    const { introduction } = parseReleaseBody(`- ${'word '.repeat(2000)}`, repoUrl);
    const [block] = blocksOf(piecesOf(introduction));
    expect(JSON.stringify(block).length).toBeLessThan(3000);
    expect(JSON.stringify(block)).toContain('word…');
  });
});
