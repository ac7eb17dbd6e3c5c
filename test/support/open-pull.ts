import type { PersonOnGitHub } from './person-on-github.ts';

/** Opens a pull request that writes one file, from a branch of its own; returns its number. */
export async function openPull(
  who: PersonOnGitHub,
  branch: string,
  path: string,
  text: string,
  title = `chore: change ${path}`,
): Promise<number> {
  const main = (await who.call('GET', '/git/ref/heads/main')) as { object: { sha: string } };
  await who.call('POST', '/git/refs', { ref: `refs/heads/${branch}`, sha: main.object.sha });
  const standing = (await who.call('GET', `/contents/${path}?ref=${branch}`).catch(() => ({}))) as {
    sha?: string;
  };
  await who.call('PUT', `/contents/${path}`, {
    message: title,
    content: Buffer.from(text).toString('base64'),
    branch,
    ...(standing.sha === undefined ? {} : { sha: standing.sha }),
  });
  const pull = (await who.call('POST', '/pulls', { title, head: branch, base: 'main', body: '' })) as {
    number: number;
  };
  return pull.number;
}
