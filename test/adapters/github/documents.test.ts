import { schema as githubSchema } from '@octokit/graphql-schema';
import { buildSchema, getOperationAST, parse, validate } from 'graphql';
import { queryCost } from '../../../sandbox/github/graphql/query-cost.ts';
import { enqueueMutation, pullIdQuery } from '../../../src/adapters/github/change/enqueue-pull.ts';
import { verifiedMembersQuery } from '../../../src/adapters/github/change/find-verified-logins.ts';
import { reservePromotionMutation } from '../../../src/adapters/github/change/open-promotion.ts';
import { changeFactsQuery } from '../../../src/adapters/github/change/read-change-facts.ts';
import { fileQuery } from '../../../src/adapters/github/change/read-file.ts';
import { promotionBranchQuery } from '../../../src/adapters/github/change/read-promotion-branch.ts';
import { teamMembersQuery } from '../../../src/adapters/github/change/read-team-members.ts';
import { verifiedEmailsQuery } from '../../../src/adapters/github/change/read-verified-emails.ts';
import { commitToRequestMutation } from '../../../src/adapters/github/commit-to-request.ts';
import { conventionPullQuery } from '../../../src/adapters/github/conventions/read-convention-pull.ts';
import { createTagMutation } from '../../../src/adapters/github/create-tag.ts';
import { furtherPullsQuery } from '../../../src/adapters/github/further-pulls.ts';
import { reviewWishMutation } from '../../../src/adapters/github/label-and-ask-for-review.ts';
import { openPullRequestMutations } from '../../../src/adapters/github/open-pull-request.ts';
import { newCommits, oldCommits } from '../../../src/adapters/github/range-commit.ts';
import { defaultBranchQuery } from '../../../src/adapters/github/read-commit-files.ts';
import { comparisonQuery } from '../../../src/adapters/github/read-comparison.ts';
import { headQuery } from '../../../src/adapters/github/read-head.ts';
import { historyQuery } from '../../../src/adapters/github/read-history.ts';
import { issueQuery } from '../../../src/adapters/github/read-issue.ts';
import { mergedPullsQuery } from '../../../src/adapters/github/read-merged-pulls.ts';
import { mergesQuery, rebasedQuery } from '../../../src/adapters/github/read-merges.ts';
import { notesQuery } from '../../../src/adapters/github/read-notes.ts';
import { pullQuery } from '../../../src/adapters/github/read-pull.ts';
import { pulseQuery } from '../../../src/adapters/github/read-pulse.ts';
import { tagOfReleaseQuery } from '../../../src/adapters/github/read-release.ts';
import { releaseFactsQuery } from '../../../src/adapters/github/read-release-facts.ts';
import { requestFactsQuery } from '../../../src/adapters/github/read-request-facts.ts';
import { standingRequestQuery } from '../../../src/adapters/github/read-standing-request.ts';
import { textsQuery } from '../../../src/adapters/github/read-texts.ts';
import { releaseBranchMutation } from '../../../src/adapters/github/release-branch.ts';
import { repositoryIdQuery } from '../../../src/adapters/github/repository-id.ts';
import { reserveBranchMutation } from '../../../src/adapters/github/reserve-branch.ts';
import { activeDeploymentsQuery } from '../../../src/adapters/github/retire-deployments.ts';
import { reviewNamesQuery } from '../../../src/adapters/github/review-names.ts';
import { takeBackPullMutation } from '../../../src/adapters/github/take-back-pull.ts';

const schema = buildSchema(githubSchema.idl, { assumeValidSDL: true });

const documents = {
  'facts of a request': requestFactsQuery,
  'further pull requests': furtherPullsQuery,
  'reserving a branch': reserveBranchMutation,
  'releasing a branch': releaseBranchMutation,
  'commit and pull request': openPullRequestMutations.commitAndPull,
  'pull request only': openPullRequestMutations.pullOnly,
  'taking a pull request back': takeBackPullMutation,
  'active deployments': activeDeploymentsQuery,
  'one pull request': pullQuery,
  'notes of releases': notesQuery(3),
  'verified addresses of members': verifiedMembersQuery,
  pulse: pulseQuery,
  'a request that stands': standingRequestQuery,
  'a commit to a request': commitToRequestMutation,
  'an issue': issueQuery,
  head: headQuery,
  'one text': textsQuery(1),
  'a hundred texts': textsQuery(100),
  'four hundred texts': textsQuery(400),
  'a pull request for its conventions': conventionPullQuery,
  'id of the repository': repositoryIdQuery,
  'names of all kinds': reviewNamesQuery(['label', 'user', 'team', 'label', 'team'], true),
  'names without a pull request': reviewNamesQuery(['user'], false),
  'only the pull request': reviewNamesQuery([], true),
  'facts of a release': releaseFactsQuery(false),
  'facts of a release and of a tag': releaseFactsQuery(true),
  'the tag of a release': tagOfReleaseQuery,
  'creating a tag': createTagMutation,
  'comparing, for what is new': comparisonQuery(newCommits),
  'comparing, for what is old': comparisonQuery(oldCommits),
  'a history that is new': historyQuery(newCommits),
  'a history that is old': historyQuery(oldCommits),
  'one merged pull request': mergedPullsQuery(1),
  'two hundred merged pull requests': mergedPullsQuery(200),
  'what was merged last': mergesQuery(0),
  'what was merged, and a hundred named ones': mergesQuery(100),
  'a rebased pull request': rebasedQuery,
  'name of the default branch': defaultBranchQuery,
  'facts of nothing': changeFactsQuery({ pulls: 0, branches: 0, tags: 0 }),
  'facts of one change': changeFactsQuery({ pulls: 3, branches: 3, tags: 2 }),
  'facts of branches': changeFactsQuery({ pulls: 0, branches: 2, tags: 0 }),
  'facts of tags': changeFactsQuery({ pulls: 0, branches: 0, tags: 2 }),
  'facts of forty pull requests': changeFactsQuery({ pulls: 40, branches: 10, tags: 10 }),
  'a file': fileQuery,
  'members of a team': teamMembersQuery,
  'verified addresses': verifiedEmailsQuery,
  'a promotion’s branch': promotionBranchQuery,
  'reserving a promotion’s branch': reservePromotionMutation,
  'id of a pull request': pullIdQuery,
  'a merge queue': enqueueMutation,
  'labels and reviewers': reviewWishMutation(['label', 'label', 'user', 'team']),
};

/** https://docs.github.com/graphql/overview/rate-limits-and-node-limits-for-the-graphql-api#node-limit */
const MOST_NODES = 500_000;

it('the pulse costs one point', () => {
  const document = parse(pulseQuery);
  const operation = getOperationAST(document);
  expect(operation && queryCost(document, operation, {}).cost).toBe(1);
});

describe('documents sent to GitHub', () => {
  it.each(Object.entries(documents))('%s: GitHub’s schema takes it, and it has a name', (_, text) => {
    const document = parse(text);
    expect(validate(schema, document)).toEqual([]);
    expect(text).toMatch(/^\n(query|mutation) [A-Z]\w+/);
    const operation = getOperationAST(document);
    if (operation) expect(queryCost(document, operation, {}).nodeCount).toBeLessThan(MOST_NODES);
  });
});
