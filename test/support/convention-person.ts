import { openPull } from './open-pull.ts';
import type { PersonOnGitHub } from './person-on-github.ts';

export function configMapText(name: string, namespace: string): string {
  return `apiVersion: v1\nkind: ConfigMap\nmetadata:\n  name: ${name}\n  namespace: ${namespace}\ndata:\n  a: "1"\n`;
}

/** Opens a pull request that writes files, from a branch of its own; returns its number. */
export async function openFiles(
  who: PersonOnGitHub,
  branch: string,
  title: string,
  files: Readonly<Record<string, string>>,
): Promise<number> {
  const [first, ...others] = Object.entries(files);
  if (first === undefined) throw new Error('a pull request writes a file');
  const pull = await openPull(who, branch, ...first, title);
  for (const [path, text] of others) await pushFile(who, branch, path, text);
  return pull;
}

/** Commits a file to a branch. */
export async function pushFile(
  who: PersonOnGitHub,
  branch: string,
  path: string,
  text: string,
): Promise<void> {
  const standing = (await who.call('GET', `/contents/${path}?ref=${branch}`).catch(() => ({}))) as {
    readonly sha?: string;
  };
  await who.call('PUT', `/contents/${path}`, {
    message: `chore: write ${path}`,
    content: Buffer.from(text).toString('base64'),
    branch,
    ...(standing.sha === undefined ? {} : { sha: standing.sha }),
  });
}
