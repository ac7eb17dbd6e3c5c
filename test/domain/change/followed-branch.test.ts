import { environmentsFollowing } from '../../../src/domain/change/followed-branch.ts';
import { gitRepository, policyOf, samplePlatform } from '../samples.ts';

const folder = 'providers/aws/v1/mgmt/namespaced/flux-system';

describe('a branch', () => {
  it.each<[string, string, string, readonly string[]]>([
    ['that nothing follows concerns no production', 'release', 'feature', []],
    ['that production follows concerns it', 'release', 'live', ['prod']],
    ['that only non-production follows concerns no production', 'staging', 'live', []],
    ['that a management cluster follows concerns what hangs on that', 'staging', 'main', ['prod']],
  ])('%s', (_what, name, branch, expected) => {
    const file = `${folder}/gitrepository-${name}.yaml`;
    const platform = samplePlatform({ [file]: gitRepository(name, '{ branch: live }') });
    expect(environmentsFollowing(branch, platform, policyOf())).toEqual(expected);
  });
});
