import { nextLookMs } from '../../../jobs/change/next-look.ts';
import type { Gate } from '../../../src/domain/change/gates.ts';

const now = Date.parse('2026-03-02T10:00:00Z');
const at = (ms: number) => new Date(now + ms).toISOString();
const hour = 3_600_000;

function next(gates: readonly Gate[], ended?: object): number | undefined {
  const scene = {
    change: { ended },
    parts: [{ gates }],
    facts: { at: now },
  } as unknown as Parameters<typeof nextLookMs>[0];
  return nextLookMs(scene);
}

describe('when a change is looked at next', () => {
  it.each<[string, readonly Gate[], number | undefined]>([
    [
      'when nothing but a person can help',
      [{ kind: 'draft' }, { kind: 'approvals', needed: 2, given: 1, missing: [] }],
      undefined,
    ],
    ['when nothing keeps it', [], undefined],
    ['soon while GitHub works out whether it can merge', [{ kind: 'mergeability-unknown' }], 3_000],
    ['when the window opens', [{ kind: 'window', opensAt: at(hour) }], hour],
    ['not for a window that never opens', [{ kind: 'window', opensAt: undefined }], undefined],
    ['when it has soaked', [{ kind: 'soak', until: at(hour) }], hour],
    ['when the freeze ends', [{ kind: 'frozen', reason: 'x', until: at(hour) }], hour],
    ['not for a freeze without an end', [{ kind: 'frozen', reason: 'x', until: undefined }], undefined],
    [
      'by the first of several',
      [
        { kind: 'soak', until: at(2 * hour) },
        { kind: 'window', opensAt: at(hour) },
      ],
      hour,
    ],
    ['not in the past', [{ kind: 'soak', until: at(-hour) }], 1_000],
    ['within six hours', [{ kind: 'window', opensAt: at(100 * hour) }], 6 * hour],
  ])('%s', (_what, gates, expected) => expect(next(gates)).toBe(expected));

  it('waits for no gate of what has ended', () => {
    expect(next([{ kind: 'soak', until: at(hour) }], {})).toBeUndefined();
  });
});
