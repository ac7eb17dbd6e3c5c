import { GraphQLObjectType } from 'graphql';
import { resolvers } from '../../../sandbox/github/graphql/resolvers.ts';
import { githubSchema } from '../../../sandbox/github/graphql/schema.ts';
import { startGitHub, type TestGitHub } from './start-github.ts';

let github: TestGitHub;

beforeAll(async () => {
  github = await startGitHub();
});

afterAll(() => github.close());

it('answers only types and fields that GitHub has', () => {
  const schema = githubSchema();
  const unknown = Object.entries(resolvers).flatMap(([name, fields]) => {
    const type = schema.getType(name);
    const known = type instanceof GraphQLObjectType ? type.getFields() : {};
    return Object.keys(fields)
      .filter((field) => !(field in known))
      .map((field) => `${name}.${field}`);
  });
  expect(unknown).toEqual([]);
});

it('answers every field without arguments that it names, of every object it can reach', async () => {
  const main = (await github.call('GET', 'r/git/ref/heads/main')).body.object.sha;
  await github.call('POST', 'r/git/refs', { ref: 'refs/heads/topic', sha: main });
  await github.call('PUT', 'r/contents/a.txt', { message: 'a', content: 'YQ==', branch: 'topic' });
  const { body: pull } = await github.call('POST', 'r/pulls', { title: 'a', head: 'topic', base: 'main' });
  await github.call('POST', `r/issues/${pull.number}/labels`, { labels: ['a'] });
  const { body: issue } = await github.call('POST', 'r/issues', { title: 'i' });
  const { body: comment } = await github.call('POST', `r/issues/${issue.number}/comments`, { body: 'c' });
  const review = { event: 'APPROVE', body: 'r' };
  const { body: reviewed } = await github.call(
    'POST',
    `r/pulls/${pull.number}/reviews`,
    review,
    github.person('pat-platform'),
  );
  const { body: run } = await github.call('POST', 'r/check-runs', { name: 'c', head_sha: pull.head.sha });
  const { body: release } = await github.call('POST', 'r/releases', { tag_name: 'v1' });
  const { body: deployment } = await github.call('POST', 'r/deployments', {
    ref: 'v1',
    auto_merge: false,
    required_contexts: [],
  });
  const { state } = github.site.world;
  const suite = [...state.checkSuites.values()].find((each) => each.headSha === pull.head.sha);
  const ids = [
    pull.node_id,
    issue.node_id,
    comment.node_id,
    reviewed.node_id,
    run.node_id,
    release.node_id,
    deployment.node_id,
    state.nodeId('Repository', state.repo.id),
    state.nodeId('Ref', 'refs/heads/main'),
    state.nodeId('Commit', pull.head.sha),
    state.nodeId('User', 'pat-platform'),
    state.nodeId('Bot', 'trunkline[bot]'),
    state.nodeId('Organization', 'sandbox-org'),
    state.nodeId('Team', 'platform'),
    state.nodeId('CheckSuite', suite?.id ?? 0),
    state.nodeId('App', 1001),
    state.nodeId('Label', state.labels.get('a')?.id ?? 0),
  ];
  for (const id of ids) {
    const { data } = await github.graphql('query($id: ID!) { node(id: $id) { __typename id } }', { id });
    expect(data.node?.id).toBe(id);
    const selection = plainFields(data.node.__typename).join(' ');
    const answer = await github.graphql(
      `query($id: ID!) { node(id: $id) { ... on ${data.node.__typename} { ${selection} } } }`,
      { id },
    );
    expect(answer.errors).toBeUndefined();
  }
  await github.site.idle();
  expect(github.problems).toEqual([]);
});

/** The fields of a type that the sandbox answers and that need neither arguments nor a selection. */
function plainFields(name: string): readonly string[] {
  const type = githubSchema().getType(name);
  if (!(type instanceof GraphQLObjectType)) return [];
  return Object.values(type.getFields())
    .filter((field) => field.name in (resolvers[name] ?? {}))
    .filter((field) => field.args.every((arg) => !arg.type.toString().endsWith('!')))
    .filter((field) => !isComposite(field.type.toString().replace(/[[\]!]/g, '')))
    .map((field) => field.name);
}

function isComposite(name: string): boolean {
  const type = githubSchema().getType(name);
  return type !== undefined && 'getFields' in type ? true : type?.toString() === name && 'getTypes' in type;
}
