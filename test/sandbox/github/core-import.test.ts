import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { createGitHub } from '../../../sandbox/github/github.ts';
import { endCleanly } from './core-end.ts';
import { startGitHub } from './start-github.ts';

const bundle = join(import.meta.dirname, '../../../../shared/platform-repo.bundle');
const model = existsSync(bundle) ? it : it.skip;
const because = existsSync(bundle) ? '' : ` (skipped: ${bundle} is not there)`;

describe(`the history of the model repository${because}`, () => {
  model('becomes merged pull requests, and numbers go on after them', async () => {
    const github = await startGitHub({}, { kind: 'source', source: bundle });
    const { body } = await github.call('GET', 'r/pulls?state=all&per_page=100');
    const numbers = body.map((pull: { number: number }) => pull.number);
    expect(numbers.toSorted((a: number, b: number) => a - b)).toEqual(
      Array.from({ length: 14 }, (_, at) => at + 1),
    );
    const eight = await github.call('GET', 'r/pulls/8');
    expect(eight.body).toMatchObject({ merged: true, title: 'tenants(dummy): onboarding namespace to aws' });
    expect(eight.body.head.sha).toMatch(/^79fcdbd/);
    expect(eight.body.base.sha).toMatch(/^239e556/);
    const files = (await github.call('GET', 'r/pulls/8/files')).body;
    expect(
      files.some((file: { filename: string }) => file.filename.startsWith('tenants/aws/common/dummy/')),
    ).toBe(true);
    expect((await github.call('GET', 'r/commits/79fcdbd/pulls')).body[0].number).toBe(8);
    const tags = (await github.call('GET', 'r/tags')).body.map((tag: { name: string }) => tag.name);
    expect(tags).toEqual(['v0.0.3', 'v0.0.2', 'v0.0.1']);
    const main = (await github.call('GET', 'r/git/ref/heads/main')).body.object.sha;
    await github.call('POST', 'r/git/refs', { ref: 'refs/heads/x', sha: main });
    const content = Buffer.from('x').toString('base64');
    await github.call('PUT', 'r/contents/x', { message: 'x', content, branch: 'x' });
    expect((await github.call('POST', 'r/pulls', { title: 'x', head: 'x', base: 'main' })).body.number).toBe(
      15,
    );
    await endCleanly(github);
  });

  model('ends at a commit that is asked for', async () => {
    const github = await startGitHub({}, { kind: 'source', source: bundle, at: '239e556' });
    expect((await github.call('GET', 'r/pulls?state=all')).body).toHaveLength(5);
    expect((await github.call('GET', 'r/tags')).body).toEqual([]);
    expect((await github.call('GET', 'r/branches/main')).body.commit.sha).toMatch(/^239e556/);
    await endCleanly(github);
  });
});

describe(`the releases of the model repository${because}`, () => {
  model('are its version tags, by who made the commit and of its date, and nobody is told', async () => {
    const github = await startGitHub({}, { kind: 'source', source: bundle });
    const { body } = await github.call('GET', 'r/releases');
    const told = body.map(({ tag_name, author, published_at, draft }: Record<string, object>) => {
      return { tag_name, login: author && 'login' in author && author.login, published_at, draft };
    });
    const login = 'bernd-malmqvist';
    expect(told).toEqual([
      { tag_name: 'v0.0.3', login, published_at: '2022-06-21T19:57:33Z', draft: false },
      { tag_name: 'v0.0.2', login, published_at: '2022-06-20T17:41:13Z', draft: false },
      { tag_name: 'v0.0.1', login, published_at: '2022-06-20T17:26:37Z', draft: false },
    ]);
    expect((await github.call('GET', 'r/releases/latest')).body.tag_name).toBe('v0.0.3');
    expect(await github.newHooks()).toEqual([]);
    expect(github.problems).toEqual([]);
    await endCleanly(github);
  });
});

describe('a source that is none', () => {
  it('is refused with a sentence', async () => {
    const github = await startGitHub();
    const { options } = github.site.world;
    const dir = join(options.dir, 'other');
    for (const source of ['/nowhere/at/all', 'ext::sh -c id', '--upload-pack=id']) {
      const opened = createGitHub({ ...options, dir, seed: { kind: 'source', source } });
      await expect(opened).rejects.toThrow('failed to find a repository');
    }
    await endCleanly(github);
  });
});
