import { endCleanly } from './core-end.ts';
import { startGitHub, type TestGitHub } from './start-github.ts';

let github: TestGitHub;

beforeEach(async () => {
  github = await startGitHub();
}, 30_000);

afterEach(() => endCleanly(github));

const tip = async (branch: string): Promise<string> =>
  (await github.call('GET', `r/git/ref/heads/${branch}`)).body.object.sha;

async function branch(
  name: string,
  files: Record<string, string>,
  from = 'main',
  token?: string,
): Promise<void> {
  await github.call('POST', 'r/git/refs', { ref: `refs/heads/${name}`, sha: await tip(from) }, token);
  for (const [path, text] of Object.entries(files)) await write(name, path, text, token);
}

async function write(name: string, path: string, text: string, token?: string): Promise<void> {
  const old = await github.call('GET', `r/contents/${path}?ref=${name}`);
  const sha = old.status === 200 ? { sha: old.body.sha } : {};
  const content = Buffer.from(text).toString('base64');
  await github.call(
    'PUT',
    `r/contents/${path}`,
    { message: `write ${path}`, content, branch: name, ...sha },
    token,
  );
}

async function open(head: string, title = 'A change', token?: string): Promise<number> {
  return (await github.call('POST', 'r/pulls', { title, head, base: 'main', body: 'because' }, token)).body
    .number;
}

describe('opening a pull request', () => {
  it('gives it a number, its files and its commits, and tells the App', async () => {
    await branch('one', { 'a.txt': 'a\n', 'docs/guide.md': '# Better guide\n' });
    await github.newHooks();
    const number = await open('one');
    const { body } = await github.call('GET', `r/pulls/${number}`);
    expect(body).toMatchObject({ commits: 2, changed_files: 2, additions: 2, deletions: 1, mergeable: true });
    expect(body.user).toMatchObject({ login: 'trunkline[bot]', type: 'Bot' });
    const files = await github.call('GET', `r/pulls/${number}/files`);
    expect(files.body.map((file: { filename: string }) => file.filename)).toEqual(['a.txt', 'docs/guide.md']);
    expect(files.body[0].patch).toBe('@@ -0,0 +1 @@\n+a');
    expect((await github.call('GET', `r/pulls/${number}/commits`)).body).toHaveLength(2);
    expect((await github.newHooks()).map((hook) => hook.name)).toContain('pull_request.opened');
  });

  it('is refused twice for one branch, for no change and for no branch', async () => {
    await branch('one', { 'a.txt': 'a\n' });
    await open('one');
    const again = await github.call('POST', 'r/pulls', { title: 't', head: 'one', base: 'main' });
    expect(again.body.errors[0].message).toBe('A pull request already exists for sandbox-org:one.');
    await branch('same', {});
    const same = await github.call('POST', 'r/pulls', { title: 't', head: 'same', base: 'main' });
    expect(same.body.errors[0].message).toBe('No commits between main and same');
    const none = await github.call('POST', 'r/pulls', { title: 't', head: 'none', base: 'main' });
    expect(none.body.errors[0]).toMatchObject({ field: 'head', code: 'invalid' });
    expect(none.status).toBe(422);
  });
});

describe('an open pull request', () => {
  it('is edited, closed, reopened and found by its branch', async () => {
    await branch('one', { 'a.txt': 'a\n' });
    const number = await open('one');
    await github.call('PATCH', `r/pulls/${number}`, { title: 'Better', body: 'new' });
    expect((await github.call('GET', 'r/pulls?head=sandbox-org:one')).body[0].title).toBe('Better');
    expect((await github.call('PATCH', `r/pulls/${number}`, { state: 'closed' })).body.state).toBe('closed');
    expect((await github.call('GET', 'r/pulls')).body).toEqual([]);
    expect((await github.call('PATCH', `r/pulls/${number}`, { state: 'open' })).body.state).toBe('open');
    const names = (await github.newHooks()).map((hook) => hook.name);
    for (const action of ['edited', 'closed', 'reopened']) expect(names).toContain(`pull_request.${action}`);
  });

  it('follows its branch, is updated from the base, and is closed when the branch goes', async () => {
    await branch('one', { 'a.txt': 'a\n' });
    const number = await open('one');
    await write('one', 'b.txt', 'b\n');
    await write('main', 'c.txt', 'c\n');
    const update = await github.call('PUT', `r/pulls/${number}/update-branch`, {});
    expect(update.status).toBe(202);
    const head = await tip('one');
    expect((await github.call('GET', `r/pulls/${number}`)).body.head.sha).toBe(head);
    expect((await github.call('GET', `r/git/commits/${head}`)).body.parents).toHaveLength(2);
    expect((await github.call('GET', `r/git/ref/pull/${number}/head`)).body.object.sha).toBe(head);
    await github.call('DELETE', 'r/git/refs/heads/one');
    expect((await github.call('GET', `r/pulls/${number}`)).body.state).toBe('closed');
    const synchronized = (await github.newHooks()).filter((hook) => hook.name === 'pull_request.synchronize');
    expect(synchronized.at(-1)?.body.after).toBe(head);
  });

  it('is shown as a diff to who asks for one', async () => {
    await branch('one', { 'a.txt': 'a\n' });
    const url = `${github.url}/repos/sandbox-org/platform/pulls/${await open('one')}`;
    const response = await fetch(url, { headers: { accept: 'application/vnd.github.diff' } });
    expect(await response.text()).toMatch(/^diff --git a\/a.txt b\/a.txt/);
  });
});

describe('reviewing', () => {
  it('approves, asks for changes, is dismissed, but never by the author alone', async () => {
    await branch('one', { 'a.txt': 'a\n' });
    const number = await open('one');
    const ana = github.person('ana-approver');
    await github.call('POST', `r/pulls/${number}/requested_reviewers`, {
      reviewers: ['ana-approver'],
      team_reviewers: ['platform'],
    });
    const asked = await github.call('GET', `r/pulls/${number}/requested_reviewers`);
    expect([asked.body.users[0].login, asked.body.teams[0].slug]).toEqual(['ana-approver', 'platform']);
    const review = await github.call('POST', `r/pulls/${number}/reviews`, { event: 'APPROVE' }, ana);
    expect(review.body).toMatchObject({ state: 'APPROVED', user: { login: 'ana-approver' } });
    const own = await github.call('POST', `r/pulls/${number}/reviews`, { event: 'APPROVE' });
    expect(own.body.errors[0]).toBe('Can not approve your own pull request');
    const path = `r/pulls/${number}/reviews/${review.body.id}`;
    expect((await github.call('PUT', `${path}/dismissals`, { message: 'old' })).body.state).toBe('DISMISSED');
    const draft = await github.call('POST', `r/pulls/${number}/reviews`, { body: 'hm' }, ana);
    expect((await github.call('GET', `r/pulls/${number}/reviews`)).body).toHaveLength(1);
    const sent = await github.call(
      'POST',
      `r/pulls/${number}/reviews/${draft.body.id}/events`,
      { event: 'REQUEST_CHANGES' },
      ana,
    );
    expect(sent.body.state).toBe('CHANGES_REQUESTED');
    await github.call('DELETE', `r/pulls/${number}/requested_reviewers`, {
      reviewers: [],
      team_reviewers: ['platform'],
    });
    const names = (await github.newHooks()).map((hook) => hook.name);
    for (const name of [
      'pull_request_review.submitted',
      'pull_request_review.dismissed',
      'pull_request.review_requested',
      'pull_request.review_request_removed',
    ])
      expect(names).toContain(name);
  });
});

describe('merging', () => {
  it('by squash makes one signed commit "title (#N)" of the author', async () => {
    await branch('one', { 'a.txt': 'a\n', 'b.txt': 'b\n' });
    const number = await open('one', 'Two files');
    const pat = github.person('pat-platform');
    const merged = await github.call('PUT', `r/pulls/${number}/merge`, { merge_method: 'squash' }, pat);
    const { commit, parents } = (await github.call('GET', `r/commits/${merged.body.sha}`)).body;
    expect(commit.message).toBe(`Two files (#${number})\n\n* write a.txt\n\n* write b.txt`);
    expect(commit.author.name).toBe('trunkline[bot]');
    expect(commit.verification.verified).toBe(true);
    expect(parents).toHaveLength(1);
    expect((await github.call('GET', `r/commits/${merged.body.sha}/pulls`)).body[0].number).toBe(number);
    expect((await github.call('GET', `r/pulls/${number}`)).body).toMatchObject({
      merged: true,
      merged_by: { login: 'pat-platform' },
    });
    expect((await github.call('GET', `r/pulls/${number}/merge`)).status).toBe(204);
    const closed = (await github.newHooks()).find((hook) => hook.name === 'pull_request.closed');
    expect(closed?.body.pull_request).toMatchObject({ merged: true, merge_commit_sha: merged.body.sha });
    expect((await github.call('PUT', `r/pulls/${number}/merge`, {}, pat)).status).toBe(405);
  });

  it('by merge makes a commit with two parents, by rebase each commit anew', async () => {
    await branch('one', { 'a.txt': 'a\n' });
    await branch('two', { 'b.txt': 'b\n', 'c.txt': 'c\n' });
    const [one, two] = [await open('one'), await open('two', 'Second')];
    const merged = await github.call('PUT', `r/pulls/${one}/merge`, { merge_method: 'merge' });
    const commit = (await github.call('GET', `r/git/commits/${merged.body.sha}`)).body;
    expect(commit.message).toBe(`Merge pull request #${one} from sandbox-org/one\n\nA change`);
    expect(commit.parents).toHaveLength(2);
    await github.call('PUT', `r/pulls/${two}/merge`, { merge_method: 'rebase' });
    const list = (await github.call('GET', 'r/commits?per_page=3')).body;
    expect(list.slice(0, 2).map((each: { commit: { message: string } }) => each.commit.message)).toEqual([
      'write c.txt',
      'write b.txt',
    ]);
    expect((await github.call('GET', 'r/contents/a.txt')).status).toBe(200);
  });

  it('is refused 409 for another head, 405 for conflicts and drafts', async () => {
    await branch('one', { 'README.md': 'one\n' });
    await branch('two', { 'README.md': 'two\n' });
    const [one, two] = [await open('one'), await open('two')];
    const moved = await github.call('PUT', `r/pulls/${one}/merge`, { sha: await tip('main') });
    expect(moved).toMatchObject({
      status: 409,
      body: { message: 'Head branch was modified. Review and try the merge again.' },
    });
    expect((await github.call('PUT', `r/pulls/${one}/merge`, { sha: await tip('one') })).status).toBe(200);
    expect((await github.call('GET', `r/pulls/${two}`)).body).toMatchObject({
      mergeable: false,
      mergeable_state: 'dirty',
    });
    expect((await github.call('PUT', `r/pulls/${two}/merge`, {})).status).toBe(405);
    await branch('draft', { 'd.txt': 'd\n' });
    const draft = await github.call('POST', 'r/pulls', {
      title: 't',
      head: 'draft',
      base: 'main',
      draft: true,
    });
    expect((await github.call('PUT', `r/pulls/${draft.body.number}/merge`, {})).status).toBe(405);
  });
});
