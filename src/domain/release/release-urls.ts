/**
 * GitHub's page of what lies between two tags; undefined for the first release.
 *
 * @param repoUrl the repository's page.
 */
export function compareUrl(repoUrl: string, previous: string | undefined, tag: string): string | undefined {
  if (previous === undefined) return undefined;
  return `${repoUrl}/compare/${encodeURIComponent(previous)}...${encodeURIComponent(tag)}`;
}
