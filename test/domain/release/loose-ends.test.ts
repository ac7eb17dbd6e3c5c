import { looseEnds } from '../../../src/domain/release/loose-ends.ts';
import { policyOf } from '../samples.ts';
import { factsOf, releaseOf, sha } from './release-samples.ts';

const tags = [
  { name: 'v0.0.1', commit: sha('a1') },
  { name: 'v0.0.2', commit: sha('b2') },
];
const none = { tagsWithoutRelease: [], releasesWithoutTag: [], drafts: [] };

describe('what whoever releases should know of', () => {
  it('is nothing when the last version has its release', () => {
    expect(looseEnds(factsOf({ tags, releases: [releaseOf()] }), policyOf())).toEqual(none);
    expect(looseEnds(factsOf({ tags: [] }), policyOf())).toEqual(none);
  });

  it.each([
    ['none', []],
    ['only a draft', [releaseOf({ isDraft: true })]],
  ])('is a last version that has %s for a release', (_, releases) => {
    expect(looseEnds(factsOf({ tags, releases }), policyOf())).toEqual({
      ...none,
      tagsWithoutRelease: ['v0.0.2'],
    });
  });

  it('is a release of a higher version whose tag is gone, and a draft of one', () => {
    const releases = [
      releaseOf(),
      releaseOf({ tag: 'v0.0.3' }),
      releaseOf({ tag: 'v0.1.0', isDraft: true }),
      releaseOf({ tag: 'v0.0.1-old', isDraft: true }),
      releaseOf({ tag: 'notes', isDraft: true }),
    ];
    expect(looseEnds(factsOf({ tags, releases }), policyOf())).toEqual({
      ...none,
      releasesWithoutTag: ['v0.0.3'],
      drafts: ['v0.1.0'],
    });
  });
});
