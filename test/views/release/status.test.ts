import type { ClusterStatus, PlatformStatus } from '../../../src/domain/release/platform-status.ts';
import { statusView } from '../../../src/views/release/status.ts';
import { hostileTexts } from '../../domain/samples.ts';
import { longTitle, manyPulls, notesOf, pull, rangeOf, repoUrl } from './notes-samples.ts';
import { expectView, readAloud } from './slack-checks.ts';

const management = 'providers/aws/v1/mgmt';
const mgmt: ClusterStatus = {
  cluster: undefined,
  management,
  environments: [],
  production: false,
  runs: [{ follows: { kind: 'branch', branch: 'main' }, kustomizations: 3, suspended: 1 }],
};
const prod: ClusterStatus = {
  cluster: 'prod-eu-west-1',
  management,
  environments: ['prod'],
  production: true,
  runs: [
    { follows: { kind: 'tag', tag: 'v0.0.2' }, kustomizations: 4, suspended: 0 },
    { follows: undefined, kustomizations: 1, suspended: 1 },
  ],
};
const entries = notesOf(
  'v0.0.3',
  rangeOf({ pulls: [pull(13, 'fix(aws): correct filenames')] }),
).sections.flatMap((each) => each.entries);

function statusOf(more: Partial<PlatformStatus> = {}): PlatformStatus {
  return {
    clusters: [mgmt, prod],
    last: 'v0.0.2',
    waiting: { entries, proposal: { tag: 'v0.0.3', reason: { kind: 'rest' } } },
    promotions: [
      { number: 11, url: `${repoUrl}/pull/11`, title: 'chore(release): promote v0.0.2 to aws prod' },
    ],
    requests: [
      { number: 14, url: `${repoUrl}/pull/14`, title: 'tenants(shop): onboarding namespace to aws' },
    ],
    tagsWithoutRelease: ['v0.0.2'],
    ...more,
  };
}

describe("the platform's status", () => {
  it('is what runs, what waits and what is under way', () => {
    const view = statusView(statusOf());
    expectView(view);
    expect(readAloud(view.blocks)).toBe(
      `What runs
management cluster providers/aws/v1/mgmt: branch main (1 suspended)
prod-eu-west-1 (prod, production): tag v0.0.2 (4 Kustomizations) and a source that the repository does not declare (1 Kustomization, suspended)
What waits for the next release
Last release: v0.0.2. 1 change waits. Next version: v0.0.3, since nothing in it is a feature or a breaking change.
aws: correct filenames (#13) by @berndonline
⚠️ Tag v0.0.2 has no release on GitHub. It counts as released; publish a release there if it should be announced.
What is under way
Promotions (1)
#11 chore(release): promote v0.0.2 to aws prod
Requests for tenants (1)
#14 tenants(shop): onboarding namespace to aws`,
    );
  });

  it.each<[string, Partial<PlatformStatus>, string]>([
    ['nothing runs', { clusters: [] }, 'The repository declares no Kustomization.'],
    [
      'nothing waits',
      { waiting: { entries: [], proposal: { tag: 'v1', reason: { kind: 'rest' } } } },
      'Last release: v0.0.2. Nothing waits.',
    ],
    [
      'nobody can tell what waits',
      { waiting: undefined, last: undefined },
      'There is no release yet. What waits cannot be told just now.',
    ],
    ['nothing is under way', { promotions: [], requests: [] }, 'Nothing is under way.'],
  ])('says so where %s', (_what, more, said) => {
    const view = statusView(statusOf(more));
    expectView(view);
    expect(readAloud(view.blocks)).toContain(said);
  });

  it('stays within what Slack takes', () => {
    const many = notesOf('v1', rangeOf({ pulls: manyPulls(500, longTitle) })).sections.flatMap(
      (each) => each.entries,
    );
    const pulls = Array.from({ length: 300 }, (_, index) => ({
      number: index,
      url: `${repoUrl}/pull/1`,
      title: 'x'.repeat(256),
    }));
    const view = statusView(
      statusOf({
        clusters: Array.from({ length: 500 }, (_, index) => ({ ...prod, cluster: `c${index}` })),
        waiting: { entries: many, proposal: { tag: 'v1', reason: { kind: 'rest' } } },
        promotions: pulls,
        requests: pulls,
        tagsWithoutRelease: Array.from({ length: 100 }, (_, index) => `v${index}.0.0`),
      }),
    );
    expectView(view);
    expect(readAloud(view.blocks)).toContain('and 440 more');
    for (const text of hostileTexts) {
      const runs = [{ follows: { kind: 'other', text } as const, kustomizations: 1, suspended: 0 }];
      expectView(
        statusView(
          statusOf({
            clusters: [{ ...prod, cluster: text, environments: [text, text], runs }],
            last: text,
            tagsWithoutRelease: [text],
            promotions: [{ number: 1, url: text, title: text }],
          }),
        ),
      );
    }
  });
});
