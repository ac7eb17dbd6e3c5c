import { existsSync } from 'node:fs';
import { join } from 'node:path';
import type { CommitSha } from '../../../src/domain/ids.ts';
import type { CommitRange } from '../../../src/domain/release/release-facts.ts';
import { PermanentError, RetryableError } from '../../../src/errors.ts';
import { mergeMany } from './merge-many.ts';
import { peopleActs } from './people-acts.ts';
import { REPO, type SandboxGitHub, startSandboxGitHub } from './sandbox-github.ts';

const bundle = join(import.meta.dirname, '../../../../shared/platform-repo.bundle');
const model = existsSync(bundle) ? describe : describe.skip;
const because = existsSync(bundle) ? '' : ` (skipped: ${bundle} is not there)`;

const MAIN = 'refs/heads/main';

let github: SandboxGitHub;
let people: ReturnType<typeof peopleActs>;
afterEach(() => github.close());

const numbers = ({ pulls }: CommitRange) => pulls.map(({ number }) => number);

async function tagAt(name: string): Promise<{ name: string; commit: CommitSha }> {
  const { tags } = await github.repository().readReleaseFacts(REPO);
  const tag = tags.find((each) => each.name === name);
  if (tag === undefined) throw new Error(`no tag ${name}`);
  return tag;
}

model(`the model repository${because}`, () => {
  beforeEach(async () => {
    github = await startSandboxGitHub({ source: bundle });
  });

  it('tells of the first release all that was merged, in order, and the first commit', async () => {
    const range = await github.repository().readRange(REPO, undefined, 'refs/tags/v0.0.1');
    expect(range).toMatchObject({ relation: 'first', from: undefined, held: [] });
    expect(range.to).toMatch(/^3a9fe65/);
    expect(numbers(range)).toEqual([1, 2, 3, 4, 5, 8, 6, 7]);
    expect(range.direct.map(({ headline, author }) => [headline, author])).toEqual([
      ['Initial commit', 'bernd-malmqvist'],
    ]);
    expect(range.pulls[0]).toMatchObject({
      title: 'feat(helloworld): add operator deployment',
      author: { login: 'bernd-malmqvist', isBot: false },
      askedBy: undefined,
      saysBreaking: false,
      commit: expect.stringMatching(/^9fa278f/),
    });
  });

  it('knows pull requests by the number in the headline where their commits are no longer on main', async () => {
    const from = await tagAt('v0.0.1');
    github.calls();
    const range = await github.repository().readRange(REPO, from, 'refs/tags/v0.0.2');
    expect(range).toMatchObject({ relation: 'ahead', direct: [], held: [] });
    expect(range.pulls.map(({ number, title, commit }) => [number, title, commit.slice(0, 7)])).toEqual([
      [9, 'chore(release): promote v0.0.1 to aws prod', '91d7461'],
      [10, 'tenants(dummy): increase compute quota', 'f622ec5'],
    ]);
    expect(github.calls()).toEqual(['graphql CompareNewCommits', 'graphql MergedPulls']);
  });

  it('does not tell again of what the release before held under other commits', async () => {
    const from = await tagAt('v0.0.2');
    github.calls();
    const range = await github.repository().readRange(REPO, from, 'refs/tags/v0.0.3');
    expect(range).toMatchObject({ relation: 'diverged', direct: [], held: [9, 10] });
    expect(numbers(range)).toEqual([11, 12, 13]);
    expect(github.calls()).toEqual(['graphql CompareNewCommits', 'graphql CompareOldCommits']);
  });

  it('tells what waits on main', async () => {
    const range = await github.repository().readRange(REPO, await tagAt('v0.0.3'), MAIN);
    expect(numbers(range)).toEqual([14]);
  });

  it('tells backwards and at the same place of nothing', async () => {
    const back = await github.repository().readRange(REPO, await tagAt('v0.0.3'), 'refs/tags/v0.0.1');
    expect(back).toMatchObject({ relation: 'behind', pulls: [], direct: [], held: [] });
    const same = await github.repository().readRange(REPO, await tagAt('v0.0.3'), 'refs/tags/v0.0.3');
    expect(same).toMatchObject({ relation: 'identical', pulls: [], direct: [], held: [] });
  });

  it('agrees with GitHub’s own generator', async () => {
    const { commit } = await tagAt('v0.0.3');
    const notes = await github
      .repository()
      .generateNotes(REPO, { tag: 'v0.0.3', commit, previous: 'v0.0.2' });
    expect(notes.pulls.map(({ number }) => number)).toEqual([9, 10, 11, 12, 13]);
    expect(notes.pulls[4]).toMatchObject({
      title: 'fix(aws): correct non-prod-eu-west-1 filenames',
      author: 'bernd-malmqvist',
      url: expect.stringMatching(/\/pull\/13$/),
    });
  });

  it('has a release for each tag', async () => {
    const facts = await github.repository().readReleaseFacts(REPO);
    expect(facts.releases.map(({ tag }) => tag)).toEqual(['v0.0.3', 'v0.0.2', 'v0.0.1']);
    expect(facts.tags.map(({ name }) => name)).toEqual(['v0.0.3', 'v0.0.2', 'v0.0.1']);
  });
});

describe('a range of many', () => {
  beforeEach(async () => {
    github = await startSandboxGitHub();
  });

  it.each([
    [10, 1],
    [100, 1],
    [200, 1],
    [201, 2],
    [500, 3],
  ])('%d pull requests take %d requests, and each is told once and in order', async (count, requests) => {
    const from = await mergeMany(github, count);
    const repository = github.repository();
    github.calls();
    const range = await repository.readRange(REPO, from, MAIN);
    expect(numbers(range)).toEqual(Array.from({ length: count }, (_, n) => n + 1));
    expect(range).toMatchObject({ relation: 'ahead', direct: [], held: [], to: await github.head() });
    expect(github.calls()).toHaveLength(requests);
  });

  it('500 that GitHub does not connect with their commits take three requests more', async () => {
    const from = await mergeMany(github, 500, { rewritten: true });
    const repository = github.repository();
    github.calls();
    const range = await repository.readRange(REPO, from, MAIN);
    expect(numbers(range)).toEqual(Array.from({ length: 500 }, (_, n) => n + 1));
    expect(range.direct).toEqual([]);
    expect(github.calls()).toHaveLength(6);
  });

  it('all of a history of 250 takes a request for each hundred', async () => {
    await mergeMany(github, 250);
    const repository = github.repository();
    github.calls();
    const range = await repository.readRange(REPO, undefined, MAIN);
    expect(numbers(range)).toEqual(Array.from({ length: 250 }, (_, n) => n + 1));
    expect(range.direct.map(({ headline }) => headline)).toEqual(['Initial commit']);
    expect(github.calls()).toHaveLength(3);
  });
});

describe('a range', () => {
  let from: { name: string; commit: CommitSha };
  beforeEach(async () => {
    github = await startSandboxGitHub();
    people = peopleActs(github);
    from = await tag('v1.0.0');
  });

  async function tag(name: string): Promise<{ name: string; commit: CommitSha }> {
    const commit = await github.head();
    await github.rest('pat-platform', 'POST', `/repos/${REPO}/git/refs`, {
      ref: `refs/tags/${name}`,
      sha: commit,
    });
    return { name, commit };
  }

  async function change(branch: string, title: string, more: { body?: string; method?: string } = {}) {
    await people.createBranch('pat-platform', branch, await github.head());
    await people.commit('pat-platform', branch, { [branch]: '1' }, { headline: `wip ${branch} one` });
    await people.commit('pat-platform', branch, { [branch]: '2' }, { headline: `wip ${branch} two` });
    const number = await people.openPull('olli-oncall', branch, title, more.body);
    await github.rest('pat-platform', 'PUT', `/repos/${REPO}/pulls/${number}/merge`, {
      merge_method: more.method ?? 'squash',
    });
    return number;
  }

  const read = (to = MAIN) => github.repository().readRange(REPO, from, to);

  it('tells of a pull request once, however it was merged', async () => {
    await change('one', 'feat: squashed');
    await change('two', 'feat: merged', { method: 'merge' });
    await change('three', 'feat: rebased', { method: 'rebase' });
    const range = await read();
    // All of it happens within a second or two, which leaves git free to put a merge's parents either way round.
    expect(range.pulls.map(({ number, title }) => `${number} ${title}`).toSorted()).toEqual([
      '1 feat: squashed',
      '2 feat: merged',
      '3 feat: rebased',
    ]);
    expect(range.direct).toEqual([]);
    expect(range.pulls.find(({ number }) => number === 3)?.commit).toBe(range.to);
  });

  it('takes the title from the pull request, not from the commit', async () => {
    const number = await change('one', 'feat: before');
    await github.rest('pat-platform', 'PATCH', `/repos/${REPO}/pulls/${number}`, { title: 'feat: after' });
    expect((await read()).pulls).toMatchObject([{ title: 'feat: after' }]);
  });

  it('tells of commits that no pull request brought, whatever number they name', async () => {
    await github.rest('pat-platform', 'POST', `/repos/${REPO}/issues`, { title: 'an issue' });
    await people.commit('pat-platform', 'main', { a: '1' }, { headline: 'fix: by hand' });
    await people.commit('pat-platform', 'main', { a: '2' }, { headline: 'fix: an issue (#1)' });
    await people.commit('olli-oncall', 'main', { a: '3' }, { headline: 'fix: nothing (#4711)' });
    const { pulls, direct } = await read();
    expect(pulls).toEqual([]);
    expect(direct.map(({ headline, author }) => [headline, author])).toEqual([
      ['fix: by hand', 'pat-platform'],
      ['fix: an issue (#1)', 'pat-platform'],
      ['fix: nothing (#4711)', 'olli-oncall'],
    ]);
  });

  it('hears of breaking changes from the body and from the commit', async () => {
    await change('one', 'feat: in the body', { body: 'Words.\r\n\r\nBREAKING CHANGE: all of it' });
    await change('two', 'feat: none', { body: 'No BREAKING CHANGE: here' });
    await people.commit(
      'pat-platform',
      'main',
      { a: '1' },
      { headline: 'fix: c', body: 'BREAKING-CHANGE: yes' },
    );
    const { pulls, direct } = await read();
    expect(pulls.map(({ saysBreaking }) => saysBreaking)).toEqual([true, false]);
    expect(direct.map(({ saysBreaking }) => saysBreaking)).toEqual([true]);
  });

  it('tells who asked, of our own pull requests only', async () => {
    const body = 'Words.\n\nRequest-Id: req-0123456789abcdef\nRequested-by: Tess Tenant (Slack U0TENANT01)';
    await change('one', 'feat: by a person', { body });
    const bot = github.repository();
    const head = await github.head();
    await bot.reserveBranch(REPO, 'sample', 'tenant-sample', head);
    await bot.openPullRequest({
      repo: REPO,
      branch: 'tenant-sample',
      defaultBranch: 'main',
      commit: { onTopOf: head, headline: 'x', body, files: [{ path: 'x', content: 'x' }] },
      title: 'tenants(sample): onboarding namespace to aws',
      body,
    });
    await people.mergePull('pat-platform', 2);
    const { pulls } = await read();
    expect(pulls.map(({ askedBy, author }) => [author?.isBot, askedBy])).toEqual([
      [false, undefined],
      [true, { slackId: 'U0TENANT01', name: 'Tess Tenant' }],
    ]);
  });

  it('counts what was merged into the branch that is released', async () => {
    await people.createBranch('pat-platform', 'release-1', await github.head());
    await people.createBranch('pat-platform', 'fix', await github.head());
    await people.commit('pat-platform', 'fix', { fix: '1' });
    const pull = { title: 'fix: old line', head: 'fix', base: 'release-1' };
    await github.rest('pat-platform', 'POST', `/repos/${REPO}/pulls`, pull);
    await people.mergePull('pat-platform', 1);
    expect(numbers(await read('refs/heads/release-1'))).toEqual([1]);
    expect(numbers(await read())).toEqual([]);
  });

  it('begins at annotated tags too', async () => {
    const object = await github.head();
    const made = { tag: 'v1.1.0', message: 'x', object, type: 'commit' };
    const { sha } = (await github.rest('pat-platform', 'POST', `/repos/${REPO}/git/tags`, made)) as {
      sha: string;
    };
    await github.rest('pat-platform', 'POST', `/repos/${REPO}/git/refs`, { ref: 'refs/tags/v1.1.0', sha });
    await change('one', 'feat: one');
    from = await tagAt('v1.1.0');
    expect(from.commit).toBe(object);
    expect(numbers(await read())).toEqual([1]);
    const first = await github.repository().readRange(REPO, undefined, 'refs/tags/v1.1.0');
    expect(first).toMatchObject({ to: object, relation: 'first', direct: [{ headline: 'Initial commit' }] });
  });

  it('holds what an unrelated history does not have', async () => {
    await change('one', 'feat: one');
    const head = await github.head();
    const { tree } = (await github.rest('pat-platform', 'GET', `/repos/${REPO}/git/commits/${head}`)) as {
      tree: { sha: string };
    };
    const commit = (await github.rest('pat-platform', 'POST', `/repos/${REPO}/git/commits`, {
      message: 'feat: one (#1)',
      tree: tree.sha,
      parents: [],
    })) as { sha: CommitSha };
    await github.rest('pat-platform', 'POST', `/repos/${REPO}/git/refs`, {
      ref: 'refs/tags/v0.9.0',
      sha: commit.sha,
    });
    await change('two', 'feat: two');
    from = { name: 'v0.9.0', commit: commit.sha };
    const range = await read();
    expect(range).toMatchObject({ relation: 'diverged', held: [1], to: await github.head() });
    expect(numbers(range)).toEqual([2]);
    expect(range.direct.map(({ headline }) => headline)).toEqual(['Initial commit']);
  });

  it('up to what is not there is refused for now, for a tag that was just made may not be seen yet', async () => {
    await expect(read('refs/tags/v1.1.0')).rejects.toBeInstanceOf(RetryableError);
    const first = () => github.repository().readRange(REPO, undefined, 'refs/tags/v1.1.0');
    await expect(first()).rejects.toBeInstanceOf(RetryableError);
    await tag('v1.1.0');
    expect(await read('refs/tags/v1.1.0')).toMatchObject({ relation: 'identical' });
    expect(await first()).toMatchObject({ relation: 'first' });
  });

  it('of what is no commit is refused for good', async () => {
    const { tree = '' } = (await github.site.world.git.commit(await github.head())) ?? {};
    const ref = { ref: 'refs/tags/tree', sha: tree };
    await github.rest('pat-platform', 'POST', `/repos/${REPO}/git/refs`, ref);
    const first = github.repository().readRange(REPO, undefined, 'refs/tags/tree');
    await expect(first).rejects.toBeInstanceOf(PermanentError);
  });

  it('of a tag that is gone is refused for good, of one that was moved for now', async () => {
    await change('one', 'feat: one');
    const path = `/repos/${REPO}/git/refs/tags/v1.0.0`;
    await github.rest('pat-platform', 'PATCH', path, { sha: await github.head(), force: true });
    await expect(read()).rejects.toBeInstanceOf(RetryableError);
    await github.rest('pat-platform', 'DELETE', path);
    await expect(read()).rejects.toMatchObject({ name: 'PermanentError', code: 'tag-gone' });
  });
});
