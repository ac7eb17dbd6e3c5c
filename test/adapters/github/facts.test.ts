import { AmbiguousWriteError } from '../../../src/errors.ts';
import { peopleActs } from './people-acts.ts';
import { REPO, type SandboxGitHub, startSandboxGitHub } from './sandbox-github.ts';

const ID = 'req-0123456789abcdef';
const TRAILERS = `Request-Id: ${ID}\nRequested-by: Tess Tenant (Slack U0TENANT01)`;
const TITLE = 'tenants(sample): onboarding namespace to aws';

let github: SandboxGitHub;
let people: ReturnType<typeof peopleActs>;
beforeEach(async () => {
  github = await startSandboxGitHub();
  people = peopleActs(github);
});
afterEach(() => github.close());

const repository = () => github.repository();

/** The bot's own pull request for `sample`; its number is 1. */
async function opened(branch = 'tenant-sample') {
  const bot = repository();
  const { head } = await bot.readPulse(REPO);
  await bot.reserveBranch(REPO, 'sample', branch, head);
  const result = await bot.openPullRequest({
    repo: REPO,
    branch,
    defaultBranch: 'main',
    commit: {
      onTopOf: head,
      headline: TITLE,
      body: TRAILERS,
      files: [{ path: `${branch}.yaml`, content: 'a: 1\n' }],
    },
    title: TITLE,
    body: TRAILERS,
  });
  if (result.kind !== 'opened') throw new Error(result.step);
  return { bot, pull: result.pull };
}

describe('the facts of a request', () => {
  it('come with one query, when there is nothing too', async () => {
    const facts = await repository().readRequestFacts(REPO, 'sample');
    const base = await github.head();
    expect(facts).toEqual({
      repo: REPO,
      defaultBranch: 'main',
      base,
      branches: [],
      pulls: [],
      createdByUs: new Map(),
    });
    expect(github.calls()).toEqual(['graphql RequestFacts']);
  });

  it('hold the branch and the pull request that the bot made, and stay one query', async () => {
    const { bot, pull } = await opened();
    github.calls();
    const facts = await bot.readRequestFacts(REPO, 'sample');
    expect(facts.branches).toEqual([{ name: 'tenant-sample', head: pull.head, requestId: ID, bare: false }]);
    expect(facts.pulls).toEqual([pull]);
    expect(github.calls()).toEqual(['graphql RequestFacts']);
  });

  it('hold only this name’s branches, numbered ones too', async () => {
    const main = await github.head();
    const names = [
      'tenant-sample',
      'tenant-sample-2',
      'tenant-sample-9',
      'tenant-samples',
      'my-tenant-sample',
    ];
    for (const name of names) await people.createBranch('pat-platform', name, main);
    const { branches } = await repository().readRequestFacts(REPO, 'sample');
    expect(branches.map(({ name }) => name)).toEqual(['tenant-sample', 'tenant-sample-2', 'tenant-sample-9']);
    expect(branches.every(({ bare }) => bare)).toBe(true);
  });

  it('know a bare branch after the default branch has moved on', async () => {
    await people.createBranch('pat-platform', 'tenant-sample', await github.head());
    await people.commit('pat-platform', 'main', { 'other.yaml': 'b: 2\n' });
    const { branches, base } = await repository().readRequestFacts(REPO, 'sample');
    expect(branches).toMatchObject([{ bare: true }]);
    expect(branches[0]?.head).not.toBe(base);
  });

  it('do not believe a person’s commit that bears our trailers', async () => {
    await people.createBranch('pat-platform', 'tenant-sample', await github.head());
    await people.commit('pat-platform', 'tenant-sample', { a: 'b' }, { headline: TITLE, body: TRAILERS });
    const { branches } = await repository().readRequestFacts(REPO, 'sample');
    expect(branches).toMatchObject([{ requestId: undefined, bare: false }]);
  });

  it('do not believe an unsigned commit that bears our name and address', async () => {
    const { bot, pull } = await opened();
    const forged = await forge(pull.head);
    await people.createBranch('pat-platform', 'tenant-sample-2', forged);
    const { branches } = await bot.readRequestFacts(REPO, 'sample');
    expect(branches).toMatchObject([{ requestId: ID }, { name: 'tenant-sample-2', requestId: undefined }]);
  });

  it('do not believe a person’s pull request that bears our trailers', async () => {
    await people.createBranch('pat-platform', 'tenant-sample', await github.head());
    await people.commit('pat-platform', 'tenant-sample', { a: 'b' });
    await people.openPull('pat-platform', 'tenant-sample', TITLE, TRAILERS);
    const { pulls } = await repository().readRequestFacts(REPO, 'sample');
    expect(pulls).toMatchObject([
      { ours: false, requestId: undefined, requestedBy: undefined, state: 'open' },
    ]);
  });

  it('know our pull request by its body when somebody has rewritten the branch', async () => {
    const { bot, pull } = await opened();
    await github.rest('pat-platform', 'PATCH', `/repos/${REPO}/git/refs/heads/tenant-sample`, {
      sha: await forge(await github.head()),
      force: true,
    });
    const { pulls } = await bot.readRequestFacts(REPO, 'sample');
    expect(pulls).toMatchObject([
      { number: pull.number, ours: true, requestId: ID, requestedBy: 'U0TENANT01' },
    ]);
  });
});

/** A commit on top of `parent` that claims to be the App's; made by a person, so GitHub does not sign it. */
async function forge(parent: string): Promise<string> {
  const commit = (await github.rest('pat-platform', 'GET', `/repos/${REPO}/git/commits/${parent}`)) as {
    tree: { sha: string };
  };
  const tree = (await github.rest('pat-platform', 'POST', `/repos/${REPO}/git/trees`, {
    base_tree: commit.tree.sha,
    tree: [{ path: 'forged.yaml', mode: '100644', type: 'blob', content: 'forged: true\n' }],
  })) as { sha: string };
  const account = [...github.site.world.state.accounts.values()].find(({ type }) => type === 'Bot');
  const author = { name: 'trunkline[bot]', email: `${account?.id}+trunkline[bot]@users.noreply.github.com` };
  const made = (await github.rest('pat-platform', 'POST', `/repos/${REPO}/git/commits`, {
    message: `${TITLE}\n\n${TRAILERS}`,
    tree: tree.sha,
    parents: [parent],
    author,
    committer: author,
  })) as { sha: string };
  return made.sha;
}

describe('the way of a pull request', () => {
  it('is told with who closed it', async () => {
    const { bot, pull } = await opened();
    await people.closePull('pat-platform', pull.number);
    expect(await bot.readPull(REPO, pull.number)).toMatchObject({ state: 'closed', endedBy: 'pat-platform' });
  });

  it('is told with who merged it', async () => {
    const { bot, pull } = await opened();
    await people.mergePull('pat-platform', pull.number);
    expect(await bot.readPull(REPO, pull.number)).toMatchObject({ state: 'merged', endedBy: 'pat-platform' });
    const { branches } = await bot.readRequestFacts(REPO, 'sample');
    expect(branches).toMatchObject([{ bare: false }]);
  });

  it('is told with everybody’s last opinion, oldest first', async () => {
    const { bot, pull } = await opened();
    await people.review('ana-approver', pull.number, 'REQUEST_CHANGES');
    await people.review('ben-approver', pull.number, 'REQUEST_CHANGES');
    await people.review('olli-oncall', pull.number, 'COMMENT');
    await people.review('ana-approver', pull.number, 'APPROVE');
    const read = await bot.readPull(REPO, pull.number);
    const opinions = read?.reviews.map(({ by, opinion }) => `${by} ${opinion}`);
    expect(opinions?.toSorted()).toEqual(['ana-approver approved', 'ben-approver changes-asked']);
    expect(new Set(read?.reviews.map(({ id }) => id)).size).toBe(2);
  });

  it('is undefined when there is no such pull request', async () => {
    expect(await repository().readPull(REPO, 4711)).toBeUndefined();
  });
});

describe('the pulse', () => {
  it('tells with one query what changed last', async () => {
    const { bot } = await opened();
    await people.createBranch('pat-platform', 'fix', await github.head());
    await people.commit('pat-platform', 'fix', { a: 'b' });
    await people.openPull('pat-platform', 'fix', 'fix: something');
    await people.closePull('pat-platform', 2);
    const made = [
      { tag_name: 'v1.0.0' },
      { tag_name: 'v1.1.0', draft: true },
      { tag_name: 'v1.1.0-rc.1', prerelease: true },
    ];
    for (const release of made) await github.rest('pat-platform', 'POST', `/repos/${REPO}/releases`, release);
    github.calls();
    const pulse = await bot.readPulse(REPO);
    expect(
      pulse.releases.map(({ tag, isDraft, isPrerelease, publishedAt }) => {
        return { tag, isDraft, isPrerelease, isPublished: publishedAt !== undefined };
      }),
    ).toEqual([
      { tag: 'v1.1.0-rc.1', isDraft: false, isPrerelease: true, isPublished: true },
      { tag: 'v1.1.0', isDraft: true, isPrerelease: false, isPublished: false },
      { tag: 'v1.0.0', isDraft: false, isPrerelease: false, isPublished: true },
    ]);
    expect(pulse.head).toBe(await github.head());
    expect(Math.abs(pulse.at - Date.now())).toBeLessThan(5_000);
    expect(pulse.pulls.toSorted((one, other) => one.number - other.number)).toEqual([
      { number: 1, branch: 'tenant-sample', ours: true, isOpen: true, updatedAt: expect.any(String) },
      { number: 2, branch: 'fix', ours: false, isOpen: false, updatedAt: expect.any(String) },
    ]);
    expect(github.calls()).toEqual(['graphql Pulse']);
  });
});

describe('who created a branch', () => {
  it('is this App, by the activity log', async () => {
    const { bot } = await opened();
    expect(await bot.createdByUs(REPO, 'tenant-sample')).toBe(true);
    expect(github.calls().at(-1)).toBe(`GET /repos/${REPO}/activity`);
  });

  it('is a person, even after the App had made one of that name', async () => {
    const { bot, pull } = await opened();
    await people.deleteBranch('pat-platform', 'tenant-sample');
    await people.createBranch('pat-platform', 'tenant-sample', pull.head);
    expect(await bot.createdByUs(REPO, 'tenant-sample')).toBe(false);
  });

  it('is asked again while the log may lag behind', async () => {
    await expect(repository().createdByUs(REPO, 'tenant-none')).rejects.toMatchObject({
      name: 'RetryableError',
      retryInMs: 5_000,
    });
  });
});

describe('faults', () => {
  it('a reserved branch whose answer was lost is found bare, and ours', async () => {
    const bot = github.repository({ timeoutMs: 1_000 });
    const { head } = await bot.readPulse(REPO);
    github.faults.add({
      service: 'github',
      on: 'call',
      match: 'ReserveBranch',
      effect: { kind: 'timeout-after-doing' },
    });
    await expect(bot.reserveBranch(REPO, 'sample', 'tenant-sample', head)).rejects.toBeInstanceOf(
      AmbiguousWriteError,
    );
    expect(await bot.reserveBranch(REPO, 'sample', 'tenant-sample', head)).toEqual({ kind: 'taken' });
    const { branches } = await bot.readRequestFacts(REPO, 'sample');
    expect(branches).toMatchObject([{ name: 'tenant-sample', bare: true }]);
    expect(await bot.createdByUs(REPO, 'tenant-sample')).toBe(true);
  });

  it('tokens that end in mid-job are replaced', async () => {
    const bot = repository();
    await bot.readPulse(REPO);
    github.site.expireTokens();
    expect((await bot.readPulse(REPO)).head).toBe(await github.head());
  });
});
