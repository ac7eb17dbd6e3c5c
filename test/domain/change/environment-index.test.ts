import { environmentIndex } from '../../../src/domain/change/environment-index.ts';
import { kustomization, policyOf, samplePlatform } from '../samples.ts';

const management = 'providers/aws/v1/mgmt';
const file = `${management}/namespaced/dark/k.yaml`;
const dark = { [file]: kustomization({ name: 'k', path: './apps', cluster: 'dark' }) };
const index = environmentIndex([samplePlatform(dark)], policyOf());

describe('which cluster belongs to which environment', () => {
  it('knows all of production and all others', () => {
    expect(index.production).toEqual(['prod']);
    expect(index.others).toContain('non-prod');
    expect(index.others).not.toContain('prod');
  });

  it.each([
    ['a prod cluster', 'two', management, true],
    ['a non-prod cluster', 'one', management, false],
    ['a cluster that nobody knows', 'three', management, true],
    ['a cluster whose environment nothing tells', 'dark', management, true],
    ['a management cluster', undefined, management, true],
    ['a cluster of that name elsewhere', 'one', 'providers/azure/v1/mgmt', true],
  ])('%s', (_what, cluster, folder, expected) => {
    expect(index.isProduction({ management: folder, cluster })).toBe(expected);
    expect(index.productionOf({ management: folder, cluster })).toEqual(['prod']);
  });

  it('counts a cluster that serves production in one state of two as production', () => {
    const moved = `${management}/namespaced/one/prod.yaml`;
    const after = samplePlatform({
      [moved]: kustomization({ name: 'p', namespace: 'one', path: './tenants/aws/prod', cluster: 'one' }),
    });
    for (const states of [
      [samplePlatform(), after],
      [after, samplePlatform()],
    ]) {
      expect(environmentIndex(states, policyOf()).isProduction({ management, cluster: 'one' })).toBe(true);
    }
  });

  it('takes nothing for harmless without any state', () => {
    expect(environmentIndex([], policyOf()).isProduction({ management, cluster: 'one' })).toBe(true);
  });
});
