import type { EffectsSummary } from '../../../src/domain/effects/summarise.ts';
import { type TeamPart, teamPart } from '../../../src/views/release/team-part.ts';
import { hostileTexts } from '../../domain/samples.ts';
import { highlightOf, noEffects, placeOf } from './effects-samples.ts';
import { longTitle, manyPulls, notesOf, pull, rangeOf, repoUrl } from './notes-samples.ts';
import { expectMessage, readAloud } from './slack-checks.ts';

const effects: EffectsSummary = {
  ...noEffects,
  changesProduction: true,
  tenants: [
    {
      name: 'dummy',
      clusters: [placeOf('non-prod-eu-west-1', 'at-merge'), placeOf('prod-eu-west-1', 'next-promotion')],
    },
    { name: 'other', clusters: [placeOf('prod-eu-west-1', 'next-promotion')] },
  ],
};

function partOf(more: Partial<TeamPart> = {}): TeamPart {
  const notes = notesOf('v0.0.2', rangeOf({ pulls: [pull(10, 'tenants(dummy): increase compute quota')] }));
  return {
    release: { tag: 'v0.0.2', url: `${repoUrl}/releases/tag/v0.0.2` },
    team: 'Team Dummy',
    tenants: ['dummy'],
    entries: notes.sections.flatMap(({ entries }) => entries),
    effects,
    ...more,
  };
}

describe("a team's part of a release", () => {
  it('is what changes for its own tenants, where and when', () => {
    const message = teamPart(partOf());
    expectMessage(message);
    expect(readAloud(message.blocks)).toBe(
      `For Team Dummy: release v0.0.2 changes dummy.
dummy: increase compute quota (#10) by @berndonline
Where and when
dummy: prod-eu-west-1 (with the promotion), non-prod-eu-west-1 (live already).`,
    );
    expect(message.text).toBe(
      'Release v0.0.2 changes dummy. dummy: prod-eu-west-1 (with the promotion), non-prod-eu-west-1 (live already).',
    );
  });

  it('says first what stands out among what is theirs', () => {
    const highlights: EffectsSummary['highlights'] = [
      highlightOf('quota-cut', 'ResourceQuota dummy/compute', 'prod', 'next-promotion'),
      highlightOf('namespace-removed', 'Namespace dummy', 'prod', 'next-promotion'),
      highlightOf('namespace-removed', 'Namespace other', 'prod', 'next-promotion'),
      highlightOf('cluster-rbac', 'ClusterRole dummy', 'prod', 'next-promotion'),
      highlightOf('pruned', 'Role other/dummy', 'prod', 'next-promotion'),
    ];
    const said = readAloud(teamPart(partOf({ effects: { ...effects, highlights } })).blocks);
    expect(said.match(/⚠️.*/g)).toEqual([
      '⚠️ Namespace dummy is removed with everything in it: prod (with the promotion).',
      '⚠️ ResourceQuota dummy/compute gives less than before: prod (with the promotion).',
    ]);
  });

  it.each<[string, Partial<TeamPart>, string]>([
    ['nothing is known', { effects: undefined }, 'Where and when could not be worked out.'],
    ['nothing arrives', { effects: noEffects }, 'Nothing of it reaches a cluster.'],
  ])('says so where %s', (_what, more, said) => {
    expect(readAloud(teamPart(partOf(more)).blocks)).toContain(said);
  });

  it('stays within what Slack takes', () => {
    const entries = notesOf('v1', rangeOf({ pulls: manyPulls(500, longTitle) })).sections.flatMap(
      (each) => each.entries,
    );
    const tenants = Array.from({ length: 200 }, (_, index) => `tenant-${index}`);
    const clusters = Array.from({ length: 50 }, (_, index) => placeOf(`cluster-${index}`, 'at-merge'));
    const highlights = tenants.map((name) =>
      highlightOf('pruned', `Role ${name}/${'x'.repeat(100)}`, 'c', 'unknown'),
    );
    const many = { ...effects, highlights, tenants: tenants.map((name) => ({ name, clusters })) };
    const message = teamPart(partOf({ entries, tenants, effects: many }));
    expectMessage(message);
    expect(readAloud(message.blocks)).toMatch(/and \d+ more, in the release/);
    for (const text of hostileTexts) {
      expectMessage(
        teamPart(
          partOf({
            release: { tag: text, url: text },
            team: text,
            entries: notesOf('v1', rangeOf({ pulls: [pull(1, text)] })).sections.flatMap(
              (each) => each.entries,
            ),
          }),
        ),
      );
    }
  });
});
