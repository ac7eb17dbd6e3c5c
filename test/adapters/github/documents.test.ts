import { schema as githubSchema } from '@octokit/graphql-schema';
import { buildSchema, parse, validate } from 'graphql';
import { furtherPullsQuery } from '../../../src/adapters/github/further-pulls.ts';
import { reviewWishMutation } from '../../../src/adapters/github/label-and-ask-for-review.ts';
import { openPullRequestMutations } from '../../../src/adapters/github/open-pull-request.ts';
import { headQuery } from '../../../src/adapters/github/read-head.ts';
import { pullQuery } from '../../../src/adapters/github/read-pull.ts';
import { pulseQuery } from '../../../src/adapters/github/read-pulse.ts';
import { requestFactsQuery } from '../../../src/adapters/github/read-request-facts.ts';
import { textsQuery } from '../../../src/adapters/github/read-texts.ts';
import { releaseBranchMutation } from '../../../src/adapters/github/release-branch.ts';
import { repositoryIdQuery } from '../../../src/adapters/github/repository-id.ts';
import { reserveBranchMutation } from '../../../src/adapters/github/reserve-branch.ts';
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
  'one pull request': pullQuery,
  pulse: pulseQuery,
  head: headQuery,
  'one text': textsQuery(1),
  'a hundred texts': textsQuery(100),
  'id of the repository': repositoryIdQuery,
  'names of all kinds': reviewNamesQuery(['label', 'user', 'team', 'label', 'team'], true),
  'names without a pull request': reviewNamesQuery(['user'], false),
  'only the pull request': reviewNamesQuery([], true),
  'labels and reviewers': reviewWishMutation(['label', 'label', 'user', 'team']),
};

describe('documents sent to GitHub', () => {
  it.each(Object.entries(documents))('%s: GitHub’s schema takes it, and it has a name', (_, text) => {
    const document = parse(text);
    expect(validate(schema, document)).toEqual([]);
    expect(text).toMatch(/^\n(query|mutation) [A-Z]\w+/);
  });
});
