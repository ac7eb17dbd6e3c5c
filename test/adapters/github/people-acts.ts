import type { CommitSha } from '../../../src/domain/ids.ts';
import { REPO, type SandboxGitHub } from './sandbox-github.ts';

/** What people do on GitHub beside the bot. */
export function peopleActs(github: SandboxGitHub) {
  const [owner, name] = REPO.split('/');

  async function pullId(number: number): Promise<string> {
    const query = `query { repository(owner: "${owner}", name: "${name}") { pullRequest(number: ${number}) { id } } }`;
    return (await github.graph('pat-platform', query)).repository.pullRequest.id;
  }

  return {
    pullId,

    async createBranch(login: string, branch: string, at: string): Promise<void> {
      await github.rest(login, 'POST', `/repos/${REPO}/git/refs`, { ref: `refs/heads/${branch}`, sha: at });
    },

    async deleteBranch(login: string, branch: string): Promise<void> {
      await github.rest(login, 'DELETE', `/repos/${REPO}/git/refs/heads/${branch}`);
    },

    async commit(
      login: string,
      branch: string,
      files: Readonly<Record<string, string>>,
      message: { readonly headline: string; readonly body?: string } = { headline: 'sample' },
    ): Promise<CommitSha> {
      const input = {
        branch: { repositoryNameWithOwner: REPO, branchName: branch },
        expectedHeadOid: await github.head(branch),
        message,
        fileChanges: {
          additions: Object.entries(files).map(([path, text]) => ({
            path,
            contents: Buffer.from(text).toString('base64'),
          })),
        },
      };
      const mutation =
        'mutation ($input: CreateCommitOnBranchInput!) { createCommitOnBranch(input: $input) { commit { oid } } }';
      return (await github.graph(login, mutation, { input })).createCommitOnBranch.commit.oid;
    },

    async openPull(login: string, branch: string, title: string, body = ''): Promise<number> {
      const query = `query { repository(owner: "${owner}", name: "${name}") { id } }`;
      const repositoryId = (await github.graph(login, query)).repository.id;
      const mutation =
        'mutation ($input: CreatePullRequestInput!) { createPullRequest(input: $input) { pullRequest { number } } }';
      const input = { repositoryId, baseRefName: 'main', headRefName: branch, title, body };
      return (await github.graph(login, mutation, { input })).createPullRequest.pullRequest.number;
    },

    async closePull(login: string, number: number): Promise<void> {
      const mutation =
        'mutation ($id: ID!) { closePullRequest(input: { pullRequestId: $id }) { clientMutationId } }';
      await github.graph(login, mutation, { id: await pullId(number) });
    },

    async mergePull(login: string, number: number): Promise<void> {
      const mutation =
        'mutation ($id: ID!) { mergePullRequest(input: { pullRequestId: $id, mergeMethod: SQUASH }) { clientMutationId } }';
      await github.graph(login, mutation, { id: await pullId(number) });
    },

    async review(
      login: string,
      number: number,
      event: 'APPROVE' | 'REQUEST_CHANGES' | 'COMMENT',
    ): Promise<void> {
      const mutation =
        'mutation ($id: ID!, $event: PullRequestReviewEvent!) { addPullRequestReview(input: { pullRequestId: $id, event: $event, body: "sample" }) { clientMutationId } }';
      await github.graph(login, mutation, { id: await pullId(number), event });
    },
  };
}
