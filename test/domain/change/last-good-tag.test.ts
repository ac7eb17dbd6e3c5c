import { changesOf } from '../../../src/domain/change/changes-of.ts';
import { lastGoodTag } from '../../../src/domain/change/last-good-tag.ts';
import type { Deed } from '../../../src/domain/change/record.ts';
import { openedDeed, recordsOf, sha, subject, turn } from './change-samples.ts';

const opened = (change: number, tag: string): Deed => ({
  ...openedDeed,
  change,
  what: { kind: 'promotion', tag, automatic: false, back: false },
});
const merged = (change: number, from: string, past?: string): Deed => ({
  kind: 'merged',
  change,
  pull: change * 10,
  commit: sha('b'),
  subject: { ...subject, pull: change * 10, turns: [{ ...turn, from }] },
  past: past as undefined,
  approvedBy: [],
});
const applied = (change: number, outcome: 'applied' | 'failed' = 'applied'): Deed => ({
  kind: 'applied',
  change,
  pull: change * 10,
  outcome,
});
const good = (change: number, tag: string, from: string) => [
  opened(change, tag),
  merged(change, from),
  applied(change),
];
const bad = [opened(3, 'v3.0.0'), merged(3, 'tag v2.0.0'), applied(3, 'failed')];

describe('the last version that ran without failure', () => {
  it.each<[string, readonly Deed[], number, string | undefined]>([
    ['what was promoted before', [...good(2, 'v2.0.0', 'tag v1.0.0'), ...bad], 3, 'v2.0.0'],
    [
      'not what failed',
      [
        ...good(1, 'v1.0.0', 'tag v0'),
        opened(2, 'v2.0.0'),
        merged(2, 'tag v1.0.0'),
        applied(2, 'failed'),
        ...bad,
      ],
      3,
      'v1.0.0',
    ],
    [
      'not what nobody saw applied',
      [...good(1, 'v1.0.0', 'tag v0'), opened(2, 'v2.0.0'), merged(2, 'tag v1.0.0'), ...bad],
      3,
      'v1.0.0',
    ],
    ['not what was never merged', [...good(1, 'v1.0.0', 'tag v0'), opened(2, 'v2.0.0'), ...bad], 3, 'v1.0.0'],
    [
      'not the same once more',
      [...good(1, 'v1.0.0', 'tag v0'), ...good(2, 'v3.0.0', 'tag v1.0.0'), ...bad],
      3,
      'v1.0.0',
    ],
    ['not what came later', [...bad, ...good(4, 'v4.0.0', 'tag v3.0.0')], 3, 'v2.0.0'],
    [
      'what failed first and recovered',
      [opened(2, 'v2.0.0'), merged(2, 'tag v1.0.0'), applied(2, 'failed'), applied(2), ...bad],
      3,
      'v2.0.0',
    ],
    ['what it turned away from, when nothing is known', bad, 3, 'v2.0.0'],
    ['nothing after a branch', [opened(3, 'v3.0.0'), merged(3, 'branch main')], 3, undefined],
    ['nothing for what was never merged', [opened(3, 'v3.0.0')], 3, undefined],
    ['nothing for what nobody knows', bad, 9, undefined],
    [
      'nothing for no promotion',
      [{ ...openedDeed, change: 3, what: { kind: 'other' } }, merged(3, 'tag v2.0.0')],
      3,
      undefined,
    ],
  ])('%s', (_what, deeds, from, expected) => {
    expect(lastGoodTag(changesOf(recordsOf(deeds)), from)).toBe(expected);
  });
});
