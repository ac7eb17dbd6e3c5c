import type { PromotionPull } from '../../../jobs/change/change-ports.ts';
import type { CommitSha } from '../../../src/domain/ids.ts';
import { peopleActs } from './people-acts.ts';
import { REPO, type SandboxGitHub, startSandboxGitHub } from './sandbox-github.ts';

const FILE = { path: 'clusters/aws/prod/source.yaml', content: 'ref:\n  tag: v0.0.3 # ü\r\n' };
const BRANCH = 'promote-v0.0.3-aws-1-prod';

let github: SandboxGitHub;
let plan: PromotionPull;
beforeEach(async () => {
  github = await startSandboxGitHub({ files: { [FILE.path]: 'ref:\n  tag: v0.0.2 # ü\r\n', other: 'x\n' } });
  plan = {
    repo: REPO,
    branch: BRANCH,
    base: 'main',
    onTopOf: await github.head(),
    file: FILE,
    title: 'chore(release): promote v0.0.3 to aws prod',
    body: 'a body',
    labels: [],
  };
});
afterEach(() => github.close());

function strike(match: string, kind: 'error' | 'error-after-doing'): void {
  github.faults.add({ service: 'github', on: 'call', match, effect: { kind, status: 502 } });
}

async function pulls(): Promise<readonly { readonly number: number; readonly state: string }[]> {
  return (await github.rest('pat-platform', 'GET', `/repos/${REPO}/pulls?state=all`)) as {
    number: number;
    state: string;
  }[];
}

describe('opening a promotion', () => {
  it('leaves its commit known: what it holds need not be read', async () => {
    const repository = github.repository();
    const before = await repository.readCommitFiles(REPO, plan.onTopOf);
    const { head } = (await repository.openPromotion(plan)) as { head: CommitSha };
    github.calls();
    const made = await repository.readCommitFiles(REPO, head);
    expect(github.calls()).toEqual([]);
    expect(made.oids).toEqual((await github.repository().readCommitFiles(REPO, head)).oids);
    expect(made.oids).not.toEqual(before.oids);
  });

  it('takes two requests from a warm bot, and writes one commit with one file', async () => {
    const repository = github.repository();
    await repository.readChangeFacts(REPO, { pulls: [], branches: [], tags: [] });
    github.calls();
    const result = await repository.openPromotion(plan);
    expect(github.calls()).toEqual(['graphql ReservePromotion', 'graphql OpenPullRequest']);
    const head = await github.head(BRANCH);
    expect(result).toEqual({ kind: 'opened', number: 1, head, isMade: true });
    const commit = await github.rest('pat-platform', 'GET', `/repos/${REPO}/commits/${head}`);
    expect(commit).toMatchObject({
      commit: { message: plan.title },
      parents: [{ sha: plan.onTopOf }],
      files: [{ filename: FILE.path, additions: 1, deletions: 1 }],
    });
    expect(await repository.readFile(REPO, head, FILE.path)).toBe(FILE.content);
    const facts = await repository.readChangeFacts(REPO, { pulls: [1], branches: [], tags: [] });
    expect(facts.pulls.get(1)).toMatchObject({
      ours: true,
      title: plan.title,
      hasUnknownAuthors: false,
      authors: [],
    });
  });

  it('finds what it opened before, also once the base has moved', async () => {
    const repository = github.repository();
    const first = { ...(await repository.openPromotion(plan)), isMade: false };
    expect(await repository.openPromotion(plan)).toEqual(first);
    const onTopOf = await peopleActs(github).commit('pat-platform', 'main', { other: 'y\n' });
    expect(await github.repository().openPromotion({ ...plan, onTopOf })).toEqual(first);
    expect(await pulls()).toHaveLength(1);
  });

  it('goes on after the branch alone was made', async () => {
    strike('OpenPullRequest', 'error');
    const repository = github.repository();
    await expect(repository.openPromotion(plan)).rejects.toMatchObject({ name: 'AmbiguousWriteError' });
    expect(await github.head(BRANCH)).toBe(plan.onTopOf);
    expect(await repository.openPromotion(plan)).toMatchObject({ kind: 'opened', number: 1 });
  });

  it.each(['ReservePromotion', 'OpenPullRequest'])(
    'goes on after %s was done without an answer',
    async (match) => {
      strike(match, 'error-after-doing');
      const repository = github.repository();
      await expect(repository.openPromotion(plan)).rejects.toMatchObject({ name: 'AmbiguousWriteError' });
      const head = () => github.head(BRANCH);
      expect(await repository.openPromotion(plan)).toMatchObject({
        kind: 'opened',
        number: 1,
        head: await head(),
      });
      expect(await pulls()).toHaveLength(1);
    },
  );

  it('opens a new pull request for a commit whose pull request was closed', async () => {
    const repository = github.repository();
    await repository.openPromotion(plan);
    await repository.close(REPO, 1);
    const head = await github.head(BRANCH);
    expect(await repository.openPromotion(plan)).toEqual({ kind: 'opened', number: 2, head, isMade: false });
  });

  it('twice at once opens one pull request', async () => {
    const results = await Promise.allSettled([
      github.repository().openPromotion(plan),
      github.repository().openPromotion(plan),
      github.repository().openPromotion(plan),
    ]);
    expect(results.some(({ status }) => status === 'fulfilled')).toBe(true);
    const last = await github.repository().openPromotion(plan);
    expect(last).toMatchObject({ kind: 'opened', head: await github.head(BRANCH) });
    expect((await pulls()).filter(({ state }) => state === 'open')).toHaveLength(1);
  });

  it('leaves a bare branch of somebody else alone', async () => {
    await peopleActs(github).createBranch('pat-platform', BRANCH, plan.onTopOf);
    expect(await github.repository().openPromotion(plan)).toEqual({ kind: 'taken' });
    expect(await github.head(BRANCH)).toBe(plan.onTopOf);
  });

  it('takes no commit of somebody else for its own, whatever it holds', async () => {
    const acts = peopleActs(github);
    await acts.createBranch('pat-platform', BRANCH, plan.onTopOf);
    await acts.commit('pat-platform', BRANCH, { [FILE.path]: FILE.content }, { headline: plan.title });
    expect(await github.repository().openPromotion(plan)).toEqual({ kind: 'taken' });
    expect(await pulls()).toEqual([]);
  });

  it('takes no branch that somebody has pushed to for its own', async () => {
    const repository = github.repository();
    await repository.openPromotion(plan);
    await peopleActs(github).commit('pat-platform', BRANCH, { other: 'evil\n' });
    expect(await repository.openPromotion(plan)).toEqual({ kind: 'taken' });
  });

  it('takes no branch of its own with something else in it', async () => {
    const repository = github.repository();
    await repository.openPromotion(plan);
    const file = { ...FILE, content: 'ref:\n  tag: v0.0.4\n' };
    expect(await repository.openPromotion({ ...plan, file })).toEqual({ kind: 'taken' });
  });

  it('looks again when the branch was just made and is not seen yet', async () => {
    github.site.setStaleReads(30_000);
    await github.repository().openPromotion(plan);
    expect(await github.repository().openPromotion(plan)).toEqual({ kind: 'lost-race' });
  });

  it('labels what it opened, and does without labels that are not there', async () => {
    await github.rest('pat-platform', 'POST', `/repos/${REPO}/labels`, {
      name: 'promotion',
      color: 'ffffff',
    });
    const labels = ['promotion', 'absent'];
    expect(await github.repository().openPromotion({ ...plan, labels })).toMatchObject({ kind: 'opened' });
    const pull = await github.rest('pat-platform', 'GET', `/repos/${REPO}/pulls/1`);
    expect(pull).toMatchObject({ labels: [{ name: 'promotion' }] });
  });

  it('stands even when it cannot be labelled', async () => {
    strike('ReviewNames', 'error');
    const wish = { ...plan, labels: ['promotion'] };
    expect(await github.repository().openPromotion(wish)).toMatchObject({ kind: 'opened', number: 1 });
  });
});
