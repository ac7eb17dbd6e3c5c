import { startGitHub, type TestGitHub } from './start-github.ts';

let github: TestGitHub;

beforeAll(async () => {
  github = await startGitHub();
});

afterAll(() => github.close());

const facts = `query Facts($owner: String!, $name: String!, $branch: String!) {
  rateLimit { cost remaining }
  viewer { login }
  repository(owner: $owner, name: $name) {
    id
    defaultBranchRef { name target { oid ... on Commit { tree { entries { name type path } } } } }
    ref(qualifiedName: $branch) { id target { oid } }
    readme: object(expression: "HEAD:README.md") { ... on Blob { text oid byteSize } }
    clusters: object(expression: "main:clusters/prod") { ... on Tree { entries { name mode object { ... on Blob { text } } } } }
    pullRequests(first: 5, states: [OPEN], headRefName: "tenant-web") { totalCount nodes { number url } }
    labels(first: 10) { nodes { id name } }
  }
  organization(login: "sandbox-org") { team(slug: "platform") { id members(first: 10) { nodes { login } } } }
}`;

const open = `mutation Open($repo: ID!, $oid: GitObjectID!, $text: Base64String!) {
  createRef(input: { repositoryId: $repo, name: "refs/heads/tenant-web", oid: $oid, clientMutationId: "one" }) {
    clientMutationId ref { id name prefix }
  }
  createCommitOnBranch(input: {
    branch: { repositoryNameWithOwner: "sandbox-org/platform", branchName: "tenant-web" }
    expectedHeadOid: $oid
    message: { headline: "tenants(web): onboarding namespace to aws", body: "Requested-by: tess" }
    fileChanges: { additions: [{ path: "tenants/web/namespace.yaml", contents: $text }] }
  }) { commit { oid message signature { isValid wasSignedByGitHub } author { name user { login } } } ref { name } }
  createPullRequest(input: {
    repositoryId: $repo, baseRefName: "main", headRefName: "tenant-web"
    title: "tenants(web): onboarding namespace to aws", body: "body"
  }) { pullRequest { id number state url headRefOid author { login __typename } } }
}`;

async function readFacts() {
  const { data } = await github.graphql(facts, {
    owner: 'sandbox-org',
    name: 'platform',
    branch: 'refs/heads/tenant-web',
  });
  return data;
}

it('tells in one query everything that a request needs to know', async () => {
  const data = await readFacts();
  expect(data.viewer.login).toBe('trunkline[bot]');
  expect(data.rateLimit.cost).toBe(1);
  expect(data.repository.defaultBranchRef.name).toBe('main');
  expect(data.repository.ref).toBeNull();
  expect(data.repository.readme).toMatchObject({ text: '# Platform\n', byteSize: 11 });
  expect(data.repository.clusters.entries).toEqual([
    { name: 'kustomization.yaml', mode: 33188, object: { text: 'resources: []\n' } },
  ]);
  expect(data.repository.pullRequests.totalCount).toBe(0);
  expect(data.organization.team.members.nodes.map((each: { login: string }) => each.login)).toContain(
    'pat-platform',
  );
});

it('makes branch, signed commit and pull request in one document, with their webhooks', async () => {
  const before = await readFacts();
  const oid = before.repository.defaultBranchRef.target.oid;
  await github.newHooks();
  const text = Buffer.from('kind: Namespace\n').toString('base64');
  const answer = await github.graphql(open, { repo: before.repository.id, oid, text });
  expect(answer.errors).toBeUndefined();
  expect(answer.data.createRef).toMatchObject({
    clientMutationId: 'one',
    ref: { name: 'tenant-web', prefix: 'refs/heads/' },
  });
  expect(answer.data.createCommitOnBranch.commit).toMatchObject({
    message: 'tenants(web): onboarding namespace to aws\n\nRequested-by: tess',
    signature: { isValid: true, wasSignedByGitHub: true },
  });
  const { pullRequest } = answer.data.createPullRequest;
  expect(pullRequest).toMatchObject({ state: 'OPEN', author: { login: 'trunkline', __typename: 'Bot' } });
  expect(pullRequest.headRefOid).toBe(answer.data.createCommitOnBranch.commit.oid);
  const names = (await github.newHooks()).map((hook) => hook.name);
  for (const name of ['create', 'push', 'pull_request.opened']) expect(names).toContain(name);

  const again = await github.graphql(open, { repo: before.repository.id, oid, text });
  expect(again.data).toEqual({ createRef: null, createCommitOnBranch: null, createPullRequest: null });
  expect(again.errors).toMatchObject([
    {
      type: 'UNPROCESSABLE',
      path: ['createRef'],
      message: 'A ref named "refs/heads/tenant-web" already exists in the repository.',
    },
    { type: 'STALE_DATA', path: ['createCommitOnBranch'] },
    {
      type: 'UNPROCESSABLE',
      path: ['createPullRequest'],
      message: 'A pull request already exists for sandbox-org:tenant-web.',
    },
  ]);
});

it('labels, asks for reviews, comments and reviews', async () => {
  const before = await readFacts();
  const created = await github.graphql(
    'mutation($r: ID!) { createLabel(input: { repositoryId: $r, name: "tenant", color: "ff0000" }) { label { id name color } } }',
    { r: before.repository.id },
  );
  const pull = await github.graphql(
    '{ repository(owner: "sandbox-org", name: "platform") { pullRequests(last: 1) { nodes { id } } } user(login: "pat-platform") { id } }',
  );
  const variables = {
    pull: pull.data.repository.pullRequests.nodes[0].id,
    label: created.data.createLabel.label.id,
    user: pull.data.user.id,
    team: before.organization.team.id,
  };
  await github.newHooks();
  const answer = await github.graphql(
    `mutation($pull: ID!, $label: ID!, $user: ID!, $team: ID!) {
      addLabelsToLabelable(input: { labelableId: $pull, labelIds: [$label] }) { labelable { labels(first: 5) { nodes { name } } } }
      requestReviews(input: { pullRequestId: $pull, userIds: [$user], teamIds: [$team], union: true }) {
        pullRequest { reviewRequests(first: 5) { nodes { requestedReviewer { ... on User { login } ... on Team { slug } } } } }
      }
      addComment(input: { subjectId: $pull, body: "hello" }) { commentEdge { node { id body url } } subject { id } }
    }`,
    variables,
  );
  expect(answer.errors).toBeUndefined();
  expect(answer.data.addLabelsToLabelable.labelable.labels.nodes).toEqual([{ name: 'tenant' }]);
  const review = await github.graphql(
    `mutation($pull: ID!) { addPullRequestReview(input: { pullRequestId: $pull, event: APPROVE, body: "fine" }) {
      pullRequestReview { state author { login } pullRequest { reviewDecision mergeable mergeStateStatus } } } }`,
    { pull: variables.pull },
    github.person('pat-platform'),
  );
  expect(review).toMatchObject({
    data: {
      addPullRequestReview: { pullRequestReview: { state: 'APPROVED', author: { login: 'pat-platform' } } },
    },
  });
  const names = (await github.newHooks()).map((hook) => hook.name);
  expect(names).toEqual(
    expect.arrayContaining([
      'pull_request.labeled',
      'pull_request.review_requested',
      'issue_comment.created',
      'pull_request_review.submitted',
    ]),
  );
});

it('merges when the head is as expected, and says so when it is not', async () => {
  const found = await github.graphql(
    '{ repository(owner: "sandbox-org", name: "platform") { pullRequests(last: 1) { nodes { id headRefOid } } } }',
  );
  const [pull] = found.data.repository.pullRequests.nodes;
  const merge = `mutation($pull: ID!, $oid: GitObjectID!) {
    mergePullRequest(input: { pullRequestId: $pull, expectedHeadOid: $oid, mergeMethod: SQUASH }) {
      pullRequest { state merged mergeCommit { messageHeadline } } } }`;
  const wrong = await github.graphql(merge, { pull: pull.id, oid: '0'.repeat(39).concat('1') });
  expect(wrong.errors).toMatchObject([
    { type: 'UNPROCESSABLE', message: 'Head branch was modified. Review and try the merge again.' },
  ]);
  const right = await github.graphql(merge, { pull: pull.id, oid: pull.headRefOid });
  expect(right.data.mergePullRequest.pullRequest).toMatchObject({
    state: 'MERGED',
    merged: true,
    mergeCommit: { messageHeadline: expect.stringMatching(/^tenants\(web\).*\(#\d+\)$/) },
  });
});

it('tells who closed a pull request, and what else happened to it', async () => {
  const { data, errors } =
    await github.graphql(`{ repository(owner: "sandbox-org", name: "platform") { pullRequests(last: 1) { nodes {
    closing: timelineItems(last: 1, itemTypes: [CLOSED_EVENT]) { nodes { ... on ClosedEvent { actor { __typename login } createdAt } } }
    timelineItems(first: 20) { totalCount nodes { __typename
      ... on LabeledEvent { label { name } } ... on ReviewRequestedEvent { requestedReviewer { ... on User { login } ... on Team { slug } } }
      ... on IssueComment { body } ... on PullRequestReview { state } ... on MergedEvent { commit { oid } actor { login } mergeRefName } } }
  } } } }`);
  expect(errors).toBeUndefined();
  const [pull] = data.repository.pullRequests.nodes;
  expect(pull.closing.nodes).toMatchObject([{ actor: { __typename: 'Bot', login: 'trunkline' } }]);
  expect(pull.timelineItems.nodes).toEqual(
    expect.arrayContaining([
      { __typename: 'LabeledEvent', label: { name: 'tenant' } },
      { __typename: 'ReviewRequestedEvent', requestedReviewer: { login: 'pat-platform' } },
      { __typename: 'IssueComment', body: 'hello' },
      { __typename: 'PullRequestReview', state: 'APPROVED' },
    ]),
  );
});

it('refuses what does not fit the schema, and what it may not do, as GitHub does', async () => {
  const wrong = await github.graphql('{ repository(owner: "sandbox-org", name: "platform") { nonsense } }');
  expect(wrong.errors).toMatchObject([
    {
      message: "Field 'nonsense' doesn't exist on type 'Repository'",
      extensions: { code: 'undefinedField' },
    },
  ]);
  const unbounded = await github.graphql(
    '{ repository(owner: "sandbox-org", name: "platform") { pullRequests { totalCount } } }',
  );
  expect(unbounded.errors[0]).toMatchObject({ type: 'MISSING_PAGINATION_BOUNDARIES' });
  const nobody = await github.graphql('{ repository(owner: "x", name: "y") { id } }');
  expect(nobody).toMatchObject({
    data: { repository: null },
    errors: [
      {
        type: 'NOT_FOUND',
        path: ['repository'],
        message: "Could not resolve to a Repository with the name 'x/y'.",
      },
    ],
  });
  const reader = github.site.world.tokens.issue({ contents: 'read', metadata: 'read' }).token;
  const { repository } = await readFacts();
  const answer = await github.graphql(
    'mutation($r: ID!, $o: GitObjectID!) { createRef(input: { repositoryId: $r, name: "refs/heads/x", oid: $o }) { ref { id } } }',
    { r: repository.id, o: repository.defaultBranchRef.target.oid },
    reader,
  );
  expect(answer.errors).toMatchObject([
    { type: 'FORBIDDEN', message: 'Resource not accessible by integration' },
  ]);
  const variable = await github.graphql(
    'query($n: Int!) { repository(owner: "sandbox-org", name: "platform") { issue(number: $n) { id } } }',
    { n: 'x' },
  );
  expect(variable).toMatchObject({
    errors: [{ message: 'Variable $n of type Int! was provided invalid value' }],
  });
  expect(variable.data).toBeUndefined();
});

it('fires only webhooks that fit their schemas', () => {
  expect(github.problems.splice(0)).toEqual([]);
});
