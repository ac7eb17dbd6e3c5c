import { z } from 'zod';
import type { GitHubLogin, RepoName } from '../../domain/ids.ts';
import type { IssueFacts } from '../../domain/request/issue-request.ts';
import { type GitHubContext, ownerAndName } from './github-context.ts';
import { readQuery } from './graph-failure.ts';
import { actor, isApp, nodesOf } from './shapes.ts';

export const issueQuery = `
query Issue($owner: String!, $name: String!, $number: Int!) {
  repository(owner: $owner, name: $name) {
    issue(number: $number) {
      number url body state updatedAt authorAssociation
      author { __typename login }
      comments(first: 100) { nodes { body author { __typename login } } }
    }
  }
}`;

const issue = z.object({
  number: z.number().int(),
  url: z.url(),
  body: z.string(),
  state: z.string(),
  updatedAt: z.string(),
  authorAssociation: z.string(),
  author: actor,
  comments: nodesOf(z.object({ body: z.string(), author: actor })),
});
const shape = z.object({ repository: z.object({ issue: issue.nullable() }) });

/** One issue with our comments among its first hundred; undefined when there is none, as for a pull request. */
export async function readIssue(
  { client, appSlug }: GitHubContext,
  repo: RepoName,
  number: number,
): Promise<IssueFacts | undefined> {
  const what = `read the issue ${repo}#${number}`;
  const variables = { ...ownerAndName(repo), number };
  const answer = await client.query(repo, what, { query: issueQuery, variables });
  const { issue: read } = readQuery(what, answer, shape, (error) => {
    return error.type === 'NOT_FOUND' && error.path.at(-1) === 'issue';
  }).repository;
  if (read === null) return undefined;
  const { author, comments, state, authorAssociation: association, url, body, updatedAt } = read;
  return {
    number,
    url,
    body,
    updatedAt,
    isOpen: state === 'OPEN',
    author: author?.__typename === 'User' ? (author.login.toLowerCase() as GitHubLogin) : undefined,
    association,
    ownComments: comments.flatMap((each) => (isApp(each.author, appSlug) ? [each.body] : [])),
  };
}
