import fc from 'fast-check';
import { noteEntries } from '../../../src/domain/release/release-notes.ts';
import {
  checkVersion,
  highestTag,
  proposeVersion,
  tagBefore,
  versionOf,
} from '../../../src/domain/release/version.ts';
import { policyOf } from '../samples.ts';
import { pullOf, rangeOf } from './release-samples.ts';

const named = (...names: string[]) => names.map((name) => ({ name }));
const entriesOf = (...titles: string[]) =>
  noteEntries(rangeOf(titles.map((title, index) => pullOf(index + 1, title))), undefined);

describe('a tag is a version', () => {
  it.each([
    ['v1.2.3', 'v', '1.2.3'],
    ['v0.1.0-rc.1', 'v', '0.1.0-rc.1'],
    ['platform-1.0.0', 'platform-', '1.0.0'],
    ['1.0.0', '', '1.0.0'],
  ])('%s with the prefix "%s" is %s', (tag, prefix, version) => {
    expect(versionOf(tag, prefix)?.version).toBe(version);
  });

  it.each([
    ['1.0.0', 'v'],
    ['v1.0', 'v'],
    ['v1.0.0+build.7', 'v'],
    ['vv1.0.0', 'v'],
    ['v1.0.0', ''],
    ['latest', 'v'],
    [`v1.0.${'9'.repeat(200)}`, 'v'],
  ])('%s with the prefix "%s" is none', (tag, prefix) => {
    expect(versionOf(tag, prefix)).toBeUndefined();
  });
});

describe('the release that another goes on from', () => {
  it('is the highest version, not the last one made or the last by name', () => {
    expect(highestTag(named('v0.9.0', 'v0.10.0', 'v0.2.0', 'nightly'), 'v')?.name).toBe('v0.10.0');
  });

  it('is never a pre-release', () => {
    expect(highestTag(named('v0.9.0', 'v1.0.0-rc.1'), 'v')?.name).toBe('v0.9.0');
    expect(tagBefore('v1.0.0', named('v0.9.0', 'v1.0.0-rc.1', 'v1.0.0'), 'v')?.name).toBe('v0.9.0');
  });

  it('lies below the release, however many lie above', () => {
    expect(tagBefore('v0.1.1', named('v0.1.0', 'v0.1.1', 'v0.2.0'), 'v')?.name).toBe('v0.1.0');
    expect(tagBefore('v0.1.0', named('v0.1.0', 'v0.1.1'), 'v')).toBeUndefined();
    expect(tagBefore('nightly', named('v0.1.0'), 'v')).toBeUndefined();
  });

  it('is the same whatever the order of the tags', () => {
    const version = fc.tuple(fc.nat(20), fc.nat(20), fc.nat(20)).map((parts) => `v${parts.join('.')}`);
    fc.assert(
      fc.property(fc.uniqueArray(version, { minLength: 1 }), fc.nat(), (tags, seed) => {
        const turned = tags.toSorted((a, b) => (seed % 7) - a.length + b.length);
        expect(highestTag(named(...turned), 'v')).toEqual(highestTag(named(...tags), 'v'));
      }),
    );
  });
});

describe('the version that is proposed', () => {
  it.each([
    ['v1.4.2', ['feat(a)!: x', 'fix: y'], 'v2.0.0', 'breaking'],
    ['v0.4.2', ['feat(a)!: x'], 'v0.5.0', 'breaking'],
    ['v1.4.2', ['fix: y', 'feat(a): x'], 'v1.5.0', 'feature'],
    ['v0.4.2', ['feat: x'], 'v0.5.0', 'feature'],
    ['v1.4.2', ['tenants(a): x', 'chore: y'], 'v1.4.3', 'rest'],
    ['v1.4.2', ['no convention at all'], 'v1.4.3', 'rest'],
    ['v1.4.2', [], 'v1.4.3', 'rest'],
  ])('after %s with %j is %s', (previous, titles, tag, reason) => {
    const proposal = proposeVersion(previous, entriesOf(...titles), policyOf());
    expect(proposal).toMatchObject({ tag, reason: { kind: reason } });
  });

  it('heeds a breaking change that only the body tells of, and names it', () => {
    const entries = noteEntries(rangeOf([pullOf(4, 'fix: y', { saysBreaking: true })]), undefined);
    expect(proposeVersion('v1.0.0', entries, policyOf())).toMatchObject({
      tag: 'v2.0.0',
      reason: { kind: 'breaking', entry: { source: { number: 4 } } },
    });
  });

  it('is always the last number where the policy says so', () => {
    const policy = policyOf('release: {versions: patch}');
    expect(proposeVersion('v0.0.2', entriesOf('feat!: x'), policy)).toEqual({
      tag: 'v0.0.3',
      reason: { kind: 'always-patch' },
    });
  });

  it('is the first one where there is none', () => {
    expect(proposeVersion(undefined, [], policyOf()).tag).toBe('v0.1.0');
    expect(proposeVersion(undefined, [], policyOf('release: {versions: patch}')).tag).toBe('v0.0.1');
    expect(proposeVersion(undefined, [], policyOf('release: {tagPrefix: ""}')).tag).toBe('0.1.0');
  });

  it('can always be released', () => {
    const version = fc.tuple(fc.nat(50), fc.nat(50), fc.nat(50)).map((parts) => `v${parts.join('.')}`);
    const title = fc.constantFrom('feat!: a', 'feat: b', 'fix: c', 'tenants(x): d', 'Whatever');
    fc.assert(
      fc.property(fc.uniqueArray(version), fc.array(title), (tags, titles) => {
        const previous = highestTag(named(...tags), 'v')?.name;
        const { tag } = proposeVersion(previous, entriesOf(...titles), policyOf());
        const question = { typed: tag, tags: named(...tags), released: [], prefix: 'v', proposed: tag };
        expect(checkVersion(question)).toEqual({ kind: 'ok', tag, isPrerelease: false });
      }),
    );
  });
});

describe('a version that is typed', () => {
  const ask = (typed: string, released: readonly string[] = ['v0.2.0']) =>
    checkVersion({
      typed,
      tags: named('v0.1.0', 'v0.2.0', 'v0.3.0-rc.1'),
      released,
      prefix: 'v',
      proposed: 'v0.2.1',
    });

  it.each([
    ['v0.2.1', 'v0.2.1', false],
    ['0.2.1', 'v0.2.1', false],
    [' v1.0.0 ', 'v1.0.0', false],
    ['v0.3.0', 'v0.3.0', false],
    ['v0.3.0-rc.2', 'v0.3.0-rc.2', true],
  ])('%j is released as %s', (typed, tag, isPrerelease) => {
    expect(ask(typed)).toEqual({ kind: 'ok', tag, isPrerelease });
  });

  it.each([
    ['', { code: 'version-empty' }],
    ['  ', { code: 'version-empty' }],
    ['next', { code: 'version-form', example: 'v0.2.1' }],
    ['v1', { code: 'version-form', example: 'v0.2.1' }],
    ['v1.0.0+7', { code: 'version-form', example: 'v0.2.1' }],
    ['v01.0.0', { code: 'version-form', example: 'v0.2.1' }],
    ['v1.0.0\nv2.0.0', { code: 'version-form', example: 'v0.2.1' }],
    ['v0.1.5', { code: 'version-low', last: 'v0.2.0', example: 'v0.2.1' }],
    ['v0.2.0-rc.9', { code: 'version-low', last: 'v0.2.0', example: 'v0.2.1' }],
    ['v0.2.0', { code: 'tag-exists', tag: 'v0.2.0', hasRelease: true, example: 'v0.2.1' }],
    ['v0.3.0-rc.1', { code: 'tag-exists', tag: 'v0.3.0-rc.1', hasRelease: false, example: 'v0.2.1' }],
  ])('%j is refused', (typed, refusal) => {
    expect(ask(typed)).toEqual(refusal);
  });

  it('is refused when a release without a tag, such as a draft, has it', () => {
    expect(ask('v0.9.0', ['v0.9.0'])).toMatchObject({ code: 'tag-exists', hasRelease: true });
  });
});
