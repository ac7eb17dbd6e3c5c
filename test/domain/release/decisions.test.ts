import { ANNOUNCED_WITHIN_MS, decideAnnouncement } from '../../../src/domain/release/decide-announcement.ts';
import { type CutQuestion, decideCut } from '../../../src/domain/release/decide-cut.ts';
import { policyOf } from '../samples.ts';
import { factsOf, releaseOf, sha } from './release-samples.ts';

const shown = { commit: sha('b2'), previous: 'v0.0.1' };

function decide(more: Partial<CutQuestion> = {}) {
  const question = {
    shown,
    tag: 'v0.0.2',
    facts: factsOf(),
    prefix: 'v',
    mayBeOurs: false,
    knowsOfMove: false,
  };
  return decideCut({ ...question, ...more });
}

const head = (more = {}) => ({ ...releaseOf(more) });
const tagged = (commit = sha('b2'), release: ReturnType<typeof head> | undefined = undefined) =>
  factsOf({
    tags: [
      { name: 'v0.0.1', commit: sha('a1') },
      { name: 'v0.0.2', commit },
    ],
    wanted: { commit, release },
  });

describe('a release that a person wants as it was shown', () => {
  it('is written when nothing has changed', () => {
    expect(decide()).toEqual({ kind: 'write', missing: 'tag-and-release' });
  });

  it('is the first one where there is no version yet', () => {
    const facts = factsOf({ tags: [{ name: 'nightly', commit: sha('a1') }] });
    expect(decide({ facts, shown: { ...shown, previous: undefined } })).toEqual({
      kind: 'write',
      missing: 'tag-and-release',
    });
  });

  it('goes on where an earlier run of it ended', () => {
    expect(decide({ facts: tagged(), mayBeOurs: true })).toEqual({ kind: 'write', missing: 'release' });
    expect(decide({ facts: tagged(sha('b2'), head()), mayBeOurs: true })).toMatchObject({
      kind: 'stands',
      id: 7,
    });
  });

  it('asks again when the default branch has moved, unless the person knows', () => {
    const facts = factsOf({ head: sha('c3') });
    expect(decide({ facts })).toEqual({ kind: 'moved', now: sha('c3') });
    expect(decide({ facts, knowsOfMove: true })).toEqual({ kind: 'write', missing: 'tag-and-release' });
  });

  it('is refused when the tag that it goes on from is gone or points elsewhere by now', () => {
    const previousCommit = sha('a1');
    expect(decide({ shown: { ...shown, previousCommit } })).toMatchObject({ kind: 'write' });
    for (const tags of [[], [{ name: 'v0.0.1', commit: sha('d4') }]]) {
      expect(decide({ shown: { ...shown, previousCommit }, facts: factsOf({ tags }) })).toEqual({
        kind: 'refuse',
        code: 'tag-gone',
      });
    }
  });

  it('goes on after its tag was made, wherever the default branch is by then', () => {
    expect(decide({ facts: { ...tagged(), head: sha('c3') }, mayBeOurs: true })).toEqual({
      kind: 'write',
      missing: 'release',
    });
  });

  it.each([
    ['pushed by hand to the same commit', tagged(), false],
    ['released by somebody else', tagged(sha('b2'), head()), true],
    ['pushed to another commit', tagged(sha('c3')), false],
  ])('is refused when its tag was %s meanwhile', (_, facts, hasRelease) => {
    expect(decide({ facts })).toEqual({ kind: 'refuse', code: 'tag-exists', hasRelease });
  });

  it('is refused when an earlier run made the tag and somebody moved it', () => {
    expect(decide({ facts: tagged(sha('c3')), mayBeOurs: true })).toMatchObject({ code: 'tag-exists' });
  });

  it('is refused when another version was released meanwhile', () => {
    const facts = factsOf({
      tags: [
        { name: 'v0.0.1', commit: sha('a1') },
        { name: 'v0.1.0', commit: sha('b2') },
      ],
    });
    expect(decide({ facts })).toEqual({ kind: 'refuse', code: 'released-meanwhile', tag: 'v0.1.0' });
  });

  it('is not held up by a pre-release or by a tag that is no version', () => {
    const facts = factsOf({
      tags: [
        { name: 'v0.0.1', commit: sha('a1') },
        { name: 'v0.0.2-rc.1', commit: sha('b2') },
        { name: 'nightly', commit: sha('b2') },
      ],
    });
    expect(decide({ facts })).toMatchObject({ kind: 'write' });
  });
});

describe('the announcement of a release', () => {
  const at = Date.parse('2026-01-02T00:00:00Z');
  const decided = (more: Parameters<typeof releaseOf>[0], now = at + 1_000, text = '') =>
    decideAnnouncement(releaseOf(more), policyOf(text), now);

  it('is shown for a release that was just published, by whomever', () => {
    expect(decided({})).toEqual({ kind: 'show' });
    expect(decided({ ours: true })).toEqual({ kind: 'show' });
  });

  it('is not posted for one that was published long ago, only kept up to date', () => {
    expect(decided({}, at + ANNOUNCED_WITHIN_MS)).toEqual({ kind: 'refresh' });
    expect(decided({ publishedAt: undefined }, at)).toEqual({ kind: 'refresh' });
  });

  it('is not made for a pre-release, unless the policy says so', () => {
    expect(decided({ isPrerelease: true })).toEqual({ kind: 'nothing', why: 'pre-release' });
    expect(decided({ isPrerelease: true }, at, 'release: {prereleases: true}')).toEqual({ kind: 'show' });
  });

  it('is made for a pre-release that becomes a release, however long that took', () => {
    const later = at + 10 * ANNOUNCED_WITHIN_MS;
    expect(decideAnnouncement(releaseOf(), policyOf(), later, true)).toEqual({ kind: 'show' });
  });

  it('says withdrawn for one that was deleted or made a draft again', () => {
    expect(decideAnnouncement(undefined, policyOf(), at)).toEqual({ kind: 'withdraw', why: 'deleted' });
    expect(decided({ isDraft: true })).toEqual({ kind: 'withdraw', why: 'unpublished' });
  });
});
