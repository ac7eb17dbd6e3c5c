import type { Warning } from '../../../src/domain/change/sheet.ts';
import type { Effect, ObjectChange } from '../../../src/domain/effects/effect.ts';
import { type PromotionContent, promotionBody } from '../../../src/views/change/promotion-body.ts';
import { hostileTexts } from '../../domain/samples.ts';

function objectOf(more: Partial<ObjectChange>): ObjectChange {
  return {
    apiVersion: 'v1',
    kind: 'ConfigMap',
    namespace: 'one',
    name: 'thing',
    path: 'x.yaml',
    change: 'changed',
    moved: undefined,
    pruned: false,
    tenant: undefined,
    highlights: [],
    ...more,
  };
}

function effectOf(objects: readonly ObjectChange[], more: Partial<Effect> = {}): Effect {
  return {
    kustomization: 'two/tenants-prod',
    cluster: 'two',
    management: 'providers/aws/v1/mgmt',
    when: 'next-promotion',
    follows: { kind: 'tag', tag: 'v0.0.1' },
    files: [],
    objects,
    notRendered: [],
    ...more,
  };
}

function contentOf(more: Partial<PromotionContent> = {}): PromotionContent {
  return {
    place: 'aws prod',
    from: { kind: 'tag', tag: 'v0.0.1' },
    to: 'v0.0.3',
    releases: [
      {
        tag: 'v0.0.3',
        url: 'https://git.example/r/releases/tag/v0.0.3',
        body: '### Features\n\n- third (#3)',
      },
      { tag: 'v0.0.2', url: 'https://git.example/r/releases/tag/v0.0.2', body: '- second (#2)' },
    ],
    effects: [effectOf([objectOf({})])],
    warnings: [],
    change: 7,
    compareUrl: 'https://git.example/r/compare/v0.0.1...v0.0.3',
    ...more,
  };
}

describe('the body of a promotion', () => {
  it('says from which version to which, then the warnings, the objects, and the notes of skipped releases too', () => {
    const body = promotionBody(
      contentOf({
        warnings: [{ kind: 'pruned', objects: 1 }],
        effects: [
          effectOf(
            [
              objectOf({ name: 'fresh', change: 'added' }),
              objectOf({ name: 'gone', change: 'deleted', pruned: true }),
              objectOf({ name: 'left', change: 'deleted' }),
              objectOf({
                name: 'went',
                change: 'moved',
                moved: { from: 'two/a', to: 'two/b' },
                pruned: true,
              }),
            ],
            { notRendered: [{ path: 'tenants/x.yaml', why: 'encrypted', tenant: undefined }] },
          ),
          effectOf([objectOf({ namespace: undefined })], {
            cluster: undefined,
            kustomization: 'flux-system/rbac',
          }),
        ],
      }),
    );
    expect(body).toMatchInlineSnapshot(`
"Promotes **aws prod** from \`v0.0.1\` to \`v0.0.3\`.

Change 7. [All changes](<https://git.example/r/compare/v0.0.1...v0.0.3>)

### Warnings

- ⚠️ Deletes 1 object from clusters.

### What it does

#### two

- \`two/tenants-prod\`
  - **deleted by pruning**: \`ConfigMap one/gone\`
  - declared no more, stays in the cluster: \`ConfigMap one/left\`
  - moved from \`two/a\` to \`two/b\`, deleted in between if the first is quicker: \`ConfigMap one/went\`
  - added: \`ConfigMap one/fresh\`

#### management cluster providers/aws/v1/mgmt

- \`flux-system/rbac\`
  - changed: \`ConfigMap thing\`

### Not rendered

- \`tenants/x.yaml\`: it is encrypted (\`two/tenants-prod\` on two)

### Releases

#### [v0.0.3](<https://git.example/r/releases/tag/v0.0.3>)

###### Features

- third (#3)

#### [v0.0.2](<https://git.example/r/releases/tag/v0.0.2>)

- second (#2)"
`);
  });

  it('names the branch that the first promotion leaves', () => {
    expect(promotionBody(contentOf({ from: { kind: 'branch', branch: 'main' } }))).toContain(
      'Promotes **aws prod** from the branch `main` to `v0.0.3`.',
    );
  });

  it.each([
    [undefined, 'What it changes on the clusters could not be worked out.'],
    [[], 'No object changes on any cluster.'],
    [
      [effectOf([], { notRendered: [{ path: 'x', why: 'overlay' as const, tenant: undefined }] })],
      'As far as could be rendered, no object changes on any cluster.',
    ],
  ])('does not call the unknown nothing: %j', (effects, text) => {
    expect(promotionBody(contentOf({ effects }))).toContain(text);
  });

  const warnings: readonly Warning[] = [
    { kind: 'downgrade', from: 'v2.0.0', to: 'v1.0.0' },
    { kind: 'not-on-default-branch', tag: 'v1' },
    { kind: 'tag-missing', tag: 'v1' },
    { kind: 'namespaces-removed', names: ['a', 'b'] },
    { kind: 'crds', names: ['x.example'] },
    { kind: 'cluster-rbac', names: ['ClusterRole admin'] },
    { kind: 'quota-cut', names: ['a/quota'] },
    { kind: 'moved', objects: 2 },
    { kind: 'policy' },
    { kind: 'not-rendered', files: 3 },
  ];

  it('has a sentence for every warning, before what it does', () => {
    const body = promotionBody(contentOf({ warnings }));
    expect(body.slice(body.indexOf('### Warnings'), body.indexOf('### What it does'))).toMatchInlineSnapshot(`
"### Warnings

- ⚠️ Goes back: from v2.0.0 to the older v1.0.0.
- ⚠️ v1 is not on the default branch.
- ⚠️ There is no tag v1.
- ⚠️ Removes 2 namespaces with all in them: a and b.
- ⚠️ Changes the custom resource definition: x.example.
- ⚠️ Changes rights on whole clusters: ClusterRole admin.
- ⚠️ Cuts the quota: a/quota.
- ⚠️ Moves 2 objects from one Kustomization to another; they may be deleted on the way.
- ⚠️ Changes the policy itself: who approves, and when.
- ⚠️ What 3 files would do could not be told.

"
`);
  });

  it('is cut honestly where there is too much of everything', () => {
    const objects = Array.from({ length: 5_000 }, (_, index) =>
      objectOf({ name: `thing-${index}`, change: 'deleted', pruned: true }),
    );
    const notRendered = Array.from({ length: 1_000 }, (_, index) => ({
      path: `tenants/${index}.yaml`,
      why: 'encrypted' as const,
      tenant: undefined,
    }));
    const releases = Array.from({ length: 300 }, (_, index) => ({
      tag: `v0.${300 - index}.0`,
      url: `https://git.example/r/releases/tag/v0.${300 - index}.0`,
      body: `- entry\n`.repeat(700),
    }));
    const body = promotionBody(contentOf({ effects: [effectOf(objects, { notRendered })], releases }));
    expect(body.length).toBeLessThanOrEqual(60_000);
    expect(body).toMatch(
      /\*\*Cut here\*\*: (\d+) of 5000 objects are not shown, \*\*\1 of them deleted by pruning/,
    );
    expect(body).toMatch(/\*\*Cut here\*\*: \d+ more are not rendered/);
    expect(body).toMatch(/\*\*Cut here\*\*: \d+ of 70[01] lines of these notes are not shown/);
    expect(body).toMatch(/\*\*Cut here\*\*: the notes of \d+ more are not shown/);
  });

  it.each(hostileTexts.map((text) => [text.slice(0, 40), text]))(
    'stays within its bounds with %j',
    (_, text) => {
      const body = promotionBody(
        contentOf({
          place: text,
          to: text,
          releases: [
            { tag: text, url: text, body: text },
            { tag: text, url: text, body: text },
          ],
          effects: [
            effectOf([objectOf({ name: text, namespace: text })], { cluster: text, kustomization: text }),
          ],
          warnings: [{ kind: 'crds', names: [text, text] }],
          compareUrl: text,
        }),
      );
      expect(body.length).toBeLessThanOrEqual(60_000);
      // GitHub finds nothing in code.
      const prose = body.replace(/(?<!`)(`+)(?!`).*?(?<!`)\1(?!`)/gs, '');
      expect(prose).not.toMatch(/@[A-Za-z0-9]|&#|&commat/);
      expect(prose).not.toMatch(/<[a-gi-z!/]/i);
    },
  );

  it('closes no issue, calls nobody and hides nothing by what a release says', () => {
    const text = 'fixes #1, Closes: octo/repo#2\nby @octocat <!-- hidden\n```\nopen';
    const body = promotionBody(
      contentOf({
        releases: [
          { tag: 'v1', url: 'x', body: text },
          { tag: 'v0', url: 'x', body: 'last' },
        ],
      }),
    );
    expect(body).not.toMatch(/(?:fixes|closes):? /i);
    expect(body).not.toContain('@octocat');
    expect(body).not.toContain('<!--');
    expect(body).toContain('open\n```\n\n#### v0\n\nlast');
  });
});
