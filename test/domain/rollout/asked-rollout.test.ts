import { type AskedRollout, askedRollout, findRollout } from '../../../src/domain/rollout/asked-rollout.ts';

describe('which rollout is asked for', () => {
  it.each<[string, AskedRollout]>([
    ['', { kind: 'latest' }],
    ['  ', { kind: 'latest' }],
    ['#42', { kind: 'pull-request', number: 42 }],
    ['v0.0.3 please', { kind: 'version', version: 'v0.0.3' }],
    ['42', { kind: 'version', version: '42' }],
    ['#0', { kind: 'version', version: '#0' }],
    ['#1234567890123', { kind: 'version', version: '#1234567890123' }],
  ])('by %j', (text, asked) => {
    expect(askedRollout(text)).toEqual(asked);
  });

  const rollout = (version: string | undefined, number: number, startedAt: number) => ({
    version,
    pullRequest: { number },
    startedAt,
  });
  const all = [rollout('v1', 1, 10), rollout(undefined, 3, 30), rollout('v1', 2, 20)];

  it.each<[string, number | undefined]>([
    ['', 30],
    ['#1', 10],
    ['v1', 20],
    ['1', 20],
    ['v9', undefined],
    ['#9', undefined],
  ])('and which that is: %j', (text, startedAt) => {
    expect(findRollout(askedRollout(text), all)?.startedAt).toBe(startedAt);
    expect(findRollout(askedRollout(text), [])).toBeUndefined();
  });
});
