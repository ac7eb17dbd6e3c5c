import { releaseNotes } from '../../../src/domain/release/release-notes.ts';
import { behind } from '../../../src/domain/release/running-versions.ts';
import { teamParts } from '../../../src/domain/release/team-parts.ts';
import { gitRepository, platformOf, policyOf } from '../samples.ts';
import { generatedOf, pullOf, rangeOf, repo } from './release-samples.ts';

const policy = policyOf(`
teams:
  - {name: Shop, channel: team-shop, tenants: [shop, 'cart-*']}
  - {name: Pay, channel: team-pay, tenants: [pay]}
`);

function partsOf(titles: readonly string[], changed: readonly string[] = []) {
  const pulls = titles.map((title, index) => pullOf(index + 1, title));
  const question = { repo, tag: 'v0.0.2', range: rangeOf(pulls), generated: generatedOf(pulls), leftOut: [] };
  return teamParts(policy.teams, releaseNotes(question, policy), changed).map(
    ({ team, tenants, entries }) => ({
      team: team.name,
      tenants,
      entries: entries.map(({ subject }) => subject),
    }),
  );
}

describe('a team is told', () => {
  it('of the entries that name its tenants, and of nothing else', () => {
    expect(partsOf(['tenants(shop): more memory', 'tenants(pay): x', 'feat: y'])).toEqual([
      { team: 'Shop', tenants: ['shop'], entries: ['more memory'] },
      { team: 'Pay', tenants: ['pay'], entries: ['x'] },
    ]);
  });

  it('of all that a title with several tenants names', () => {
    expect(partsOf(['tenants(shop, cart-eu, other): x'])).toEqual([
      { team: 'Shop', tenants: ['cart-eu', 'shop'], entries: ['x'] },
    ]);
  });

  it('of a tenant whose objects change though no title names it', () => {
    expect(partsOf(['feat: y'], ['pay', 'other'])).toEqual([{ team: 'Pay', tenants: ['pay'], entries: [] }]);
  });

  it('nothing when none of its tenants changes', () => {
    expect(partsOf(['tenants(other): x', 'feat(shop): y'], ['other'])).toEqual([]);
  });
});

describe('what production runs', () => {
  const platform = platformOf({
    'providers/aws/v1/mgmt/namespaced/flux-system/a.yaml': gitRepository('main', '{ branch: main }'),
    'providers/aws/v1/mgmt/namespaced/flux-system/b.yaml': gitRepository('release', '{ tag: v0.10.0 }'),
    'providers/azure/v1/mgmt/namespaced/flux-system/b.yaml': gitRepository('release', '{ tag: v0.9.0 }'),
    'providers/gcp/v1/mgmt/namespaced/flux-system/b.yaml': gitRepository('release', '{ tag: nightly }'),
  });

  it.each([
    ['v0.10.0', 'v0.9.0'],
    ['v1.0.0', 'v0.9.0'],
    ['v0.9.0', undefined],
    [undefined, undefined],
    ['nightly', undefined],
  ])('lies behind a release that goes on from %s by %s', (previous, runs) => {
    expect(behind(platform, previous, policy)).toEqual(runs && { runs, previous });
  });
});
