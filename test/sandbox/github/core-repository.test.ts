import { endCleanly } from './core-end.ts';
import { startGitHub, type TestGitHub } from './start-github.ts';

let github: TestGitHub;
let main: string;

beforeAll(async () => {
  github = await startGitHub();
  main = (await github.call('GET', 'r/git/ref/heads/main')).body.object.sha;
}, 30_000);

afterAll(() => endCleanly(github));

const base64 = (text: string) => Buffer.from(text).toString('base64');

describe('reading the repository', () => {
  it('says what the asker may do', async () => {
    const { body } = await github.call('GET', 'r');
    expect(body).toMatchObject({ full_name: 'sandbox-org/platform', default_branch: 'main' });
    expect(body.permissions).toMatchObject({ push: true, admin: false });
  });

  it('knows no other repository', async () => {
    expect((await github.call('GET', '/repos/sandbox-org/other')).status).toBe(404);
    expect((await github.call('GET', '/repos/other/platform')).status).toBe(404);
  });

  it('lists branches and shows one with slashes in its name', async () => {
    await github.call('POST', 'r/git/refs', { ref: 'refs/heads/a/b', sha: main });
    const { body } = await github.call('GET', 'r/branches');
    expect(body.map((branch: { name: string }) => branch.name)).toContain('a/b');
    expect((await github.call('GET', 'r/branches/a/b')).body.commit.sha).toBe(main);
    expect((await github.call('GET', 'r/branches/nowhere')).status).toBe(404);
  });

  it('pages lists with Link headers', async () => {
    await github.call('POST', 'r/git/refs', { ref: 'refs/heads/page-me', sha: main });
    const { headers, body } = await github.call('GET', 'r/branches?per_page=1');
    expect(body).toHaveLength(1);
    expect(headers.get('link')).toMatch(/<[^>]+per_page=1&page=2>; rel="next"/);
  });

  it('shows files, directories and raw text', async () => {
    const file = await github.call('GET', 'r/contents/README.md');
    expect(Buffer.from(file.body.content, 'base64').toString()).toBe('# Platform\n');
    expect((await github.call('GET', 'r/contents/docs')).body[0]).toMatchObject({
      name: 'guide.md',
      type: 'file',
    });
    expect((await github.call('GET', 'r/contents/.github')).body[0].path).toBe('.github/CODEOWNERS');
    expect((await github.call('GET', 'r/contents/none')).status).toBe(404);
    const raw = await fetch(`${github.url}/repos/sandbox-org/platform/contents/README.md`, {
      headers: { accept: 'application/vnd.github.raw' },
    });
    expect(await raw.text()).toBe('# Platform\n');
  });

  it('shows whole trees', async () => {
    const { body } = await github.call('GET', 'r/git/trees/main?recursive=1');
    expect(body.tree.map((entry: { path: string }) => entry.path)).toContain(
      'clusters/prod/kustomization.yaml',
    );
    expect(body.truncated).toBe(false);
  });

  it('answers 304 to who has it already', async () => {
    const first = await fetch(`${github.url}/repos/sandbox-org/platform/branches`);
    const again = await fetch(`${github.url}/repos/sandbox-org/platform/branches`, {
      headers: { 'if-none-match': first.headers.get('etag') ?? '' },
    });
    expect(again.status).toBe(304);
  });
});

describe('files', () => {
  it('are created, changed and deleted one by one, as commits', async () => {
    const pat = github.person('pat-platform');
    const made = await github.call(
      'PUT',
      'r/contents/notes/a.txt',
      { message: 'add a', content: base64('1\n') },
      pat,
    );
    expect(made.status).toBe(201);
    expect(made.body.commit.author.name).toBe('Pat Platform (sample)');
    const blind = await github.call(
      'PUT',
      'r/contents/notes/a.txt',
      { message: 'x', content: base64('2\n') },
      pat,
    );
    expect(blind.status).toBe(422);
    const wrong = { message: 'x', content: base64('2\n'), sha: main };
    expect((await github.call('PUT', 'r/contents/notes/a.txt', wrong, pat)).status).toBe(409);
    const { sha } = made.body.content;
    const changed = await github.call(
      'PUT',
      'r/contents/notes/a.txt',
      { message: 'b', content: base64('2\n'), sha },
      pat,
    );
    expect(changed.status).toBe(200);
    const gone = { message: 'rm', sha: changed.body.content.sha };
    expect((await github.call('DELETE', 'r/contents/notes/a.txt', gone, pat)).body.content).toBeNull();
    expect((await github.call('GET', 'r/contents/notes')).status).toBe(404);
  });
});

describe('the git database', () => {
  it('makes a commit in five calls, signed by GitHub when the App gives no author', async () => {
    const blob = await github.call('POST', 'r/git/blobs', { content: 'hello\n', encoding: 'utf-8' });
    expect((await github.call('GET', `r/git/blobs/${blob.body.sha}`)).body.content).toBe('aGVsbG8K\n');
    const parent = await github.call('GET', `r/git/commits/${main}`);
    const tree = await github.call('POST', 'r/git/trees', {
      base_tree: parent.body.tree.sha,
      tree: [
        { path: 'new/hello.txt', mode: '100644', type: 'blob', sha: blob.body.sha },
        { path: 'new/inline.txt', mode: '100644', type: 'blob', content: 'inline\n' },
        { path: 'docs/guide.md', mode: '100644', type: 'blob', sha: null },
      ],
    });
    expect(tree.body.tree.map((entry: { path: string }) => entry.path)).toEqual([
      '.github',
      'README.md',
      'clusters',
      'new',
    ]);
    const commit = await github.call('POST', 'r/git/commits', {
      message: 'five calls',
      tree: tree.body.sha,
      parents: [main],
    });
    expect(commit.body.verification.verified).toBe(true);
    expect(commit.body.author).toMatchObject({ name: 'trunkline[bot]' });
    expect(commit.body.author.email).toMatch(/^\d+\+trunkline\[bot\]@users\.noreply\.github\.com$/);
    expect(commit.body.committer.name).toBe('GitHub');
    expect(
      (await github.call('POST', 'r/git/refs', { ref: 'refs/heads/five', sha: commit.body.sha })).status,
    ).toBe(201);
    const credited = await github.call('POST', 'r/git/commits', {
      message: 'own author',
      tree: tree.body.sha,
      parents: [main],
      author: { name: 'X', email: 'x@sandbox.example' },
    });
    expect(credited.body.verification.verified).toBe(false);
  });

  it('drops every other file from a tree without base_tree', async () => {
    const tree = { tree: [{ path: 'only.txt', mode: '100644', type: 'blob', content: 'x' }] };
    expect((await github.call('POST', 'r/git/trees', tree)).body.tree).toHaveLength(1);
  });

  it('refuses refs as GitHub does', async () => {
    const ref = 'refs/heads/once';
    expect((await github.call('POST', 'r/git/refs', { ref, sha: main })).status).toBe(201);
    expect((await github.call('POST', 'r/git/refs', { ref, sha: main })).body.message).toBe(
      'Reference already exists',
    );
    expect(
      (await github.call('POST', 'r/git/refs', { ref: 'refs/heads/z', sha: '1'.repeat(40) })).body.message,
    ).toBe('Object does not exist');
    expect((await github.call('POST', 'r/git/refs', { ref: 'refs/heads/a..b', sha: main })).status).toBe(422);
    expect(
      (await github.call('POST', 'r/git/refs', { ref: 'refs/heads/once/below', sha: main })).status,
    ).toBe(422);
    expect((await github.call('PATCH', 'r/git/refs/heads/nowhere', { sha: main })).body.message).toBe(
      'Reference does not exist',
    );
    const five = (await github.call('GET', 'r/git/ref/heads/five')).body.object.sha;
    expect((await github.call('PATCH', 'r/git/refs/heads/once', { sha: five })).status).toBe(200);
    expect((await github.call('PATCH', 'r/git/refs/heads/once', { sha: main })).body.message).toBe(
      'Update is not a fast forward',
    );
    expect((await github.call('PATCH', 'r/git/refs/heads/once', { sha: main, force: true })).status).toBe(
      200,
    );
    expect((await github.call('DELETE', 'r/git/refs/heads/once')).status).toBe(204);
    expect((await github.call('GET', 'r/git/ref/heads/once')).status).toBe(404);
    const matching = (await github.call('GET', 'r/git/matching-refs/heads/fi')).body;
    expect(matching.map((each: { ref: string }) => each.ref)).toEqual(['refs/heads/five']);
  });

  it('keeps annotated tags and shows the commit behind them', async () => {
    const tag = await github.call('POST', 'r/git/tags', {
      tag: 'v0.1.0',
      message: 'first',
      object: main,
      type: 'commit',
    });
    await github.call('POST', 'r/git/refs', { ref: 'refs/tags/v0.1.0', sha: tag.body.sha });
    expect((await github.call('GET', `r/git/tags/${tag.body.sha}`)).body.message).toBe('first');
    expect((await github.call('GET', 'r/tags')).body[0].commit.sha).toBe(main);
    expect((await github.call('GET', 'r/git/ref/tags/v0.1.0')).body.object.type).toBe('tag');
  });
});

describe('commits', () => {
  it('are listed, filtered by path, shown with files and compared', async () => {
    const list = await github.call('GET', 'r/commits?sha=five');
    expect(list.body.map((each: { commit: { message: string } }) => each.commit.message)).toEqual([
      'five calls',
      'Initial commit',
    ]);
    expect((await github.call('GET', 'r/commits?sha=five&path=README.md')).body).toHaveLength(1);
    const one = await github.call('GET', 'r/commits/five');
    expect(one.body.stats).toEqual({ total: 3, additions: 2, deletions: 1 });
    expect(one.body.files[0]).toMatchObject({ filename: 'docs/guide.md', status: 'removed' });
    expect((await github.call('GET', `r/commits/${main.slice(0, 8)}`)).body.sha).toBe(main);
    const { body } = await github.call('GET', 'r/compare/a/b...five');
    expect(body).toMatchObject({ status: 'ahead', ahead_by: 1, behind_by: 0, total_commits: 1 });
    expect(body.merge_base_commit.sha).toBe(main);
  });

  it('that nobody knows are 422', async () => {
    expect((await github.call('GET', 'r/commits/nowhere')).status).toBe(422);
  });
});

describe('activity', () => {
  it('tells who moved which ref', async () => {
    const { body } = await github.call('GET', 'r/activity?ref=refs/heads/five');
    expect(body[0]).toMatchObject({ activity_type: 'branch_creation', actor: { login: 'trunkline[bot]' } });
    const pushes = await github.call('GET', 'r/activity?activity_type=push');
    expect(pushes.body.map((row: { actor: { login: string } }) => row.actor.login)).toContain('pat-platform');
  });
});

describe('webhooks', () => {
  it('announce pushes, new and deleted refs', async () => {
    await github.newHooks();
    await github.call('POST', 'r/git/refs', { ref: 'refs/heads/hooked', sha: main });
    await github.call('DELETE', 'r/git/refs/heads/hooked');
    const names = (await github.newHooks()).map((hook) => hook.name).toSorted();
    expect(names).toEqual(['create', 'delete', 'push', 'push']);
  });
});
