import fc from 'fast-check';
import { parseGeneratedNotes } from '../../../src/adapters/github/parse-generated-notes.ts';

const HOST = 'https://github.example/o/r';

const login = fc.oneof(
  fc.stringMatching(/^[a-z0-9]{1,10}(?:-[a-z0-9]{1,9}){0,2}$/),
  fc.constantFrom('dependabot[bot]', 'name_corp'),
);

/** Any line, and lines that look like what the generator writes around a title. */
const title = fc.oneof(
  fc.string({ unit: 'binary' }).map((text) => text.replace(/[\r\n]/g, ' ')),
  fc.constantFrom(
    '',
    'fix by @someone in the middle',
    `revert x by @someone in ${HOST}/pull/3`,
    '@someone made their first contribution',
    `@someone made their first contribution in ${HOST}/pull/3`,
    '## New Contributors',
    '<!-- x -->',
    '* * * in by @',
    'two\u2028lines\u2029to some \u0085',
  ),
);

const pull = fc.record({ number: fc.integer({ min: 1, max: 999_999_999 }), title, author: login });
const newcomer = fc.record({ number: fc.integer({ min: 1, max: 999_999 }), login });

const line = (each: { number: number; title: string; author: string }) =>
  `* ${each.title} by @${each.author} in ${HOST}/pull/${each.number}`;

describe('notes that GitHub generated', () => {
  it('are read whole, whatever the titles, under whatever categories', () => {
    fc.assert(
      fc.property(
        fc.array(fc.record({ heading: fc.string({ unit: 'grapheme' }), pulls: fc.array(pull) })),
        fc.array(newcomer),
        fc.constantFrom('\n', '\r\n'),
        (categories, newcomers, end) => {
          const body = [
            '<!-- Release notes generated using configuration in .github/release.yml at main -->',
            '',
            "## What's Changed",
            ...categories.flatMap(({ heading, pulls }) => [
              `### ${heading.replace(/[\r\n]/g, ' ')}`,
              ...pulls.map(line),
            ]),
            '',
            '## New Contributors',
            ...newcomers.map(
              (each) => `* @${each.login} made their first contribution in ${HOST}/pull/${each.number}`,
            ),
            '',
            `**Full Changelog**: ${HOST}/compare/v1...v2`,
          ].join(end);
          const read = parseGeneratedNotes(body);
          const all = categories.flatMap(({ pulls }) => pulls);
          expect(read.pulls).toEqual(all.map((each) => ({ ...each, url: `${HOST}/pull/${each.number}` })));
          expect(read.newContributors).toEqual(newcomers);
        },
      ),
    );
  });

  it('may name with whom the work was done', () => {
    const body = `* feat: x by @pat with @helper in ${HOST}/pull/7`;
    expect(parseGeneratedNotes(body).pulls).toEqual([
      { number: 7, title: 'feat: x', author: 'pat', url: `${HOST}/pull/7` },
    ]);
  });

  it.each([
    ['nothing', ''],
    ['only a link', `**Full Changelog**: ${HOST}/commits/v1`],
    ['issues and other places', `* x by @pat in ${HOST}/issues/7\n* y by @pat in somewhere`],
    ['a line that quotes one', `> * x by @pat in ${HOST}/pull/7`],
  ])('hold no pull request where there is %s', (_, body) => {
    expect(parseGeneratedNotes(body)).toEqual({ pulls: [], newContributors: [] });
  });
});
