import { groupsOf, type Installed, type Resource, resourcesOf, versionsOf } from '../resources.ts';

type Body = Readonly<Record<string, unknown>>;

/** `/version`, `/api`, `/apis` and what is below them; undefined for every other path. */
export function discovery(installed: Installed, path: string, address: string): Body | undefined {
  const parts = path.split('/').filter((part) => part !== '');
  if (path === '/version') return VERSION;
  if (path === '/api') {
    const serverAddressByClientCIDRs = [{ clientCIDR: '0.0.0.0/0', serverAddress: address }];
    return { kind: 'APIVersions', versions: ['v1'], serverAddressByClientCIDRs };
  }
  if (path === '/api/v1') return resourceList('v1', resourcesOf(''));
  if (path === '/apis') {
    const groups = groupsOf(installed).map((group) => apiGroup(installed, group));
    return { kind: 'APIGroupList', apiVersion: 'v1', groups };
  }
  const [root, group = '', version = ''] = parts;
  const versions = root === 'apis' ? versionsOf(installed, group) : [];
  if (parts.length === 2 && versions.length > 0)
    return { kind: 'APIGroup', apiVersion: 'v1', ...apiGroup(installed, group) };
  if (parts.length === 3 && versions.includes(version))
    return resourceList(`${group}/${version}`, resourcesOf(group));
  return undefined;
}

const VERSION: Body = {
  major: '1',
  minor: '34',
  gitVersion: 'v1.34.2',
  gitTreeState: 'clean',
  platform: 'linux/amd64',
};

function apiGroup(installed: Installed, name: string): Body {
  const versions = versionsOf(installed, name).map((version) => ({
    groupVersion: `${name}/${version}`,
    version,
  }));
  return { name, versions, preferredVersion: versions[0] };
}

function resourceList(groupVersion: string, resources: readonly Resource[]): Body {
  return { kind: 'APIResourceList', apiVersion: 'v1', groupVersion, resources: resources.flatMap(entries) };
}

function entries({ plural, singular, kind, namespaced, shortNames, status }: Resource): readonly Body[] {
  const verbs = ['get', 'list', 'patch', 'watch'];
  const main = { name: plural, singularName: singular, namespaced, kind, verbs, shortNames };
  if (!status) return [main];
  return [main, { name: `${plural}/status`, singularName: '', namespaced, kind, verbs: ['get', 'patch'] }];
}
