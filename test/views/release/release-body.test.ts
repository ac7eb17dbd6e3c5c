import { readFileSync } from 'node:fs';
import fc from 'fast-check';
import type { EffectsSummary } from '../../../src/domain/effects/summarise.ts';
import { readMarkdown } from '../../../src/views/release/read-markdown.ts';
import { releaseBody } from '../../../src/views/release/release-body.ts';
import { hostileTexts } from '../../domain/samples.ts';
import { highlightOf, noEffects, placeOf } from './effects-samples.ts';
import {
  direct,
  generatedOf,
  longTitle,
  manyPulls,
  notesOf,
  pull,
  rangeOf,
  repoUrl,
  sha,
} from './notes-samples.ts';

function golden(name: string): string {
  return readFileSync(new URL(`golden/${name}.golden.md`, import.meta.url), 'utf8');
}

const aws = 'providers/aws/v1/mgmt';
const mgmt = {
  cluster: undefined,
  management: aws,
  when: 'at-merge',
  follows: { kind: 'branch', branch: 'main' },
  kustomizations: ['flux-system/mgmt'],
  added: 0,
  changed: 0,
  deleted: 0,
  moved: 0,
  notRendered: 0,
  tenants: [],
} as const;

const eleven = pull(11, 'chore(release): promote v0.0.2 to aws prod');
const nine = pull(9, 'chore(release): promote aws prod to v0.0.1');
const ten = pull(10, 'tenants(dummy): increase compute quota');

describe("the model repository's releases on GitHub", () => {
  it('the first one lists all of the history', () => {
    const pulls = [
      pull(1, 'feat(helloworld): add operator deployment'),
      pull(2, 'feat(ingress): add nginx controller deployment'),
      pull(3, 'feat(access-control): add namespace admin and reader clusterroles'),
      pull(4, 'providers(aws): add prod and non-prod cluster configuration'),
      pull(5, 'providers(aws): add flux-system self-management'),
      pull(8, 'tenants(dummy): onboarding namespace to aws'),
      pull(6, 'providers(aws): add cluster deployment non-prod eu-west-1'),
      pull(7, 'providers(aws): add cluster deployment prod eu-west-1'),
    ];
    const range = rangeOf({
      from: undefined,
      to: sha('3a9fe65'),
      relation: 'first',
      pulls,
      direct: [direct('f2f8202', 'Initial commit')],
    });
    const generated = {
      ...generatedOf(pulls),
      newContributors: [{ login: 'berndonline', number: 1 }],
    };
    const effects: EffectsSummary = {
      clusters: [
        { ...mgmt, added: 12 },
        { ...mgmt, cluster: 'prod-eu-west-1', added: 40, tenants: ['dummy'] },
        { ...mgmt, cluster: 'non-prod-eu-west-1', added: 41, tenants: ['dummy'] },
      ],
      changesProduction: true,
      hasUnknownTimes: false,
      tenants: [
        {
          name: 'dummy',
          clusters: [placeOf('prod-eu-west-1', 'at-merge'), placeOf('non-prod-eu-west-1', 'at-merge')],
        },
      ],
      highlights: [
        highlightOf('cluster-rbac', 'ClusterRole namespace-admin', 'prod-eu-west-1', 'at-merge'),
        highlightOf('cluster-rbac', 'ClusterRole namespace-admin', 'non-prod-eu-west-1', 'at-merge'),
      ],
      notRendered: [],
    };
    const body = releaseBody({
      notes: notesOf('v0.0.1', range, generated),
      introduction: 'The platform stands.',
      effects,
      compareUrl: undefined,
    });
    expect(body).toBe(golden('v0.0.1'));
  });

  it('the second one holds a promotion', () => {
    const pulls = [nine, ten];
    const effects: EffectsSummary = {
      ...noEffects,
      clusters: [
        { ...mgmt, cluster: 'non-prod-eu-west-1', changed: 1, tenants: ['dummy'] },
        {
          ...mgmt,
          cluster: 'prod-eu-west-1',
          when: 'next-promotion',
          follows: { kind: 'tag', tag: 'v0.0.1' },
          changed: 1,
          tenants: ['dummy'],
        },
      ],
      changesProduction: true,
      tenants: [
        {
          name: 'dummy',
          clusters: [placeOf('non-prod-eu-west-1', 'at-merge'), placeOf('prod-eu-west-1', 'next-promotion')],
        },
      ],
    };
    const body = releaseBody({
      notes: notesOf('v0.0.2', rangeOf({ pulls })),
      introduction: '',
      effects,
      compareUrl: `${repoUrl}/compare/v0.0.1...v0.0.2`,
    });
    expect(body).toBe(golden('v0.0.2'));
  });

  it('the third one tells apart what a rewritten history holds twice', () => {
    const pulls = [
      eleven,
      pull(12, 'providers(aws): apply access-control feature to mgmt cluster'),
      pull(13, 'fix(aws): correct non-prod-eu-west-1 filenames'),
    ];
    const range = rangeOf({
      from: { name: 'v0.0.2', commit: sha('f622ec5') },
      to: sha('29bea00'),
      relation: 'diverged',
      pulls,
      held: [9, 10],
    });
    const body = releaseBody({
      notes: notesOf('v0.0.3', range, generatedOf([nine, ten, ...pulls])),
      introduction: '',
      effects: { ...noEffects, clusters: [{ ...mgmt, added: 2 }] },
      compareUrl: `${repoUrl}/compare/v0.0.2...v0.0.3`,
      behind: { runs: 'v0.0.1', previous: 'v0.0.2' },
    });
    expect(body).toBe(golden('v0.0.3'));
  });
});

/** Numbers of the list's entries and of those listed by number alone. */
function listed(body: string): readonly number[] {
  const entries = [...body.matchAll(/^- .*\(#(\d+)\) by @berndonline$/gm)].map(([, number]) =>
    Number(number),
  );
  const rest = /### And also\n\n(.*)/.exec(body)?.[1] ?? '';
  return [...entries, ...[...rest.matchAll(/#(\d+)/g)].map(([, number]) => Number(number))];
}

describe('the notes on GitHub', () => {
  it('list every pull request once and stay below what GitHub takes', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 0, max: 2000 }),
        fc.constantFrom(longTitle, () => '<&>@'.repeat(64)),
        (count, title) => {
          const pulls = manyPulls(count, title);
          const body = releaseBody({
            notes: notesOf('v0.0.2', rangeOf({ pulls })),
            introduction: 'i'.repeat(3000),
            effects: undefined,
            compareUrl: `${repoUrl}/compare/a...b`,
          });
          expect(body.length).toBeLessThanOrEqual(125_000);
          expect([...listed(body)].sort((a, b) => a - b)).toEqual(pulls.map(({ number }) => number));
        },
      ),
      {
        numRuns: 12,
        examples: [
          [2000, longTitle],
          [500, longTitle],
          [1, longTitle],
        ],
      },
    );
  });

  it('hold each entry within one item, whatever its title says', () => {
    for (const text of hostileTexts.map((each) => each.slice(0, 256))) {
      const body = releaseBody({
        notes: notesOf(
          'v1.0.0',
          rangeOf({ pulls: [pull(1, text), pull(2, `feat(${text.slice(0, 50)}): x`)] }),
        ),
        introduction: '',
        effects: undefined,
        compareUrl: undefined,
      });
      const kinds = new Set<string>();
      const walk = (node: { type: string; children?: readonly object[] }) => {
        kinds.add(node.type);
        for (const child of node.children ?? []) walk(child as typeof node);
      };
      walk(readMarkdown(body));
      expect(
        [...kinds].filter(
          (kind) => !['root', 'heading', 'list', 'listItem', 'paragraph', 'text', 'strong'].includes(kind),
        ),
      ).toEqual([]);
      expect(body).not.toContain('@octo');
      expect(body.match(/\(#[12]\) by @berndonline/g)?.length).toBe(2);
    }
  });

  it.each([
    ['a comment', 'Hello <!-- not yet'],
    ['a code block', 'Look:\n\n```yaml\na: b'],
    ['a block of HTML', '<pre>\nno end'],
    ['a details block', '<details>\n\n<script>\nx'],
    ['HTML in a list', '- a\n- <style>\n\nb'],
    ['HTML below far too many signs', `${'*['.repeat(500)}\n\n<pre>\nx`],
    ['a code block in a list', '- a\n\n  ```\n  b'],
    ['a comment in a quotation', '> <!--'],
    ['nothing but quotations', '> '.repeat(1000)],
  ])('go on below an introduction that leaves %s open', (_what, introduction) => {
    const body = releaseBody({
      notes: notesOf('v0.0.2', rangeOf({ pulls: [ten] })),
      introduction,
      effects: undefined,
      compareUrl: undefined,
    });
    const headings = readMarkdown(body).children.filter(({ type }) => type === 'heading');
    expect(headings.length).toBe(2);
  });

  it('keep an introduction as it was typed', () => {
    const introduction =
      'A **big** one, see [the plan](https://example.test).\n\n- one\n- two\n\n```\n<x>\n```';
    const body = releaseBody({
      notes: notesOf('v0.0.2', rangeOf({ pulls: [ten] })),
      introduction,
      effects: undefined,
      compareUrl: undefined,
    });
    expect(body.startsWith(`${introduction}\n\n### Tenants`)).toBe(true);
  });

  it('name who asked, and commits by their first digits', () => {
    const asked = pull(10, 'tenants(dummy): increase compute quota', {
      askedBy: { slackId: 'U0TENANT01' as never, name: 'Sam *Sample*' },
    });
    const body = releaseBody({
      notes: notesOf(
        'v0.0.2',
        rangeOf({ pulls: [asked], direct: [direct('abcdef123', 'quick fix', 'Jo @all')] }),
      ),
      introduction: '',
      effects: undefined,
      compareUrl: undefined,
    });
    expect(body).toContain(
      '- **dummy**: increase compute quota (#10) by @berndonline, asked for by Sam \\*Sample\\*',
    );
    expect(body).toContain(
      `- quick fix ([\`abcdef1\`](<${repoUrl}/commit/${sha('abcdef123')}>)) by Jo @\u200ball`,
    );
  });
});
