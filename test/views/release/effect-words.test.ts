import type { EffectsSummary } from '../../../src/domain/effects/summarise.ts';
import {
  behindText,
  effectBullets,
  effectLines,
  effectMarkdown,
  effectSentence,
} from '../../../src/views/release/effect-words.ts';
import { bullets, richText } from '../../../src/views/rich-text.ts';
import { hostileTexts } from '../../domain/samples.ts';
import { clusterOf, highlightOf, noEffects, notRenderedOf, placeOf } from './effects-samples.ts';
import { expectMessage } from './slack-checks.ts';

type Cluster = EffectsSummary['clusters'][number];

const cluster = clusterOf;

function lines(effects: EffectsSummary | undefined): readonly string[] {
  return effectLines(effects).map(({ lead, joint, text }) =>
    lead === undefined ? text : `${lead}${joint}${text}`,
  );
}

describe('what a release will do', () => {
  it.each<[string, Partial<Cluster>, string]>([
    [
      'with the promotion',
      { changed: 2, added: 1 },
      'prod: changes when this release is promoted (it runs v0.0.1 now); 1 object added and 2 changed.',
    ],
    [
      'with the promotion of a branch',
      { follows: { kind: 'branch', branch: 'stable' } },
      'prod: changes when this release is promoted (it follows stable now).',
    ],
    [
      'of something else',
      { follows: { kind: 'other', text: 'semver >=1' }, deleted: 1 },
      'prod: changes when this release is promoted (it follows semver >=1 now); 1 object deleted.',
    ],
    [
      'with the promotion, source unread',
      { follows: undefined, moved: 3 },
      'prod: changes when this release is promoted; 3 objects moved.',
    ],
    [
      'perhaps',
      { notRendered: 1 },
      'prod: may change when this release is promoted (it runs v0.0.1 now); what changes could not be told.',
    ],
    [
      'as far as could be told',
      { notRendered: 1, changed: 1 },
      'prod: changes when this release is promoted (it runs v0.0.1 now); 1 object changed, as far as could be told.',
    ],
    [
      'since its merge',
      { when: 'at-merge', follows: { kind: 'branch', branch: 'main' }, changed: 1 },
      'prod: live already, since its merge to main; 1 object changed.',
    ],
    [
      'on the management cluster',
      { cluster: undefined, when: 'at-merge', follows: { kind: 'branch', branch: 'main' } },
      'management cluster providers/aws/v1/mgmt: live already, since its merge to main.',
    ],
    [
      'once resumed',
      { when: 'suspended' },
      'prod: unchanged until flux-system/tenants or its source is resumed.',
    ],
    [
      'at a time unknown',
      { when: 'unknown', follows: undefined },
      'prod: when it changes cannot be told, for its source is not declared in the repository.',
    ],
  ])('a cluster changes %s', (_what, more, said) => {
    expect(lines({ ...noEffects, changesProduction: true, clusters: [cluster(more)] })).toEqual([said]);
  });

  it.each<[EffectsSummary['highlights'][number]['what'], string, string]>([
    [
      'namespace-removed',
      'Namespace dummy',
      'Namespace dummy is removed with everything in it: prod (with the promotion).',
    ],
    [
      'pruned',
      'Deployment dummy/web',
      'Deployment dummy/web is deleted, for no file declares it any more: prod (with the promotion).',
    ],
    [
      'crd',
      'CustomResourceDefinition widgets.example.com',
      'CustomResourceDefinition widgets.example.com changes, and with it every object of that kind: prod (with the promotion).',
    ],
    [
      'cluster-rbac',
      'ClusterRole admin',
      'ClusterRole admin changes what may be done in the whole cluster: prod (with the promotion).',
    ],
    [
      'quota-cut',
      'ResourceQuota dummy/compute',
      'ResourceQuota dummy/compute gives less than before: prod (with the promotion).',
    ],
  ])('%s stands out first', (what, object, said) => {
    const effects: EffectsSummary = {
      ...noEffects,
      changesProduction: true,
      clusters: [cluster()],
      highlights: [highlightOf(what, object)],
    };
    expect(lines(effects)[0]).toBe(said);
    expect(effectSentence(effects)).toBe(`⚠️ ${said} Changes prod when it is promoted.`);
  });

  it('what is removed stands above what changes, and each object once', () => {
    const effects: EffectsSummary = {
      ...noEffects,
      changesProduction: true,
      highlights: [
        highlightOf('crd', 'CustomResourceDefinition x', 'prod', 'next-promotion'),
        highlightOf('crd', 'CustomResourceDefinition x', 'non-prod', 'at-merge'),
        highlightOf('namespace-removed', 'Namespace y', 'prod', 'next-promotion'),
      ],
    };
    expect(lines(effects)).toEqual([
      'Namespace y is removed with everything in it: prod (with the promotion).',
      'CustomResourceDefinition x changes, and with it every object of that kind: prod (with the promotion), non-prod (live already).',
    ]);
    expect(effectSentence(effects)).toBe(
      '⚠️ Namespace y is removed with everything in it: prod (with the promotion), and 1 more change stands out.',
    );
  });

  it('objects of which the same is said stand together', () => {
    const roles = ['a', 'b', 'c', 'd', 'e', 'f'].map((name) =>
      highlightOf('cluster-rbac', `ClusterRole ${name}`, 'prod', 'next-promotion', 'added'),
    );
    const effects: EffectsSummary = { ...noEffects, changesProduction: true, highlights: roles };
    expect(lines(effects)).toEqual([
      'ClusterRole a, ClusterRole b, ClusterRole c, ClusterRole d and 2 more are new and give rights in the whole cluster: prod (with the promotion).',
    ]);
  });

  it.each([
    ['crd', 'added', 'is new'],
    ['crd', 'changed', 'changes, and with it every object of that kind'],
    ['crd', 'deleted', 'is deleted, and with it every object of that kind'],
    ['cluster-rbac', 'added', 'is new and gives rights in the whole cluster'],
    ['cluster-rbac', 'changed', 'changes what may be done in the whole cluster'],
    ['cluster-rbac', 'deleted', 'is deleted and takes rights in the whole cluster away'],
  ] as const)('%s that is %s %s', (what, change, verb) => {
    const highlights = [highlightOf(what, 'Kind x', 'prod', 'next-promotion', change)];
    expect(lines({ ...noEffects, changesProduction: true, highlights })).toEqual([
      `Kind x ${verb}: prod (with the promotion).`,
    ]);
  });

  it('names a path once that several clusters stumble over', () => {
    const notRendered = [notRenderedOf('x.yaml', 'encrypted'), notRenderedOf('x.yaml', 'encrypted')];
    expect(lines({ ...noEffects, changesProduction: true, notRendered })).toEqual([
      'Could not be told: what changes in x.yaml (it is encrypted).',
    ]);
  });

  it.each<[string, EffectsSummary | undefined, readonly string[], string]>([
    [
      'nothing as far as times are known',
      { ...noEffects, hasUnknownTimes: true, clusters: [cluster({ when: 'unknown', follows: undefined })] },
      [
        'As far as could be read, nothing changes in production.',
        'prod: when it changes cannot be told, for its source is not declared in the repository.',
      ],
      'As far as could be read, nothing changes in production. When it changes cannot be told: prod.',
    ],
    [
      'nothing more, once it was promoted,',
      { ...noEffects, clusters: [cluster({ when: 'at-merge', follows: { kind: 'tag', tag: 'v0.0.2' } })] },
      ['Production runs it already.', 'prod: live already, for it runs v0.0.2.'],
      'Production runs it already. Live already: prod.',
    ],
    [
      'nothing at all',
      noEffects,
      ['Nothing changes on any cluster. Nothing changes in production.'],
      'Nothing changes on any cluster. Nothing changes in production.',
    ],
    [
      'nothing in production',
      {
        ...noEffects,
        clusters: [
          cluster({ cluster: 'non-prod', when: 'at-merge', follows: { kind: 'branch', branch: 'main' } }),
        ],
      },
      ['Nothing changes in production.', 'non-prod: live already, since its merge to main.'],
      'Nothing changes in production. Live already: non-prod.',
    ],
    [
      'nothing that could be read',
      { ...noEffects, notRendered: [notRenderedOf('clusters/x', 'remote-base')] },
      [
        'As far as could be read, nothing changes in production.',
        'Could not be told: what changes in clusters/x (it takes something from outside the repository).',
      ],
      'As far as could be read, nothing changes in production. 1 path could not be read for this.',
    ],
    [
      'nobody knows what',
      undefined,
      ['What it changes on the clusters could not be worked out.'],
      'What it changes on the clusters could not be worked out.',
    ],
  ])('says that %s changes', (_what, effects, said, sentence) => {
    expect(lines(effects)).toEqual(said);
    expect(effectSentence(effects)).toBe(sentence);
  });

  it('names everything in one line', () => {
    const effects: EffectsSummary = {
      ...noEffects,
      changesProduction: true,
      clusters: [
        cluster(),
        cluster({ cluster: 'non-prod', when: 'at-merge' }),
        cluster({ cluster: 'old', when: 'suspended' }),
        cluster({ cluster: 'odd', when: 'unknown' }),
      ],
      tenants: [
        { name: 'dummy', clusters: [] },
        { name: 'shop', clusters: [] },
      ],
    };
    expect(effectSentence(effects)).toBe(
      'Changes prod when it is promoted. Live already: non-prod. Suspended now, so unchanged until resumed: old. When it changes cannot be told: odd. Tenants: dummy and shop.',
    );
    expect(lines(effects).slice(-2)).toEqual([
      'Tenant dummy: on no cluster yet.',
      'Tenant shop: on no cluster yet.',
    ]);
  });

  it('says what a promotion brings besides', () => {
    expect(behindText({ runs: 'v0.0.1', previous: 'v0.0.2' })).toBe(
      'Production runs v0.0.1, older than v0.0.2: a promotion brings what lies between them too.',
    );
  });

  it('counts what is too much', () => {
    const effects: EffectsSummary = {
      ...noEffects,
      changesProduction: true,
      clusters: Array.from({ length: 1000 }, (_, index) => cluster({ cluster: `c${index}` })),
      notRendered: Array.from({ length: 100 }, (_, index) => notRenderedOf(`p${index}`)),
    };
    expect(lines(effects)).toContain('and 940 more');
    expect(lines(effects).at(-1)).toMatch(
      /^Could not be told: what changes in p0 \(an overlay that does more than list files\), .* and 94 more\.$/,
    );
    expect(effectSentence(effects)).toContain('c7 and 992 more when it is promoted');
    expect(effectMarkdown(effects).length).toBeLessThan(20_000);
  });

  it.each(hostileTexts.map((text, index) => [index, text] as const))(
    'holds against hostile text %d',
    (_index, text) => {
      const effects: EffectsSummary = {
        ...noEffects,
        changesProduction: true,
        clusters: [cluster({ cluster: text, management: text, follows: { kind: 'tag', tag: text } })],
        tenants: [{ name: text, clusters: [placeOf(text, 'suspended')] }],
        highlights: [highlightOf('pruned', `Role ${text}/${text}`, text, 'at-merge')],
        notRendered: [notRenderedOf(text)],
      };
      expectMessage({ text: 'x', blocks: [richText(bullets(effectBullets(effects)))] });
      expect(effectMarkdown(effects)).not.toMatch(/@octo|<script|:\/\/evil/);
      expect(effectSentence(effects).length).toBeLessThan(2000);
    },
  );
});
