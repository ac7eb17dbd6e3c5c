import { promotionPlaces } from '../../../src/domain/promotion/promotion-places.ts';
import { gitRepository, kustomization, platformOf, policyOf, sampleFiles } from '../samples.ts';

const mgmt = 'providers/aws/v1/mgmt/namespaced';

/** Places in short: name, source, wave. */
function placesOf(files: Readonly<Record<string, string>>, policyText?: string) {
  const policy = policyOf(policyText);
  return promotionPlaces(platformOf(files, policy), policy).map(({ name, source, wave }) => [
    name,
    source.name,
    wave,
  ]);
}

/** The sample's files as another management cluster has them. */
function elsewhere(cloud: string, version: string): Readonly<Record<string, string>> {
  const own = Object.entries(sampleFiles).filter(([path]) => path.startsWith('providers/'));
  return Object.fromEntries(
    own.map(([path, text]) => [
      path.replace('providers/aws/v1', `providers/${cloud}/${version}`),
      text
        .replaceAll('tenants/aws', `tenants/${cloud}`)
        .replaceAll('providers/aws/v1', `providers/${cloud}/${version}`),
    ]),
  );
}

describe('the places of a promotion', () => {
  it('are one per management cluster, by the source that its production follows', () => {
    const files = { ...sampleFiles, ...elsewhere('azure', 'v1'), ...elsewhere('aws', 'v2') };
    expect(placesOf(files)).toEqual([
      ['aws-v1-prod', 'release', 0],
      ['aws-v2-prod', 'release', 0],
      ['azure-v1-prod', 'release', 0],
    ]);
  });

  it('are told by what is followed, whatever the source and its file are called', () => {
    const { [`${mgmt}/flux-system/gitrepository-release.yaml`]: _, ...rest } = sampleFiles;
    const files = Object.fromEntries(
      Object.entries(rest).map(([path, text]) => [path, text.replace('name: release', 'name: stable')]),
    );
    const all = `${gitRepository('other', '{ tag: v9 }')}---\n${gitRepository('stable', '{ branch: main }').replace('/v1', '/v1beta2')}`;
    expect(placesOf({ ...files, [`${mgmt}/all.yaml`]: all })).toEqual([['aws-v1-prod', 'stable', 0]]);
  });

  it('are never a source that another environment or the management cluster itself follows', () => {
    const onMain = Object.fromEntries(
      Object.entries(sampleFiles).map(([path, text]) => [path, text.replace('name: release', 'name: main')]),
    );
    delete onMain[`${mgmt}/flux-system/gitrepository-release.yaml`];
    expect(placesOf(onMain)).toEqual([]);
    expect(placesOf(onMain, 'changes:\n  source: main\n')).toEqual([]);
    const shared = kustomization({
      name: 'x',
      namespace: 'one',
      path: './tenants/aws/non-prod',
      source: 'release',
      cluster: 'one',
    });
    expect(placesOf({ ...sampleFiles, [`${mgmt}/one/x.yaml`]: shared })).toEqual([]);
    const itself = kustomization({ name: 'self', path: './providers/aws', source: 'release' });
    expect(placesOf({ ...sampleFiles, [`${mgmt}/self.yaml`]: itself })).toEqual([]);
  });

  it('are the one that the policy names where nothing follows any yet', () => {
    const {
      [`${mgmt}/two/kustomization-common.yaml`]: _,
      [`${mgmt}/two/kustomization-prod.yaml`]: __,
      ...files
    } = sampleFiles;
    expect(placesOf(files)).toEqual([['aws-v1-prod', 'release', 0]]);
    expect(placesOf(files, 'changes:\n  source: other\n')).toEqual([]);
  });

  it('leave out a source of the policy that is another repository', () => {
    const {
      [`${mgmt}/two/kustomization-common.yaml`]: _,
      [`${mgmt}/two/kustomization-prod.yaml`]: __,
      ...files
    } = sampleFiles;
    const other = gitRepository('release', '{ tag: v1 }').replace('sample/platform', 'sample/other');
    expect(placesOf({ ...files, [`${mgmt}/flux-system/gitrepository-release.yaml`]: other })).toEqual([]);
  });

  it('bear the name of their source where one cluster has several', () => {
    const three = kustomization({
      name: 'x',
      namespace: 'three',
      path: './tenants/aws/prod',
      source: 'slow',
      cluster: 'three',
    });
    const files = {
      ...sampleFiles,
      [`${mgmt}/three/x.yaml`]: three,
      [`${mgmt}/slow.yaml`]: gitRepository('slow', '{ tag: v1 }'),
    };
    expect(placesOf(files)).toEqual([
      ['aws-v1-prod-release', 'release', 0],
      ['aws-v1-prod-slow', 'slow', 0],
    ]);
  });

  it('are in the order of the waves, those that none names last', () => {
    const files = { ...sampleFiles, ...elsewhere('azure', 'v1'), ...elsewhere('gcp', 'v2') };
    expect(
      placesOf(
        files,
        'changes:\n  waves:\n    - places: ["gcp-*"]\n    - places: ["*-v1-*od", "gcp-v2-prod"]\n',
      ),
    ).toEqual([
      ['gcp-v2-prod', 'release', 0],
      ['aws-v1-prod', 'release', 1],
      ['azure-v1-prod', 'release', 1],
    ]);
    expect(
      placesOf(files, 'changes:\n  waves:\n    - places: ["azure*"]\n').map(([name, , wave]) => [name, wave]),
    ).toEqual([
      ['azure-v1-prod', 0],
      ['aws-v1-prod', 1],
      ['gcp-v2-prod', 1],
    ]);
  });
});
