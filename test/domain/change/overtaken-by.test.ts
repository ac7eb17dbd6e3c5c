import type { Change } from '../../../src/domain/change/change.ts';
import { changesOf } from '../../../src/domain/change/changes-of.ts';
import { overtakenBy } from '../../../src/domain/change/overtaken-by.ts';
import type { Deed, LedgerRecord, Turn } from '../../../src/domain/change/record.ts';
import type { CommitSha, GitHubLogin, RepoName } from '../../../src/domain/ids.ts';

const sha = 'a'.repeat(40) as CommitSha;
const AWS = 'providers/aws/v1/mgmt:flux-system/release';
const GCP = 'providers/gcp/v1/mgmt:flux-system/release';
const nobody = { slack: undefined, login: 'rita' as GitHubLogin };

const turn = (source: string, to: string): Turn => ({
  source,
  from: 'tag v1',
  running: sha,
  to,
  target: sha,
});

interface Merge {
  readonly change: number;
  readonly pull: number;
  readonly at: string;
  readonly turns: readonly Turn[] | undefined;
}

function ledger(merges: readonly Merge[]): readonly Change[] {
  const opened = [...new Set(merges.map(({ change }) => change))].map((change): [string, Deed] => [
    '2026-03-01T00:00:00Z',
    {
      kind: 'opened',
      change,
      what: { kind: 'promotion', tag: `v${change}`, automatic: false, back: false },
      requester: nobody,
      places: [],
      pull: undefined,
      externalNumber: undefined,
    },
  ]);
  const merged = merges.map(({ change, pull, at, turns }): [string, Deed] => [
    at,
    {
      kind: 'merged',
      change,
      pull,
      commit: sha,
      subject: turns && { pull, head: sha, turns },
      past: undefined,
      approvedBy: [],
    },
  ]);
  const records = [...opened, ...merged].map(
    ([at, deed], index): LedgerRecord => ({
      v: 1,
      id: `r-${index}`,
      seq: index + 1,
      previous: undefined,
      at,
      repo: 'acme/platform' as RepoName,
      policy: sha,
      deed,
      key: 'k',
      signature: 's',
    }),
  );
  return [...changesOf(records).values()];
}

const NOON = '2026-03-02T12:00:00Z';
const LATER = '2026-03-02T12:10:00Z';
const own: Merge = { change: 2, pull: 12, at: NOON, turns: [turn(AWS, 'tag v2')] };

describe('what overtakes a merge', () => {
  it.each<[string, readonly Merge[], string | undefined]>([
    ['nothing', [own], undefined],
    [
      'a later merge of the same source',
      [own, { change: 3, pull: 13, at: LATER, turns: [turn(AWS, 'tag v3')] }],
      'v3',
    ],
    [
      'not a later merge of another source',
      [own, { change: 3, pull: 13, at: LATER, turns: [turn(GCP, 'tag v3')] }],
      undefined,
    ],
    [
      'not an earlier one',
      [own, { change: 1, pull: 11, at: '2026-03-02T11:00:00Z', turns: [turn(AWS, 'tag v1')] }],
      undefined,
    ],
    [
      'the first of several',
      [
        own,
        { change: 4, pull: 14, at: '2026-03-02T13:00:00Z', turns: [turn(AWS, 'tag v4')] },
        { change: 3, pull: 13, at: LATER, turns: [turn(AWS, 'tag v3')] },
      ],
      'v3',
    ],
    [
      'one that turns several sources',
      [own, { change: 3, pull: 13, at: LATER, turns: [turn(GCP, 'tag v9'), turn(AWS, 'tag v3')] }],
      'v3',
    ],
    ['a branch', [own, { change: 3, pull: 13, at: LATER, turns: [turn(AWS, 'branch main')] }], 'main'],
    [
      'not one of which nobody knows what it turned',
      [own, { change: 3, pull: 13, at: LATER, turns: undefined }],
      undefined,
    ],
  ])('is %s', (_name, merges, by) => {
    const changes = ledger(merges);
    const change = changes.find(({ number }) => number === 2);
    expect(change && overtakenBy(changes, change, 12)).toBe(by);
  });

  it('is not known of a merge that nobody approved, nor of one that is none of the change', () => {
    const changes = ledger([
      { ...own, turns: undefined },
      { change: 3, pull: 13, at: LATER, turns: [turn(AWS, 'tag v3')] },
    ]);
    const change = changes.find(({ number }) => number === 2);
    if (change === undefined) throw new Error('there is no change 2');
    expect(overtakenBy(changes, change, 12)).toBeUndefined();
    expect(overtakenBy(changes, change, 99)).toBeUndefined();
  });
});
