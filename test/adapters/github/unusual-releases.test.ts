import type { CommitSha, RepoName } from '../../../src/domain/ids.ts';
import { AmbiguousWriteError } from '../../../src/errors.ts';
import {
  GITHUB_DATE,
  type Reply,
  type ScriptedGitHub,
  type Seen,
  startScriptedGitHub,
} from './scripted-github.ts';

const REPO = 'o/r' as RepoName;
const HEAD = 'a'.repeat(40) as CommitSha;
const TREE = 'b'.repeat(40);

let github: ScriptedGitHub;
beforeEach(async () => {
  github = await startScriptedGitHub();
});
afterEach(() => github.close());

const ok = (data: unknown): Reply => ({ json: { data } });
const id = ok({ repository: { id: 'R_1' } });
const bad = (error: object, data: unknown = null): Reply => ({ json: { data, errors: [error] } });

const outcomeOf = (work: Promise<unknown>) => work.catch((error: unknown) => error);

const RETRYABLE = { name: 'RetryableError' };
const AMBIGUOUS = { name: 'AmbiguousWriteError' };
const permanent = (code: string) => ({ name: 'PermanentError', code });

/** Failures that mean the same whatever was to be read. */
const failedReads: [string, Reply, object][] = [
  ['500', { status: 500 }, RETRYABLE],
  ['silence', { instead: 'silence' }, RETRYABLE],
  ['a cut connection', { instead: 'cut' }, RETRYABLE],
  ['429', { status: 429, headers: { 'retry-after': '9' } }, { ...RETRYABLE, retryInMs: 9_000 }],
  [
    'a missing permission',
    { status: 403, json: { message: 'Resource not accessible' } },
    permanent('forbidden'),
  ],
  ['422', { status: 422 }, permanent('refused')],
  ['something else', { json: { hello: 'I am a proxy' } }, RETRYABLE],
];

describe('one release', () => {
  const release = (more: object = {}) => ({
    id: 7,
    tag_name: 'v1.0.0',
    name: null,
    body: null,
    html_url: 'https://github.example/o/r/releases/tag/v1.0.0',
    draft: false,
    prerelease: false,
    created_at: '2026-05-01T00:00:00Z',
    published_at: '2026-05-02T00:00:00Z',
    updated_at: '2026-05-03T00:00:00Z',
    author: { login: 'pat', type: 'User' },
    ...more,
  });
  const tag = (more: object = {}) =>
    ok({ repository: { ref: { target: { __typename: 'Commit', oid: HEAD } }, release: null, ...more } });
  const read = async (more: object = {}, second: Reply = tag()) => {
    github.answer({ json: release(more) }, second);
    return (await github.repository().readRelease(REPO, 7)).release;
  };

  it.each(failedReads)('is not told by %s', async (_, reply, expected) => {
    github.answer(reply);
    const error = await outcomeOf(github.repository().readRelease(REPO, 7));
    expect(error).toMatchObject(expected);
    expect(error).not.toBeInstanceOf(AmbiguousWriteError);
  });

  it('is gone only when its repository is there', async () => {
    github.answer({ status: 404 }, id);
    expect(await github.repository().readRelease(REPO, 7)).toEqual({
      release: undefined,
      at: Date.parse(GITHUB_DATE),
    });
    const unseen = { type: 'NOT_FOUND', path: ['repository'], message: 'Could not resolve to a Repository' };
    github.answer({ status: 404 }, bad(unseen, { repository: null }));
    await expect(github.repository().readRelease(REPO, 7)).rejects.toMatchObject(permanent('not-found'));
  });

  it('is known as ours by who made it, not by a person’s name', async () => {
    const ours = async (author: object | null) => (await read({ author }))?.ours;
    expect(await ours({ login: 'trunkline[bot]', type: 'Bot' })).toBe(true);
    expect(await ours({ login: 'trunkline', type: 'User' })).toBe(false);
    expect(await ours({ login: 'other[bot]', type: 'Bot' })).toBe(false);
    expect(await ours(null)).toBe(false);
    expect((await read({ author: null }))?.author).toBeUndefined();
  });

  it('has no commit when its tag is gone or points to none', async () => {
    expect((await read({}, tag({ ref: null })))?.commit).toBeUndefined();
    expect((await read({}, tag({ ref: { target: null } })))?.commit).toBeUndefined();
    const tree = { ref: { target: { __typename: 'Tree', oid: HEAD } } };
    expect((await read({}, tag(tree)))?.commit).toBeUndefined();
  });

  it('tells when it was changed, on older servers too', async () => {
    const graph = (databaseId: number) => tag({ release: { databaseId, updatedAt: '2026-05-04T00:00:00Z' } });
    const updated = async (more: object, second?: Reply) => (await read(more, second))?.updatedAt;
    expect(await updated({}, graph(7))).toBe('2026-05-03T00:00:00Z');
    expect(await updated({ updated_at: undefined }, graph(7))).toBe('2026-05-04T00:00:00Z');
    expect(await updated({ updated_at: undefined }, graph(8))).toBe('2026-05-02T00:00:00Z');
    expect(await updated({ updated_at: null, published_at: null })).toBe('2026-05-01T00:00:00Z');
  });
});

describe('the facts of a release', () => {
  const head = (more: object = {}) => ({
    databaseId: 7,
    tagName: 'v1.0.0',
    url: 'https://github.example/o/r/releases/tag/v1.0.0',
    isDraft: false,
    isPrerelease: false,
    publishedAt: '2026-05-02T00:00:00Z',
    updatedAt: '2026-05-03T00:00:00Z',
    ...more,
  });
  const facts = (more: object = {}) => ({
    id: 'R_1',
    url: 'https://git.example/acme/platform',
    defaultBranchRef: { name: 'main', target: { oid: HEAD } },
    refs: { nodes: [] },
    releases: { nodes: [] },
    ...more,
  });
  const read = (wanted?: string) => github.repository().readReleaseFacts(REPO, wanted);

  it('leave out what has no number, no target or may not be seen', async () => {
    const nodes = [head({ databaseId: null }), null, head({ databaseId: 8 })];
    const tags = [{ name: 'v1.0.0', target: null }, null];
    github.answer(ok({ repository: facts({ releases: { nodes }, refs: { nodes: tags } }) }));
    expect(await read()).toMatchObject({ releases: [{ id: 8 }], tags: [] });
    github.answer(ok({ repository: facts({ releases: null, refs: null }) }));
    expect(await read()).toMatchObject({ releases: [], tags: [] });
  });

  it('find a release of the wanted tag among the last ones, where GitHub finds none by its tag', async () => {
    const nodes = [head({ databaseId: 9, isDraft: true }), head({ databaseId: 8 })];
    const wanted = { target: { __typename: 'Tag', oid: TREE, target: { __typename: 'Commit', oid: HEAD } } };
    github.answer(ok({ repository: facts({ releases: { nodes }, wanted, wantedRelease: null }) }));
    expect((await read('v1.0.0')).wanted).toMatchObject({ commit: HEAD, release: { id: 8 } });
    expect(github.seen[0]?.body.variables).toMatchObject({ ref: 'refs/tags/v1.0.0', tag: 'v1.0.0' });
  });

  it.each([
    [
      'an empty repository',
      ok({ repository: facts({ defaultBranchRef: null }) }),
      permanent('empty-repository'),
    ],
    ['a hole where none may be', ok({ repository: facts({ id: null }) }), RETRYABLE],
    [
      'a field that failed',
      bad({ path: ['repository', 'refs'], message: 'Something went wrong' }, { repository: facts() }),
      RETRYABLE,
    ],
    ...failedReads,
  ])('are not told by %s', async (_, reply, expected) => {
    github.answer(reply);
    await expect(read()).rejects.toMatchObject(expected);
  });
});

describe('creating a tag', () => {
  const failed = (type: string | undefined, message: string) =>
    bad({ ...(type === undefined ? {} : { type }), path: ['createRef'], message }, { createRef: null });
  const table: [string, Reply, unknown][] = [
    ['is done', ok({ createRef: { clientMutationId: null } }), 'created'],
    ['is not said to be done', ok({ createRef: null }), AMBIGUOUS],
    [
      'finds the name taken',
      failed('UNPROCESSABLE', 'A ref named "refs/tags/v1.0.0" already exists'),
      'exists',
    ],
    ['finds it so in REST’s words', failed('UNPROCESSABLE', 'Reference already exists'), 'exists'],
    ['is against a rule', failed('UNPROCESSABLE', 'Repository rule violations found'), permanent('refused')],
    ['is not permitted', failed('FORBIDDEN', 'Resource not accessible'), permanent('forbidden')],
    ['is of no commit', failed('NOT_FOUND', 'Could not resolve to a node'), permanent('not-found')],
    ['fails somewhere', failed(undefined, 'Something went wrong'), AMBIGUOUS],
    ['fails as a whole', bad({ message: 'Something went wrong' }), AMBIGUOUS],
    ['is answered 500', { status: 500 }, AMBIGUOUS],
    ['is not answered', { instead: 'silence' }, AMBIGUOUS],
    ['is answered by a proxy', { json: { hello: 'x' } }, AMBIGUOUS],
    ['is too fast', { status: 429 }, { ...RETRYABLE, retryInMs: 60_000 }],
  ];
  it.each(table)('%s', async (_, reply, expected) => {
    github.answer(id, reply);
    const outcome = await outcomeOf(github.repository().createTag(REPO, 'v1.0.0', HEAD));
    if (typeof expected === 'string') expect(outcome).toBe(expected);
    else expect(outcome).toMatchObject(Object(expected));
    expect(github.seen).toHaveLength(2);
    expect(github.seen[1]?.body.variables).toEqual({ repository: 'R_1', ref: 'refs/tags/v1.0.0', at: HEAD });
  });
});

describe('publishing a release', () => {
  const plan = { repo: REPO, tag: 'v1.0.0', commit: HEAD, body: 'Words.', isPrerelease: true };
  const published = { id: 7, html_url: 'https://github.example/o/r/releases/tag/v1.0.0' };
  const taken = [{ resource: 'Release', code: 'already_exists', field: 'tag_name' }];
  const refused = (json: unknown): Reply => ({ status: 422, json });
  const table: [string, Reply, object][] = [
    ['is done', { status: 201, json: published }, { kind: 'published', id: 7, url: published.html_url }],
    ['finds one', refused({ message: 'Validation Failed', errors: taken }), { kind: 'exists' }],
    [
      'is refused for another reason',
      refused({ message: 'Validation Failed', errors: [{ code: 'custom', message: 'body is too long' }] }),
      { ...permanent('refused'), message: expect.stringContaining('Validation Failed; body is too long') },
    ],
    ['is refused with words only', refused({ message: 'x', errors: ['No'] }), permanent('refused')],
    ['is refused without a word', refused([]), permanent('refused')],
    [
      'is not permitted',
      { status: 403, json: { message: 'Resource not accessible' } },
      permanent('forbidden'),
    ],
    ['is of a repository that is gone', { status: 404 }, permanent('not-found')],
    ['is too fast', { status: 403, headers: { 'retry-after': '9' } }, { ...RETRYABLE, retryInMs: 9_000 }],
    ['is answered 500', { status: 500 }, AMBIGUOUS],
    ['is not answered', { instead: 'silence' }, AMBIGUOUS],
    ['is cut off', { instead: 'cut' }, AMBIGUOUS],
    ['is answered with something else', { status: 201, json: { hello: 'x' } }, AMBIGUOUS],
  ];
  it.each(table)('%s', async (_, reply, expected) => {
    github.answer(reply);
    expect(await outcomeOf(github.repository().publishRelease(plan))).toMatchObject(expected);
    expect(github.seen).toHaveLength(1);
  });

  it('sends all that was planned, and leaves it to GitHub which release is the latest', async () => {
    github.answer({ status: 401 }, { status: 201, json: published });
    await github.repository().publishRelease(plan);
    expect(github.seen.map(({ method, url }) => `${method} ${url}`)).toEqual(
      Array.from({ length: 2 }, () => 'POST /repos/o/r/releases'),
    );
    expect(github.seen.at(-1)?.body).toEqual({
      tag_name: 'v1.0.0',
      target_commitish: HEAD,
      name: 'v1.0.0',
      body: 'Words.',
      draft: false,
      prerelease: true,
      make_latest: 'legacy',
    });
  });
});

describe('notes that GitHub generates', () => {
  const ask = (previous?: string) =>
    github.repository().generateNotes(REPO, { tag: 'v1.1.0', commit: HEAD, previous });

  it.each(failedReads)('are not told by %s, and nothing was written', async (_, reply, expected) => {
    github.answer(reply);
    const error = await outcomeOf(ask('v1.0.0'));
    expect(error).toMatchObject(expected);
    expect(error).not.toBeInstanceOf(AmbiguousWriteError);
  });

  it('are always asked for with the previous tag, where there is one', async () => {
    github.answer({ json: { name: 'v1.1.0', body: '' } });
    await ask('v1.0.0');
    await ask();
    const wish = { tag_name: 'v1.1.0', target_commitish: HEAD };
    expect(github.seen.map(({ body }) => body)).toEqual([{ ...wish, previous_tag_name: 'v1.0.0' }, wish]);
  });
});

describe('texts by blob', () => {
  const oid = (n: number) => n.toString(16).padStart(40, '0');
  const serve = (text: (n: number) => object) =>
    github.answer(({ body }: Seen) => {
      const asked = Object.entries(body.variables).filter(([name]) => name.startsWith('oid'));
      return ok({
        repository: Object.fromEntries(
          asked.map(([name, its]) => [
            name.replace('oid', 'blob'),
            { oid: its, isTruncated: false, isBinary: false, ...text(Number.parseInt(String(its), 16)) },
          ]),
        ),
      });
    });
  const wanted = (count: number) =>
    Array.from({ length: count }, (_, n) => ({ path: `${n}.yaml`, oid: oid(n) }));

  it('take a request for each hundred', async () => {
    serve((n) => ({ text: `n: ${n}` }));
    const texts = await github.repository().readBlobs(REPO, wanted(250));
    expect(texts.size).toBe(250);
    expect(texts.get(oid(249))).toBe('n: 249');
    expect(github.seen).toHaveLength(3);
  });

  it('leave out what is binary, cut off, huge or gone', async () => {
    const odd = [
      { text: null, isBinary: true },
      { text: 'x', isTruncated: true },
      { text: 'x'.repeat(300_000) },
      { text: 'kept' },
    ];
    serve((n) => odd[n] ?? {});
    const texts = await github.repository().readBlobs(REPO, wanted(4));
    expect([...texts]).toEqual([[oid(3), 'kept']]);
  });

  it('are not asked for where the commit says that it is a link or huge', async () => {
    const tree = [
      { path: 'link', mode: '120000', type: 'blob', sha: oid(1), size: 3 },
      { path: 'huge', mode: '100644', type: 'blob', sha: oid(2), size: 300_000 },
    ];
    github.answer(
      { json: { truncated: false, tree } },
      ok({ repository: { defaultBranchRef: { name: 'main' } } }),
      { status: 500 },
    );
    const repository = github.repository();
    const { files, oids } = await repository.readCommitFiles(REPO, HEAD);
    expect(files.paths).toEqual(['link', 'huge']);
    const all = [...oids].map(([path, its]) => ({ path, oid: its }));
    expect((await repository.readBlobs(REPO, all)).size).toBe(0);
    expect(github.seen).toHaveLength(2);
  });
});
