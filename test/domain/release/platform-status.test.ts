import type { CommitSha } from '../../../src/domain/ids.ts';
import { platformStatus, type StatusFacts } from '../../../src/domain/release/platform-status.ts';
import type { NoteEntry } from '../../../src/domain/release/release-notes.ts';
import {
  gitRepository,
  kustomization,
  platformOf,
  policyOf,
  sampleFiles,
  samplePlatform,
} from '../samples.ts';

const at = (name: string) => ({ name, commit: 'a'.repeat(40) as CommitSha });
const release = (tag: string, isDraft = false) => ({
  id: 1,
  tag,
  url: 'https://example.test',
  isDraft,
  isPrerelease: false,
  publishedAt: undefined,
  updatedAt: '',
});
const facts: StatusFacts = { tags: [], releases: [], entries: [], openPulls: [] };
const entry: NoteEntry = {
  source: { kind: 'pull', number: 12, url: 'https://example.test/pull/12' },
  scope: 'feat',
  area: undefined,
  subject: 'x',
  isBreaking: false,
  author: undefined,
  askedBy: undefined,
};

describe("the platform's status", () => {
  it('tells what each cluster runs, production last', () => {
    const { clusters } = platformStatus(samplePlatform(), policyOf(), facts);
    expect(clusters).toEqual([
      {
        cluster: undefined,
        management: 'providers/aws/v1/mgmt',
        environments: [],
        production: false,
        runs: [{ follows: { kind: 'branch', branch: 'main' }, kustomizations: 1, suspended: 0 }],
      },
      {
        cluster: 'one',
        management: 'providers/aws/v1/mgmt',
        environments: ['non-prod'],
        production: false,
        runs: [{ follows: { kind: 'branch', branch: 'main' }, kustomizations: 2, suspended: 0 }],
      },
      {
        cluster: 'two',
        management: 'providers/aws/v1/mgmt',
        environments: ['prod'],
        production: true,
        runs: [{ follows: { kind: 'tag', tag: 'v1.2.3' }, kustomizations: 2, suspended: 0 }],
      },
    ]);
  });

  it.each([
    ['the Kustomization', gitRepository('release', '{ tag: v1.2.3 }'), '  suspend: true\n', 1],
    ['the source', gitRepository('release', '{ tag: v1.2.3 }', '  suspend: true\n'), '', 2],
  ])('tells that %s is suspended', (_what, source, more, suspended) => {
    const mgmt = 'providers/aws/v1/mgmt/namespaced';
    const platform = platformOf({
      ...sampleFiles,
      [`${mgmt}/flux-system/gitrepository-release.yaml`]: source,
      [`${mgmt}/two/kustomization-prod.yaml`]: kustomization({
        name: 'tenants-prod',
        namespace: 'two',
        path: 'tenants/aws/prod',
        source: 'release',
        cluster: 'two',
        more,
      }),
    });
    const { clusters } = platformStatus(platform, policyOf(), facts);
    expect(clusters.at(-1)?.runs).toEqual([
      { follows: { kind: 'tag', tag: 'v1.2.3' }, kustomizations: 2, suspended },
    ]);
  });

  it('does not guess at a source that is not declared', () => {
    const platform = samplePlatform({
      'providers/aws/v1/mgmt/namespaced/two/kustomization-more.yaml': kustomization({
        name: 'more',
        namespace: 'two',
        path: './features/x',
        source: 'elsewhere',
        cluster: 'two',
      }),
    });
    const { clusters } = platformStatus(platform, policyOf(), facts);
    expect(clusters.at(-1)?.runs).toContainEqual({ follows: undefined, kustomizations: 1, suspended: 0 });
  });

  it('tells what waits and what the next version would be', () => {
    const tags = [at('v0.1.0'), at('v0.0.9'), at('nightly')];
    expect(platformStatus(samplePlatform(), policyOf(), { ...facts, tags, entries: [entry] })).toMatchObject({
      last: 'v0.1.0',
      waiting: { entries: [entry], proposal: { tag: 'v0.2.0', reason: { kind: 'feature' } } },
    });
    expect(
      platformStatus(samplePlatform(), policyOf(), { ...facts, tags, entries: undefined }).waiting,
    ).toBeUndefined();
  });

  it('tells promotions and requests from other pull requests', () => {
    const pull = (number: number, title: string) => ({ number, url: 'https://example.test', title });
    const openPulls = [
      pull(1, 'chore(release): promote v0.0.3 to aws prod'),
      pull(2, 'tenants(shop): onboarding namespace to aws'),
      pull(3, 'chore(release): prepare'),
      pull(4, 'Fix things'),
    ];
    const { promotions, requests } = platformStatus(samplePlatform(), policyOf(), { ...facts, openPulls });
    expect(promotions.map(({ number }) => number)).toEqual([1]);
    expect(requests.map(({ number }) => number)).toEqual([2]);
  });

  it.each([
    [
      'above the last release',
      ['v0.0.9', 'v0.0.10', 'v0.0.1', 'latest', 'v0.0.2'],
      [release('v0.0.1'), release('v0.0.9', true)],
      ['v0.0.10', 'v0.0.9', 'v0.0.2'],
    ],
    ['but not below it', ['v0.0.1', 'v0.0.2'], [release('v0.0.2')], []],
    ['and only the newest where there never was one', ['v0.0.1', 'v0.0.2'], [], ['v0.0.2']],
    ['without any version', ['latest'], [], []],
  ])('finds tags without a release %s', (_what, tags, releases, found) => {
    const status = platformStatus(samplePlatform(), policyOf(), { ...facts, tags: tags.map(at), releases });
    expect(status.tagsWithoutRelease).toEqual(found);
  });
});
