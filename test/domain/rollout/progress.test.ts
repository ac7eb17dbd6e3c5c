import type { ManagementView } from '../../../src/domain/rollout/objects.ts';
import { at2, busy, follow, outcome, silent } from './follow.ts';
import {
  after,
  before,
  common,
  condition,
  kustomization,
  main,
  mgmt,
  minute,
  revision,
  source,
  start,
  view,
} from './samples.ts';

/** What each hop of a promotion shows: main, what applies it, the release source, and what follows that. */
function hops(views: readonly ManagementView[]) {
  return follow(views).managements.flatMap(({ legs }) =>
    legs.flatMap(({ sourceState, members }) => [
      sourceState.kind,
      members.map(({ state }) => state.kind).join(' '),
    ]),
  );
}

describe('the way of a promotion', () => {
  it.each<[string, Omit<Parameters<typeof view>[0], 'at'>, readonly string[]]>([
    [
      'the merge is not fetched yet',
      before,
      ['behind', 'waiting-for-source', 'following-another', 'waiting-for-source waiting-for-source'],
    ],
    [
      'the merge is fetched',
      { ...before, sources: [main('main@e'), source('v1@a')] },
      ['at', 'behind', 'following-another', 'waiting-for-source waiting-for-source'],
    ],
    [
      'the management cluster has applied it',
      {
        sources: [main('main@e'), source('v1@a', { ...at2, generation: 3 })],
        kustomizations: [mgmt('main@e'), common('v1@a'), kustomization('v1@a')],
      },
      ['at', 'applied', 'fetching', 'waiting-for-source waiting-for-source'],
    ],
    [
      'the source is at the tag',
      { sources: after.sources, kustomizations: [mgmt('main@e'), common('v1@a'), busy] },
      ['at', 'applied', 'at', 'behind reconciling'],
    ],
    ['everything has applied it', after, ['at', 'applied', 'at', 'applied applied']],
  ])('%s', (_name, seen, said) => {
    expect(hops([view({ at: start, ...seen })])).toEqual(said);
  });

  it('is through its first hops though main has moved on, and is busy with the next commit', () => {
    const later = {
      sources: [main('main@f'), source('v1@a', at2)],
      kustomizations: [
        mgmt('main@e', { lastAttempted: revision('main@f'), ready: condition('Unknown', 'Progressing') }),
        common('v1@a'),
        kustomization('v1@a'),
      ],
    };
    const seen = view({ at: start, ...after, sources: [main('main@e'), source('v1@a', at2)] });
    expect(hops([seen, view({ at: start + 1, ...later })]).slice(0, 2)).toEqual(['at', 'applied']);
  });

  it('knows what is declared and not made yet from what is gone', () => {
    const [mgmtBefore] = before.kustomizations;
    const missing = { ...before, kustomizations: mgmtBefore ? [mgmtBefore] : [] };
    const gone = { ...after, kustomizations: [mgmt('main@e'), common('v2@b')] };
    expect(hops([view({ at: start, ...missing })]).at(-1)).toBe('new new');
    expect(hops([view({ at: start, ...before }), view({ at: start + 1, ...missing })]).at(-1)).toBe(
      'deleted deleted',
    );
    expect(hops([view({ at: start, ...gone })]).at(-1)).toBe('applied deleted');
  });

  it('counts a Kustomization that appears on the way', () => {
    const made = common('v1@a', {
      id: 'two/extra',
      lastAttempted: undefined,
      lastApplied: undefined,
      ready: undefined,
    });
    const seen = view({ at: start, ...after, kustomizations: [...after.kustomizations, made] });
    expect(hops([seen]).at(-1)).toBe('new applied applied');
    expect(outcome([seen])).toEqual({ kind: 'under-way' });
  });

  it('shows everything as unknown while the cluster does not answer, and goes on when it does', () => {
    const progress = follow([view({ at: start, ...before }), silent]);
    expect(progress.managements[0]?.silence).toEqual(silent);
    const said = progress.managements[0]?.legs.flatMap((leg) => [
      leg.sourceState,
      ...leg.members.map(({ state }) => state),
    ]);
    expect(said).toHaveLength(5);
    for (const each of said ?? []) expect(each).toEqual({ kind: 'unknown', since: start });
    expect(outcome([silent, view({ at: start + 10 * minute, ...after })]).kind).toBe('applied');
  });
});
