/**
 * Where on the sandbox's page a link to its GitHub leads, as a fragment; undefined when the page shows no such thing.
 *
 * @param path below the GitHub's address, such as `/sandbox-org/platform/pull/13/files`.
 */
export function pageFragment(path: string, ownerAndName: string): string | undefined {
  const root = `/${ownerAndName}`;
  if (path === root || path === `${root}/`) return '#/pulls';
  if (!path.startsWith(`${root}/`)) return undefined;
  const [kind, ...rest] = path.slice(root.length + 1).split('/');
  switch (kind) {
    case 'pulls':
      return '#/pulls';
    case 'pull':
    case 'issues':
      return rest[0] ? `#/pull/${rest[0]}${rest[1] === 'files' ? '/files' : ''}` : '#/pulls';
    case 'tree':
    case 'blob':
      return `#/files/${rest.join('/')}`;
    case 'commit':
    case 'commits':
      return rest[0] ? `#/commit/${rest[0]}` : undefined;
    case 'compare':
      return rest[0]?.includes('...') ? `#/compare/${rest.join('/')}` : undefined;
    case 'releases':
      return rest[0] === 'tag' && rest[1] ? `#/releases/${rest.slice(1).join('/')}` : '#/releases';
    case 'tags':
      return '#/releases';
    default:
      return undefined;
  }
}
