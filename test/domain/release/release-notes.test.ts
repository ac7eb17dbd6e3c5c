import fc from 'fast-check';
import type { MergedPull } from '../../../src/domain/release/release-facts.ts';
import { type NotesQuestion, releaseNotes } from '../../../src/domain/release/release-notes.ts';
import { policyOf } from '../samples.ts';
import { directOf, generatedOf, pullOf, rangeOf, repo } from './release-samples.ts';

function notesOf(pulls: readonly MergedPull[], more: Partial<NotesQuestion> = {}, policy = policyOf()) {
  const question = { repo, tag: 'v0.0.2', range: rangeOf(pulls), generated: generatedOf(pulls), leftOut: [] };
  return releaseNotes({ ...question, ...more }, policy);
}

/** Section -> what its entries are about, as numbers or subjects. */
function sectionsOf(notes: ReturnType<typeof notesOf>) {
  return Object.fromEntries(
    notes.sections.map(({ title, entries }) => [
      title,
      entries.map(({ source, subject }) => (source.kind === 'pull' ? source.number : subject)),
    ]),
  );
}

describe('the notes of a release', () => {
  it('put every pull request into the section that its title names', () => {
    const notes = notesOf([
      pullOf(1, 'tenants(dummy): increase compute quota'),
      pullOf(2, 'feat(ingress): add nginx'),
      pullOf(3, 'providers(aws): add cluster'),
      pullOf(4, 'fix(aws): correct filenames'),
      pullOf(5, 'chore: tidy up'),
      pullOf(6, 'Whatever somebody wrote'),
      pullOf(7, 'feat(api)!: drop v1'),
      pullOf(8, 'tenants(shop): onboarding namespace to aws'),
    ]);
    expect(sectionsOf(notes)).toEqual({
      Breaking: [7],
      Tenants: [1, 8],
      Features: [2],
      'Clusters and providers': [3],
      Fixes: [4],
      Other: [5, 6],
    });
    expect(notes.sections.map(({ title }) => title)).toEqual([
      'Breaking',
      'Tenants',
      'Features',
      'Clusters and providers',
      'Fixes',
      'Other',
    ]);
  });

  it('keep promotions apart', () => {
    const notes = notesOf([
      pullOf(9, 'chore(release): promote v0.0.1 to aws prod'),
      pullOf(10, 'tenants(dummy): increase compute quota'),
      pullOf(11, 'chore(release): prepare the next one'),
    ]);
    expect(notes.promotions).toMatchObject([{ source: { number: 9 } }]);
    expect(sectionsOf(notes)).toEqual({ Tenants: [10], Other: [11] });
  });

  it('show a title that fits no convention whole', () => {
    const [section] = notesOf([pullOf(6, 'Whatever: somebody (wrote)')]).sections;
    expect(section?.entries[0]).toMatchObject({ scope: undefined, subject: 'Whatever: somebody (wrote)' });
  });

  it("use the policy's own sections; what none takes goes into the one without types", () => {
    const policy = policyOf(
      'release: {sections: [{title: Rest}, {title: Tenants, types: [tenants]}, {title: All else, types: [fix]}]}',
    );
    const notes = notesOf(
      [pullOf(1, 'fix: x'), pullOf(2, 'feat: y'), pullOf(3, 'tenants(a): z')],
      {},
      policy,
    );
    expect(sectionsOf(notes)).toEqual({ Rest: [2], Tenants: [3], 'All else': [1] });
  });

  it('add a section for the rest where the policy has none', () => {
    const policy = policyOf('release: {sections: [{title: Tenants, types: [tenants]}]}');
    expect(sectionsOf(notesOf([pullOf(1, 'fix: x'), pullOf(2, 'tenants(a): y')], {}, policy))).toEqual({
      Tenants: [2],
      Other: [1],
    });
  });

  it('list commits that were pushed without a pull request, and say how many', () => {
    const range = rangeOf([pullOf(1, 'fix: x')], {
      direct: [directOf('fix(dns): by hand'), directOf('oops')],
    });
    const notes = notesOf([], { range, generated: generatedOf([pullOf(1, 'fix: x')]) });
    expect(sectionsOf(notes)).toEqual({ Fixes: [1, 'by hand'], Other: ['oops'] });
    expect(notes.differences).toEqual([{ kind: 'without-pull-request', count: 2 }]);
  });

  it('leave out what whoever releases left out, and say so', () => {
    const notes = notesOf([pullOf(1, 'fix: x'), pullOf(2, 'fix: y')], { leftOut: [2] });
    expect(sectionsOf(notes)).toEqual({ Fixes: [1] });
    expect(notes.differences).toEqual([{ kind: 'left-out', numbers: [2] }]);
  });

  it("explain what GitHub's generator lists again after the history was rewritten", () => {
    const again = [pullOf(9, 'chore(release): promote v0.0.1 to aws prod'), pullOf(10, 'tenants(dummy): x')];
    const fresh = [pullOf(12, 'providers(aws): y')];
    const range = rangeOf(fresh, { relation: 'diverged', held: [9, 10] });
    const notes = notesOf([], { range, generated: generatedOf([...again, ...fresh]) });
    expect(sectionsOf(notes)).toEqual({ 'Clusters and providers': [12] });
    expect(notes.promotions).toEqual([]);
    expect(notes.differences).toEqual([{ kind: 'held-before', tag: 'v0.0.1', numbers: [9, 10] }]);
  });

  it("list what only GitHub's generator lists", () => {
    const notes = notesOf([pullOf(1, 'fix: x')], {
      generated: generatedOf([pullOf(1, 'fix: x'), pullOf(3, 'feat: merged by rebase')]),
    });
    expect(sectionsOf(notes)).toEqual({ Features: [3], Fixes: [1] });
    expect(notes.differences).toEqual([]);
  });

  it('say what GitHub leaves out, and that it could not be asked', () => {
    const pulls = [pullOf(1, 'fix: x'), pullOf(2, 'chore: y')];
    expect(notesOf(pulls, { generated: generatedOf(pulls.slice(0, 1)) }).differences).toEqual([
      { kind: 'left-out-by-github', numbers: [2] },
    ]);
    expect(notesOf(pulls, { generated: undefined }).differences).toEqual([{ kind: 'unknown' }]);
  });

  it('name first-time contributors of what is listed', () => {
    const pulls = [pullOf(1, 'fix: x'), pullOf(2, 'fix: y')];
    const newContributors = [
      { login: 'ana', number: 1 },
      { login: 'ben', number: 2 },
    ];
    const notes = notesOf(pulls, { generated: generatedOf(pulls, { newContributors }), leftOut: [2] });
    expect(notes.newContributors).toEqual([{ login: 'ana', number: 1 }]);
  });

  it('lose no pull request, list none twice and keep their order, whatever the titles', () => {
    const title = fc.oneof(
      fc.string({ maxLength: 60 }),
      fc
        .tuple(
          fc.constantFrom('feat', 'fix', 'chore', 'tenants', 'providers', 'docs', 'x'),
          fc.constantFrom('', '(a)', '(release)'),
          fc.constantFrom('', '!'),
          fc.constantFrom('promote v1 to prod', 'change', 'x (#3)'),
        )
        .map(([scope, area, mark, subject]) => `${scope}${area}${mark}: ${subject}`),
    );
    fc.assert(
      fc.property(fc.array(title, { maxLength: 40 }), (titles) => {
        const notes = notesOf(titles.map((each, index) => pullOf(index + 1, each)));
        const numbers = [...notes.promotions, ...notes.sections.flatMap(({ entries }) => entries)].map(
          ({ source }) => (source.kind === 'pull' ? source.number : 0),
        );
        expect(numbers.toSorted((a, b) => a - b)).toEqual(titles.map((_, index) => index + 1));
        for (const { entries } of notes.sections) {
          const own = entries.map(({ source }) => (source.kind === 'pull' ? source.number : 0));
          expect(own).toEqual(own.toSorted((a, b) => a - b));
        }
      }),
    );
  });
});
