import { startGitHub, type TestGitHub } from './start-github.ts';

let github: TestGitHub;
let clock = Date.now() + 60_000;

beforeAll(async () => {
  github = await startGitHub({ now: () => clock });
});
afterAll(() => github.close());
afterEach(() => expect(github.problems.splice(0)).toEqual([]));

async function repository(fields: string, token?: string) {
  const answer = await github.graphql(
    `{ repository(owner: "sandbox-org", name: "platform") { ${fields} } }`,
    {},
    token,
  );
  if (answer.errors) throw new Error(JSON.stringify(answer.errors));
  return answer.data.repository;
}

async function tip(branch = 'main'): Promise<string> {
  return (await github.call('GET', `r/git/ref/heads/${branch}`)).body.object.sha;
}

async function commit(message: string, branch = 'main'): Promise<string> {
  clock += 60_000;
  const content = Buffer.from(message).toString('base64');
  await github.call('PUT', `r/contents/${message}.txt`, { message, content, branch });
  return tip(branch);
}

const tag = (name: string, sha: string) =>
  github.call('POST', 'r/git/refs', { ref: `refs/tags/${name}`, sha });

const oids = (page: { nodes: readonly { oid: string }[] }) => page.nodes.map(({ oid }) => oid);

describe('comparing', () => {
  it('takes tags, annotated ones too, full names and commits, and turns pages from both ends', async () => {
    const first = await tip();
    const { sha } = (
      await github.call('POST', 'r/git/tags', {
        tag: 'v1.0.0',
        message: 'one',
        object: first,
        type: 'commit',
      })
    ).body;
    await tag('v1.0.0', sha);
    const made: string[] = [];
    for (const message of ['a', 'b', 'c', 'd', 'e']) made.push(await commit(message));
    await tag('v1.1.0', made.at(-1) ?? '');
    for (const head of ['refs/tags/v1.1.0', 'v1.1.0', 'refs/heads/main', 'main', made.at(-1)]) {
      const { ref } = await repository(`ref(qualifiedName: "refs/tags/v1.0.0") { compare(headRef: "${head}") {
        status aheadBy behindBy baseTarget { oid } headTarget { oid }
        front: commits(first: 2) { totalCount nodes { oid } pageInfo { endCursor hasNextPage } }
        back: commits(last: 2) { nodes { oid } pageInfo { startCursor hasPreviousPage } } } }`);
      const { front, back, ...rest } = ref.compare;
      const targets = { baseTarget: { oid: first }, headTarget: { oid: made[4] } };
      expect(rest).toEqual({ status: 'AHEAD', aheadBy: 5, behindBy: 0, ...targets });
      expect([oids(front), oids(back), front.totalCount]).toEqual([made.slice(0, 2), made.slice(3), 5]);
      const next = await repository(`ref(qualifiedName: "refs/tags/v1.0.0") { compare(headRef: "${head}") {
        front: commits(first: 2, after: "${front.pageInfo.endCursor}") { nodes { oid } }
        back: commits(last: 2, before: "${back.pageInfo.startCursor}") { nodes { oid } } } }`);
      expect(oids(next.ref.compare.front)).toEqual(made.slice(2, 4));
      expect(oids(next.ref.compare.back)).toEqual(made.slice(1, 3));
    }
  });

  it('cannot be done with a ref that is not there, nor with an unrelated history', async () => {
    clock += 60_000;
    const tree = (await github.call('GET', `r/git/commits/${await tip()}`)).body.tree.sha;
    const orphan = (await github.call('POST', 'r/git/commits', { message: 'orphan', tree, parents: [] })).body
      .sha;
    await tag('orphan', orphan);
    for (const head of ['refs/heads/none', 'refs/tags/orphan']) {
      const { ref } = await repository(
        `ref(qualifiedName: "refs/heads/main") { compare(headRef: "${head}") { status } }`,
      );
      expect(ref.compare).toBeNull();
    }
  });
});

it('orders tags by the date of their commits', async () => {
  await tag('a-late', await commit('late'));
  const { refs } = await repository(
    'refs(refPrefix: "refs/tags/", first: 2, orderBy: { field: TAG_COMMIT_DATE, direction: DESC }) { nodes { name } }',
  );
  expect(refs.nodes.map(({ name }: { name: string }) => name)).toEqual(['a-late', 'orphan']);
});

describe('a release', () => {
  const updated = async (id: number) => {
    const rest = (await github.call('GET', `r/releases/${id}`)).body.updated_at;
    const { releases } = await repository('releases(first: 20) { nodes { databaseId updatedAt } }');
    const graph = releases.nodes.find((each: { databaseId: number }) => each.databaseId === id).updatedAt;
    expect(graph).toBe(rest);
    return rest;
  };

  it('tells when it was edited last', async () => {
    const { id } = (await github.call('POST', 'r/releases', { tag_name: 'v1.1.0' })).body;
    const before = await updated(id);
    clock += 5_000;
    await github.call('PATCH', `r/releases/${id}`, { body: 'better' });
    expect(Date.parse(await updated(id)) - Date.parse(before)).toBe(5_000);
  });

  it('as a draft is found by the tag that it would make, by those who may write', async () => {
    const draft = (await github.call('POST', 'r/releases', { tag_name: 'v3.0.0', draft: true })).body;
    const fields = 'release(tagName: "v3.0.0") { databaseId isDraft url }';
    expect((await repository(fields)).release).toEqual({
      databaseId: draft.id,
      isDraft: true,
      url: draft.html_url,
    });
    expect((await repository(fields, github.person('tess-tenant'))).release).toBeNull();
    await github.call('POST', 'r/releases', { tag_name: 'v3.0.0' });
    expect((await repository(fields)).release).toMatchObject({ isDraft: false });
  });
});
