import { isSameSubject } from '../../../src/domain/change/same-subject.ts';
import { subjectOf } from '../../../src/domain/change/subject.ts';
import type { TurnedSource } from '../../../src/domain/effects/turned-sources.ts';
import type { CommitSha } from '../../../src/domain/ids.ts';
import type { Source } from '../../../src/domain/platform.ts';
import { sha, subject } from './change-samples.ts';

const tag = (name: string): Source['ref'] => ({ kind: 'tag', tag: name });

function turned(before: Source['ref'], after: Source['ref'], over: Partial<TurnedSource> = {}): TurnedSource {
  const source = {
    namespace: 'flux-system',
    name: 'release',
    path: 'x.yaml',
    url: 'git.example/acme/platform',
    suspended: false,
  };
  return {
    before: { ...source, ref: before },
    after: { ...source, ref: after },
    management: 'mgmt/aws',
    kustomizations: [],
    ...over,
  };
}

const tagCommits = new Map<string, CommitSha>([
  ['v1.0.0', sha('1')],
  ['v1.1.0', sha('2')],
]);
const of = (...all: readonly TurnedSource[]) =>
  subjectOf({ pull: 7, head: sha('a'), turned: all, tagCommits });

describe('what an approval is about', () => {
  it('is the head, and per turned source both tags with their commits', () => {
    expect(of(turned(tag('v1.0.0'), tag('v1.1.0')))).toEqual(subject);
  });

  it.each<[string, Source['ref'], Source['ref'], object]>([
    [
      'a branch before',
      { kind: 'branch', branch: 'main' },
      tag('v1.1.0'),
      { from: 'branch main', running: undefined, target: sha('2') },
    ],
    [
      'a branch after',
      tag('v1.0.0'),
      { kind: 'branch', branch: 'main' },
      { to: 'branch main', running: sha('1'), target: undefined },
    ],
    ['a tag that is not there', tag('v1.0.0'), tag('v9.0.0'), { to: 'tag v9.0.0', target: undefined }],
    [
      'a commit',
      tag('v1.0.0'),
      { kind: 'other', text: 'commit 1234567' },
      { to: 'commit 1234567', target: undefined },
    ],
    [
      "a branch of a tag's name",
      tag('v1.0.0'),
      { kind: 'branch', branch: 'v1.1.0' },
      { to: 'branch v1.1.0', target: undefined },
    ],
  ])('names %s', (_what, before, after, expected) => {
    expect(of(turned(before, after)).turns).toMatchObject([expected]);
  });

  it('has no turns for a change of other things', () => expect(of().turns).toEqual([]));

  it('is the same in whatever order the sources come', () => {
    const one = turned(tag('v1.0.0'), tag('v1.1.0'));
    const other = turned(tag('v1.0.0'), tag('v1.1.0'), { management: 'mgmt/azure' });
    expect(of(one, other)).toEqual(of(other, one));
    expect(isSameSubject(of(one, other), of(other, one))).toBe(true);
  });

  it.each<readonly [string, object]>([
    ['another pull request', { ...subject, pull: 8 }],
    ['another head', { ...subject, head: sha('b') }],
    ['no turn', { ...subject, turns: [] }],
    ...(['source', 'from', 'running', 'to', 'target'] as const).map(
      (key) => [`another ${key}`, { ...subject, turns: [{ ...subject.turns[0], [key]: sha('9') }] }] as const,
    ),
    ...(['running', 'target'] as const).map(
      (key) => [`no ${key}`, { ...subject, turns: [{ ...subject.turns[0], [key]: undefined }] }] as const,
    ),
  ])('differs with %s', (_what, other) => {
    expect(isSameSubject(subject, other as typeof subject)).toBe(false);
    expect(isSameSubject(other as typeof subject, subject)).toBe(false);
  });
});
