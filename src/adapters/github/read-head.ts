import { z } from 'zod';
import type { OpenPull, OpenRequest } from '../../../jobs/ports.ts';
import type { CommitSha, RepoName } from '../../domain/ids.ts';
import { onboardedName } from '../../domain/onboarded-name.ts';
import { PermanentError } from '../../errors.ts';
import { type GitHubContext, ownerAndName } from './github-context.ts';
import { readQuery } from './graph-failure.ts';
import { repositoryKey } from './id-book.ts';
import { commitSha } from './shapes.ts';

export const headQuery = `
query Head($owner: String!, $name: String!, $after: String) {
  repository(owner: $owner, name: $name) {
    id
    defaultBranchRef { name target { oid ... on Commit { tree { oid } } } }
    pullRequests(states: OPEN, first: 100, after: $after, orderBy: { field: CREATED_AT, direction: ASC }) {
      pageInfo { hasNextPage endCursor }
      nodes { number url title headRefName isCrossRepository }
    }
  }
}`;

const pull = z.object({
  number: z.number().int(),
  url: z.url(),
  title: z.string(),
  headRefName: z.string(),
  isCrossRepository: z.boolean(),
});

const target = z.object({ oid: commitSha, tree: z.object({ oid: z.string() }) });

const shape = z.object({
  repository: z.object({
    id: z.string(),
    defaultBranchRef: z.object({ name: z.string(), target }).nullable(),
    pullRequests: z
      .object({ pageInfo: z.object({ hasNextPage: z.boolean(), endCursor: z.string().nullable() }) })
      .and(z.object({ nodes: z.array(pull.nullable()).nullable() })),
  }),
});

/** The default branch's head, and the requests under way when it was read. */
export interface Head {
  readonly defaultBranch: string;
  readonly commit: CommitSha;
  readonly tree: string;
  readonly openRequests: readonly OpenRequest[];
  readonly openPulls: readonly OpenPull[];
  /** Milliseconds since the epoch by GitHub's clock. */
  readonly at: number;
}

/** One query for up to 100 open pull requests, one more for each further hundred. */
export async function readHead({ client, ids }: GitHubContext, repo: RepoName): Promise<Head> {
  const what = `read the head of ${repo}`;
  const openRequests: OpenRequest[] = [];
  const openPulls: OpenPull[] = [];
  let first: Omit<Head, 'openRequests' | 'openPulls'> | undefined;
  let after: string | null = null;
  for (;;) {
    const variables: Record<string, unknown> = { ...ownerAndName(repo), after };
    const answer = await client.query(repo, what, { query: headQuery, variables });
    const { id, defaultBranchRef: main, pullRequests } = readQuery(what, answer, shape).repository;
    if (main === null) throw new PermanentError('empty-repository', `${repo} has no default branch`);
    ids.put(repositoryKey(repo), id);
    first ??= {
      defaultBranch: main.name,
      commit: main.target.oid,
      tree: main.target.tree.oid,
      at: answer.at,
    };
    // A fork's branches may bear any name, and its pull requests any title.
    const own = (pullRequests.nodes ?? [])
      .filter((each) => each !== null)
      .filter(({ isCrossRepository }) => !isCrossRepository);
    openRequests.push(...own.flatMap((each) => openRequestOf(repo, each)));
    openPulls.push(...own.map(({ number, url, title }) => ({ number, url, title })));
    if (!pullRequests.pageInfo.hasNextPage) return { ...first, openRequests, openPulls };
    after = pullRequests.pageInfo.endCursor;
  }
}

/** Whoever opened it, by hand or through us. */
function openRequestOf(repo: RepoName, each: z.output<typeof pull>): readonly OpenRequest[] {
  if (!each.headRefName.startsWith('tenant-')) return [];
  const name = onboardedName(each.title);
  return name === undefined ? [] : [{ repo, number: each.number, url: each.url, name }];
}
