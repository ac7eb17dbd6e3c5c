import { z } from 'zod';
import type { RepoName } from '../../domain/ids.ts';
import type { ReleaseFacts, ReleaseHead } from '../../domain/release/release-facts.ts';
import { PermanentError } from '../../errors.ts';
import { type GitHubContext, ownerAndName } from './github-context.ts';
import { readQuery } from './graph-failure.ts';
import { repositoryKey } from './id-book.ts';
import { peel, peeled, peeledFragment } from './peeled.ts';
import { releaseHead, releaseHeadFragment, toReleaseHeads } from './release-head.ts';
import { commitSha, nodesOf } from './shapes.ts';

/** GitHub finds a release by its tag when it is a draft too. */
const wantedFields = `
    wanted: ref(qualifiedName: $ref) { target { ...Peeled } }
    wantedRelease: release(tagName: $tag) { ...ReleaseHead }`;

export function releaseFactsQuery(withWanted: boolean): string {
  return `
query ReleaseFacts($owner: String!, $name: String!${withWanted ? ', $ref: String!, $tag: String!' : ''}) {
  repository(owner: $owner, name: $name) {
    id url
    defaultBranchRef { name target { oid } }
    refs(refPrefix: "refs/tags/", first: 100, orderBy: { field: TAG_COMMIT_DATE, direction: DESC }) {
      nodes { name target { ...Peeled } }
    }
    releases(first: 50, orderBy: { field: CREATED_AT, direction: DESC }) { nodes { ...ReleaseHead } }${
      withWanted ? wantedFields : ''
    }
  }
}
${releaseHeadFragment}${peeledFragment}`;
}

const shape = z.object({
  repository: z.object({
    id: z.string(),
    url: z.url(),
    defaultBranchRef: z.object({ name: z.string(), target: z.object({ oid: commitSha }) }).nullable(),
    refs: nodesOf(z.object({ name: z.string(), target: peeled.nullable() })),
    releases: nodesOf(releaseHead),
    wanted: z.object({ target: peeled.nullable() }).nullish(),
    wantedRelease: releaseHead.nullish(),
  }),
});

type Shape = z.output<typeof shape>['repository'];

/** One query: all that decides about cutting a release, and about the tag `wanted`. */
export async function readReleaseFacts(
  { client, ids }: GitHubContext,
  branches: Map<RepoName, string>,
  repo: RepoName,
  wanted?: string,
): Promise<ReleaseFacts> {
  const what = `read tags and releases of ${repo}`;
  const asked = wanted === undefined ? {} : { ref: `refs/tags/${wanted}`, tag: wanted };
  const answer = await client.query(repo, what, {
    query: releaseFactsQuery(wanted !== undefined),
    variables: { ...ownerAndName(repo), ...asked },
  });
  const facts = readQuery(what, answer, shape).repository;
  const main = facts.defaultBranchRef;
  if (main === null) throw new PermanentError('empty-repository', `${repo} has no default branch`);
  ids.put(repositoryKey(repo), facts.id);
  branches.set(repo, main.name);
  const releases = toReleaseHeads(facts.releases);
  return {
    repo,
    url: facts.url,
    defaultBranch: main.name,
    head: main.target.oid,
    tags: facts.refs.flatMap(tagOf),
    releases,
    wanted: wanted === undefined ? undefined : wantedOf(wanted, facts, releases),
  };
}

/** A tag that points to no commit is no version of anything. */
function tagOf({ name, target }: Shape['refs'][number]): ReleaseFacts['tags'] {
  const { oid, isCommit } = target === null ? { oid: undefined, isCommit: false } : peel(target);
  return oid === undefined || !isCommit ? [] : [{ name, commit: oid }];
}

/**
 * The tag by its exact name, whatever it points to: its name is taken. A draft counts as its release where no
 * published one does.
 */
function wantedOf(tag: string, facts: Shape, releases: readonly ReleaseHead[]): ReleaseFacts['wanted'] {
  if (!facts.wanted?.target) return undefined;
  const found = toReleaseHeads(facts.wantedRelease ? [facts.wantedRelease] : []);
  const all = [...found, ...releases].filter((each) => each.tag === tag);
  return { commit: peel(facts.wanted.target).oid, release: all.find(({ isDraft }) => !isDraft) ?? all[0] };
}
