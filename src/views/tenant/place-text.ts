import type { FolderStanding } from '../../domain/tenant-life/tenant-standing.ts';

/** A folder of a tenant in words: `aws, every environment` for the shared one. */
export function placeText(
  { cloud, folder }: Pick<FolderStanding, 'cloud' | 'folder'>,
  shared: string,
): string {
  return folder === shared ? `${cloud}, every environment` : `${cloud}, ${folder}`;
}
