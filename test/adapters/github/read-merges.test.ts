import { REPO, type SandboxGitHub, startSandboxGitHub } from './sandbox-github.ts';

let github: SandboxGitHub;

beforeAll(async () => {
  github = await startSandboxGitHub();
});
afterAll(async () => github?.close());

type Method = 'merge' | 'squash' | 'rebase';

/** Opens a pull request with some commits, each of a file of its own. */
async function open(branch: string, files: readonly string[], base = 'main'): Promise<number> {
  const at = await github.head(base);
  await github.rest('pat-platform', 'POST', `/repos/${REPO}/git/refs`, {
    ref: `refs/heads/${branch}`,
    sha: at,
  });
  for (const file of files) {
    await github.rest('pat-platform', 'PUT', `/repos/${REPO}/contents/${file}`, {
      message: `Add ${file}`,
      branch,
      content: Buffer.from(file).toString('base64'),
    });
  }
  const body = { title: `Add ${branch}`, head: branch, base, body: '' };
  return ((await github.rest('pat-platform', 'POST', `/repos/${REPO}/pulls`, body)) as { number: number })
    .number;
}

async function merge(number: number, method: Method): Promise<void> {
  await github.rest('pat-platform', 'PUT', `/repos/${REPO}/pulls/${number}/merge`, { merge_method: method });
}

const read = (recent: number, numbers: readonly number[] = []) =>
  github.repository().readMerges(REPO, { recent, numbers });

describe('what was merged', () => {
  it.each<Method>(['squash', 'merge', 'rebase'])(
    'stood before it at the head of the default branch, however it was merged: %s',
    async (method) => {
      const number = await open(`with-${method}`, [`${method}-1.txt`, `${method}-2.txt`, `${method}-3.txt`]);
      const before = await github.head();
      await merge(number, method);
      const { merges, defaultBranch } = await read(5);
      expect(defaultBranch).toBe('main');
      expect(merges.get(number)).toMatchObject({
        number,
        title: `Add with-${method}`,
        base: 'main',
        commit: await github.head(),
        parent: before,
        at: expect.any(Number),
      });
    },
  );

  it('of one commit costs one request, and one of several that were rebased a second', async () => {
    const one = await open('one-commit', ['one.txt']);
    await merge(one, 'rebase');
    github.calls();
    const { merges } = await read(1);
    expect(merges.has(one)).toBe(true);
    expect(github.calls()).toHaveLength(1);
  });

  it('is found by number, too; what is open, closed, or no pull request is left out', async () => {
    const waiting = await open('waiting', ['waiting.txt']);
    const closed = await open('closed', ['closed.txt']);
    await github.rest('pat-platform', 'PATCH', `/repos/${REPO}/pulls/${closed}`, { state: 'closed' });
    const old = await open('old', ['old.txt']);
    await merge(old, 'squash');
    const { merges } = await read(1, [old, waiting, closed, 999]);
    expect([...merges.keys()]).toEqual([old]);
  });

  it('is read in several queries where more are named than one takes', async () => {
    const number = await open('many', ['many.txt']);
    await merge(number, 'squash');
    github.calls();
    const others = Array.from({ length: 150 }, (_, index) => 10_000 + index);
    const { merges } = await read(1, [...others, number]);
    expect(merges.get(number)?.title).toBe('Add many');
    expect(github.calls()).toHaveLength(2);
  });

  it('on another branch says so', async () => {
    await github.rest('pat-platform', 'POST', `/repos/${REPO}/git/refs`, {
      ref: 'refs/heads/other',
      sha: await github.head(),
    });
    const number = await open('elsewhere', ['elsewhere.txt'], 'other');
    await merge(number, 'squash');
    expect((await read(1)).merges.get(number)?.base).toBe('other');
  });
});
