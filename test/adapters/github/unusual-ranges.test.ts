import type { CommitSha, RepoName } from '../../../src/domain/ids.ts';
import { AmbiguousWriteError, RetryableError } from '../../../src/errors.ts';
import { type Reply, type ScriptedGitHub, type Seen, startScriptedGitHub } from './scripted-github.ts';

const REPO = 'o/r' as RepoName;
const MAIN = 'refs/heads/main';
const sha = (n: number) => n.toString(16).padStart(40, '0') as CommitSha;
const BASE = sha(0);
const from = { name: 'v1.0.0', commit: BASE };

let github: ScriptedGitHub;
beforeEach(async () => {
  github = await startScriptedGitHub();
});
afterEach(() => github.close());

function pull(number: number, more: object = {}) {
  return {
    number,
    url: `https://github.example/o/r/pull/${number}`,
    title: `feat: change ${number}`,
    body: '',
    state: 'MERGED',
    mergedAt: '2026-06-01T12:00:00Z',
    baseRefName: 'main',
    mergeCommit: { oid: sha(number) },
    author: { __typename: 'User', login: 'pat' },
    ...more,
  };
}

function commit(n: number, more: object = {}) {
  return {
    oid: sha(n),
    url: `https://github.example/o/r/commit/${sha(n)}`,
    message: `feat: change ${n}`,
    author: { name: 'Pat', user: { login: 'pat' } },
    associatedPullRequests: { nodes: [pull(n)] },
    ...more,
  };
}

const object = (oid: string) => ({ __typename: 'Commit', oid });

interface Compared {
  readonly front: readonly unknown[];
  readonly back?: readonly unknown[];
  readonly ahead?: number;
  readonly behind?: number;
  readonly head?: string;
  readonly base?: string;
  readonly more?: boolean;
}

/** One answer to a comparison. */
function compared({
  front,
  back = front,
  ahead = front.length,
  behind = 0,
  more = false,
  ...ends
}: Compared) {
  const { head = sha(ahead), base = BASE } = ends;
  const compare = {
    status: behind > 0 ? 'DIVERGED' : 'AHEAD',
    aheadBy: ahead,
    behindBy: behind,
    front: { nodes: front, pageInfo: { hasNextPage: more, endCursor: more ? 'front' : null } },
    back: { nodes: back, pageInfo: { hasPreviousPage: more, startCursor: more ? 'back' : null } },
  };
  const repository = {
    defaultBranchRef: { name: 'main' },
    head: object(head),
    base: { target: object(base), compare },
  };
  return { json: { data: { repository } } };
}

const span = (first: number, last: number) =>
  Array.from({ length: last - first + 1 }, (_, n) => commit(first + n));

const read = (start: typeof from | undefined = from) => github.repository().readRange(REPO, start, MAIN);

const failureOf = (work: Promise<unknown>) =>
  work.then(
    () => 'no failure',
    (error: unknown) => error,
  );

describe('the pages of a range', () => {
  it('are turned from both ends at once, of the commit that the first was of', async () => {
    github.answer(
      compared({ front: span(1, 100), back: span(301, 400), ahead: 400, more: true }),
      compared({ front: span(101, 200), back: span(201, 300), ahead: 400, more: true }),
    );
    const { pulls } = await read();
    expect(pulls.map(({ number }) => number)).toEqual(Array.from({ length: 400 }, (_, n) => n + 1));
    const [first, second] = github.seen.map(({ body }) => body.variables);
    expect(first).toMatchObject({ base: 'refs/tags/v1.0.0', head: MAIN, after: null, before: null });
    expect(second).toMatchObject({ head: sha(400), after: 'front', before: 'back' });
    expect(github.seen).toHaveLength(2);
  });

  it('that overlap tell each commit once', async () => {
    github.answer(
      compared({ front: span(1, 100), back: span(151, 250), ahead: 250, more: true }),
      compared({ front: span(101, 200), back: span(51, 150), ahead: 250, more: true }),
    );
    const { pulls } = await read();
    expect(pulls.map(({ number }) => number)).toEqual(Array.from({ length: 250 }, (_, n) => n + 1));
  });

  it('are put in order when GitHub tells the newest first', async () => {
    github.answer(compared({ front: span(1, 3).toReversed() }));
    expect((await read()).pulls.map(({ number }) => number)).toEqual([1, 2, 3]);
  });

  it.each([
    ['the branch is moved meanwhile', compared({ front: span(101, 150), ahead: 250, head: sha(999) })],
    ['the tag is moved meanwhile', compared({ front: span(101, 150), ahead: 250, base: sha(999) })],
    ['pages end before all commits are told', compared({ front: span(101, 120), ahead: 250 })],
  ])('are read again when %s', async (_, second) => {
    github.answer(compared({ front: span(1, 100), back: span(201, 250), ahead: 250, more: true }), second);
    expect(await failureOf(read())).toBeInstanceOf(RetryableError);
    expect(github.seen).toHaveLength(2);
  });

  it('are not turned for ever', async () => {
    github.answer(compared({ front: span(1, 100), ahead: 10_001, more: true }));
    expect(await failureOf(read())).toMatchObject({ name: 'PermanentError', code: 'range-too-long' });
    expect(github.seen).toHaveLength(1);
  });

  it('of a history never go round in circles', async () => {
    const page = (nodes: readonly object[], info: object) => ({
      json: {
        data: {
          repository: {
            defaultBranchRef: null,
            object: { ...object(sha(1)), history: { nodes, pageInfo: info } },
          },
        },
      },
    });
    github.answer(page(span(1, 1), { hasNextPage: true, endCursor: null }));
    expect(await failureOf(github.repository().readRange(REPO, undefined, MAIN))).toBeInstanceOf(
      RetryableError,
    );
    github.answer({ json: { data: { repository: { defaultBranchRef: null, object: object(sha(1)) } } } });
    expect(await failureOf(github.repository().readRange(REPO, undefined, MAIN))).toBeInstanceOf(
      RetryableError,
    );
    expect(github.seen).toHaveLength(2);
  });
});

describe('a range is never told by half', () => {
  const holes: [string, Reply, object][] = [
    [
      'a field that failed',
      {
        json: {
          data: compared({ front: [commit(1, { associatedPullRequests: null })] }).json.data,
          errors: [{ path: ['repository', 'base', 'compare', 'front'], message: 'Something went wrong' }],
        },
      },
      { name: 'RetryableError' },
    ],
    [
      'a commit that is missing',
      compared({ front: [commit(1), null], ahead: 2 }),
      { name: 'RetryableError' },
    ],
    [
      'a whole query that failed',
      { json: { data: null, errors: [{ message: 'x' }] } },
      { name: 'RetryableError' },
    ],
    ['500', { status: 500 }, { name: 'RetryableError' }],
    ['silence', { instead: 'silence' }, { name: 'RetryableError' }],
    ['429', { status: 429, headers: { 'retry-after': '9' } }, { name: 'RetryableError', retryInMs: 9_000 }],
    [
      'a repository that the App cannot see',
      {
        json: {
          data: { repository: null },
          errors: [{ type: 'NOT_FOUND', path: ['repository'], message: 'Could not resolve to a Repository' }],
        },
      },
      { name: 'PermanentError', code: 'not-found' },
    ],
    [
      'a missing permission',
      {
        json: {
          data: { repository: null },
          errors: [{ type: 'FORBIDDEN', path: ['repository'], message: 'Resource not accessible' }],
        },
      },
      { name: 'PermanentError', code: 'forbidden' },
    ],
  ];
  it.each(holes)('%s', async (_, reply, expected) => {
    github.answer(reply);
    const error = await failureOf(read());
    expect(error).toMatchObject(expected);
    expect(error).not.toBeInstanceOf(AmbiguousWriteError);
  });
});

it('bears with GitHub saying that it finds nothing to compare', async () => {
  const { data } = compared({ front: [] }).json;
  const base = { target: object(BASE), compare: null };
  const path = ['repository', 'base', 'compare'];
  const pageInfo = { hasNextPage: false, endCursor: null };
  const history = (nodes: readonly object[]) => {
    const found = { ...object(sha(1)), history: { nodes, pageInfo } };
    return { json: { data: { repository: { defaultBranchRef: { name: 'main' }, object: found } } } };
  };
  github.answer(
    {
      json: {
        data: { repository: { ...data.repository, base } },
        errors: [{ type: 'NOT_FOUND', path, message: 'No common ancestor' }],
      },
    },
    history(span(1, 2).toReversed()),
    history([]),
  );
  expect(await read()).toMatchObject({
    relation: 'diverged',
    pulls: [{ number: 1 }, { number: 2 }],
    held: [],
  });
});

describe('whose a commit is', () => {
  const tell = async (...commits: readonly object[]) => {
    github.answer(compared({ front: commits, head: sha(99) }), ({ body }: Seen): Reply => {
      const asked = Object.entries(body.variables).filter(([name]) => name.startsWith('number'));
      const isPull = ([, number]: [string, unknown]) => Number(number) < 50;
      const alias = ([name]: [string, unknown]) => name.replace('number', 'pull');
      const pairs = asked.map((each) => [alias(each), isPull(each) ? pull(Number(each[1])) : null]);
      const errors = asked
        .filter((each) => !isPull(each))
        .map((each) => ({ type: 'NOT_FOUND', path: ['repository', alias(each)], message: 'none' }));
      return { json: { data: { repository: Object.fromEntries(pairs) }, errors } };
    });
    const { pulls, direct } = await read();
    return {
      pulls: pulls.map(({ number, commit: its }) => [number, its]),
      direct: direct.map((each) => each.headline),
    };
  };
  const nobodys = (n: number, message: string) =>
    commit(n, { message, associatedPullRequests: { nodes: [] } });

  it('is told by the pull request merged with it, among several', async () => {
    const nodes = [pull(7, { mergedAt: '2026-01-01T00:00:00Z' }), pull(1), pull(8)];
    const told = await tell(commit(1, { associatedPullRequests: { nodes } }));
    expect(told).toEqual({ pulls: [[1, sha(1)]], direct: [] });
  });

  it('is told by the one merged first where it is only a part of them', async () => {
    const nodes = [
      pull(7, { mergedAt: '2026-02-01T00:00:00Z' }),
      pull(8, { mergedAt: '2026-01-01T00:00:00Z' }),
    ];
    expect((await tell(commit(1, { associatedPullRequests: { nodes } }))).pulls).toEqual([[8, sha(1)]]);
  });

  it('is not told by what is open, closed or went into another branch', async () => {
    const nodes = [
      pull(7, { state: 'OPEN', mergedAt: null, mergeCommit: null }),
      pull(8, { state: 'CLOSED', mergedAt: null, mergeCommit: null }),
      pull(9, { baseRefName: 'feature' }),
      null,
    ];
    const told = await tell(commit(1, { message: 'fix: x', associatedPullRequests: { nodes } }));
    expect(told).toEqual({ pulls: [], direct: ['fix: x'] });
  });

  it('is told by the number at the end of its headline, when that is a merged pull request', async () => {
    const told = await tell(
      nobodys(1, 'fix: one (#7)\n\nmore (#8)'),
      nobodys(2, 'fix: (#9) in the middle'),
      nobodys(3, 'fix: an issue (#60)'),
      nobodys(4, 'Merge pull request #11 from o/branch'),
      nobodys(5, 'Merge branch main'),
      nobodys(6, `${'long '.repeat(40)}(#12)`),
      commit(7, { message: 'x (#7)', associatedPullRequests: null }),
    );
    expect(told.pulls).toEqual([
      [7, sha(7)],
      [11, sha(4)],
      [12, sha(6)],
    ]);
    expect(told.direct).toEqual(['fix: (#9) in the middle', 'fix: an issue (#60)', 'Merge branch main']);
    expect(github.seen).toHaveLength(2);
    expect(
      Object.keys(github.seen[1]?.body.variables ?? {}).filter((key) => key.startsWith('number')),
    ).toEqual(['number0', 'number1', 'number2', 'number3']);
  });

  it('needs no further request where a number is known already', async () => {
    const told = await tell(commit(1), nobodys(2, 'again (#1)'));
    expect(told).toEqual({ pulls: [[1, sha(1)]], direct: [] });
    expect(github.seen).toHaveLength(1);
  });

  it('bears with accounts that are gone', async () => {
    const gone = commit(1, { associatedPullRequests: { nodes: [pull(1, { author: null })] } });
    const direct = [null, { name: null, user: null }, { name: 'Ann', user: null }].map((author, n) =>
      commit(n + 2, { author, associatedPullRequests: { nodes: [] } }),
    );
    github.answer(compared({ front: [gone, ...direct], head: sha(99) }));
    const range = await read();
    expect(range.pulls).toMatchObject([{ author: undefined, askedBy: undefined }]);
    expect(range.direct.map(({ author }) => author)).toEqual(['ghost', 'ghost', 'Ann']);
  });
});

describe('a history that was rewritten', () => {
  const old = (number: number, more: object = {}) => ({
    oid: sha(500 + number),
    message: 'x',
    associatedPullRequests: { nodes: [{ number }] },
    ...more,
  });

  it('is asked for from its other side only where it matters', async () => {
    github.answer(compared({ front: [], behind: 3 }));
    expect(await read()).toMatchObject({ pulls: [], held: [] });
    expect(github.seen).toHaveLength(1);
  });

  it('takes out what the old side bears, by GitHub’s word or by its headline', async () => {
    const oldSide = [old(1), old(0, { message: 'x (#2)', associatedPullRequests: null }), old(77)];
    github.answer(
      compared({ front: span(1, 3), behind: 3 }),
      compared({ front: oldSide, behind: 3, base: sha(3), head: BASE }),
    );
    const range = await read();
    expect(range.held).toEqual([1, 2]);
    expect(range.pulls.map(({ number }) => number)).toEqual([3]);
    expect(github.seen[1]?.body.variables).toMatchObject({ base: MAIN, head: 'refs/tags/v1.0.0' });
  });

  it('is read again when the branch is moved in between', async () => {
    github.answer(
      compared({ front: span(1, 3), behind: 1 }),
      compared({ front: [old(1)], base: sha(4), head: BASE }),
    );
    expect(await failureOf(read())).toBeInstanceOf(RetryableError);
  });
});
