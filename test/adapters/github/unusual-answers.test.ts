import type { CommitSha, RepoName } from '../../../src/domain/ids.ts';
import { PermanentError, RetryableError } from '../../../src/errors.ts';
import { type Reply, type ScriptedGitHub, type Seen, startScriptedGitHub } from './scripted-github.ts';

const REPO = 'o/r' as RepoName;
const HEAD = 'a'.repeat(40) as CommitSha;

let github: ScriptedGitHub;
beforeEach(async () => {
  github = await startScriptedGitHub();
});
afterEach(() => github.close());

const noPulls = { pageInfo: { hasNextPage: false, endCursor: null }, nodes: [] };

function pull(number: number, more: object = {}) {
  return {
    id: `PR_${number}`,
    number,
    url: `https://github.example/o/r/pull/${number}`,
    title: 'tenants(sample): onboarding namespace to aws',
    body: 'Request-Id: req-0123456789abcdef',
    state: 'OPEN',
    isCrossRepository: false,
    headRefName: 'tenant-sample',
    headRefOid: HEAD,
    createdAt: '2026-06-01T12:00:00Z',
    updatedAt: '2026-06-01T12:00:00Z',
    author: { __typename: 'Bot', login: 'trunkline' },
    mergedBy: null,
    closing: { nodes: [] },
    labels: null,
    files: null,
    commits: { nodes: [] },
    latestOpinionatedReviews: null,
    reviewRequests: null,
    ...more,
  };
}

function facts(first: object, more: object = {}) {
  const numbers = Array.from({ length: 9 }, (_, index) => index + 1);
  return {
    id: 'R_1',
    defaultBranchRef: { name: 'main', target: { oid: HEAD, history: { nodes: [{ oid: HEAD }] } } },
    ...Object.fromEntries(
      numbers.flatMap((n) => [
        [`ref${n}`, null],
        [`pulls${n}`, n === 1 ? first : noPulls],
      ]),
    ),
    ...more,
  };
}

const ok = (data: unknown): Reply => ({ json: { data } });

describe('the facts', () => {
  it('leave out pull requests from forks, and turn pages to find ours among heaps of them', async () => {
    const forks = Array.from({ length: 10 }, (_, n) => pull(100 + n, { isCrossRepository: true }));
    const page = { pageInfo: { hasNextPage: true, endCursor: 'next' }, nodes: forks };
    const last = { pageInfo: { hasNextPage: false, endCursor: null }, nodes: [null, pull(7)] };
    github.answer(({ body }: Seen) =>
      body.query.includes('query FurtherPulls')
        ? ok({ repository: { pullRequests: last } })
        : ok({ repository: facts(page) }),
    );
    const { pulls } = await github.repository().readRequestFacts(REPO, 'sample');
    expect(pulls.map(({ number }) => number)).toEqual([7]);
    expect(github.seen.at(-1)?.body.variables).toMatchObject({ branch: 'tenant-sample', after: 'next' });
  });

  it('bear with reviewers that the App may not see', async () => {
    const hidden = pull(7, { reviewRequests: { nodes: [{ requestedReviewer: null }] } });
    const path = ['repository', 'pulls1', 'nodes', 0, 'reviewRequests', 'nodes', 0, 'requestedReviewer'];
    github.answer({
      json: {
        data: { repository: facts({ ...noPulls, nodes: [hidden] }) },
        errors: [{ type: 'FORBIDDEN', path, message: 'Resource not accessible by integration' }],
      },
    });
    const { pulls } = await github.repository().readRequestFacts(REPO, 'sample');
    expect(pulls).toMatchObject([{ number: 7, awaitedReviewers: [], requestId: 'req-0123456789abcdef' }]);
  });

  it.each([
    [
      'a field that failed',
      {
        data: { repository: facts(noPulls) },
        errors: [{ path: ['repository', 'ref1'], message: 'Something went wrong' }],
      },
    ],
    ['a hole where none may be', { data: { repository: facts(noPulls, { id: null }) } }],
    [
      'a whole query that failed',
      { data: null, errors: [{ message: 'Something went wrong while executing your query' }] },
    ],
  ])('are never read by half: %s', async (_, json) => {
    github.answer({ json });
    const error = await github
      .repository()
      .readRequestFacts(REPO, 'sample')
      .catch((each: unknown) => each);
    expect(error).toBeInstanceOf(RetryableError);
  });

  it('of a repository that the App cannot see are permanently refused', async () => {
    const error = { type: 'NOT_FOUND', path: ['repository'], message: 'Could not resolve to a Repository' };
    github.answer({ json: { data: { repository: null }, errors: [error] } });
    const refusal = github.repository().readRequestFacts(REPO, 'sample');
    await expect(refusal).rejects.toMatchObject({ name: 'PermanentError', code: 'not-found' });
  });

  it('take nobody for this App who only bears its name', async () => {
    const nodes = [
      pull(1, { author: { __typename: 'User', login: 'trunkline' } }),
      pull(2, { author: { __typename: 'Bot', login: 'trunkline-2' } }),
      pull(3, { author: null }),
      pull(4, { author: { __typename: 'Bot', login: 'trunkline[bot]' } }),
    ];
    github.answer(ok({ repository: facts({ ...noPulls, nodes }) }));
    const { pulls } = await github.repository().readRequestFacts(REPO, 'sample');
    expect(pulls.map(({ ours }) => ours)).toEqual([false, false, false, true]);
  });

  it('take a commit for ours only with GitHub’s valid signature and the App’s address', async () => {
    const message = 'tenants(sample): x\n\nRequest-Id: req-0123456789abcdef';
    const good = { isValid: true, wasSignedByGitHub: true };
    const address = '12+trunkline[bot]@users.noreply.github.com';
    const tip = (signature: object | null, email: string | null) => ({
      target: { oid: HEAD, message, author: { email }, signature },
    });
    const refs = {
      ref1: tip(good, address),
      ref2: tip(null, address),
      ref3: tip({ ...good, isValid: false }, address),
      ref4: tip({ ...good, wasSignedByGitHub: false }, address),
      ref5: tip(good, '12+trunkline-2[bot]@users.noreply.github.com'),
      ref6: tip(good, 'trunkline[bot]@evil.example'),
      ref7: tip(good, null),
      ref8: tip(good, '12+trunkline[bot]@users.noreply.ghe.example'),
    };
    github.answer(ok({ repository: facts(noPulls, refs) }));
    const { branches } = await github.repository().readRequestFacts(REPO, 'sample');
    expect(branches.map(({ requestId }) => requestId !== undefined)).toEqual([
      true,
      false,
      false,
      false,
      false,
      false,
      false,
      true,
    ]);
  });
});

describe('opening', () => {
  const plan = {
    repo: REPO,
    branch: 'tenant-sample',
    defaultBranch: 'main',
    commit: { onTopOf: HEAD, headline: 'h', body: 'b', files: [{ path: 'a', content: 'ü' }] },
    title: 't',
    body: 'b',
  };
  const opened = { createCommitOnBranch: {}, createPullRequest: { pullRequest: pull(1) } };
  const failed = (field: string, type: string | undefined, message: string) => ({
    data: { ...opened, [field]: null },
    errors: [{ ...(type === undefined ? {} : { type }), path: [field], message }],
  });
  const table: [string, object, object][] = [
    [
      'a commit that lost the race',
      failed('createCommitOnBranch', 'STALE_DATA', 'Expected branch to point to "x" but it did not.'),
      { kind: 'lost-race', step: 'commit' },
    ],
    [
      'a pull request that stands',
      failed('createPullRequest', 'UNPROCESSABLE', 'A pull request already exists for o:tenant-sample.'),
      { kind: 'lost-race', step: 'pull-request' },
    ],
    [
      'a branch without commits',
      failed('createPullRequest', 'UNPROCESSABLE', 'No commits between main and tenant-sample'),
      { kind: 'lost-race', step: 'pull-request' },
    ],
    [
      'a commit that a rule forbids',
      failed('createCommitOnBranch', 'UNPROCESSABLE', 'Repository rule violations found'),
      { name: 'PermanentError', code: 'refused' },
    ],
    [
      'a missing permission',
      failed('createPullRequest', 'FORBIDDEN', 'Resource not accessible by integration'),
      { name: 'PermanentError', code: 'forbidden' },
    ],
    [
      'a commit of which nobody knows',
      failed('createCommitOnBranch', undefined, 'Something went wrong'),
      { name: 'AmbiguousWriteError' },
    ],
    [
      'a pull request of which nobody knows',
      failed('createPullRequest', undefined, 'Something went wrong'),
      { name: 'AmbiguousWriteError' },
    ],
    [
      'a document of which nobody knows',
      { data: null, errors: [{ message: 'Something went wrong' }] },
      { name: 'AmbiguousWriteError' },
    ],
    [
      'a pull request that cannot be read',
      { data: { ...opened, createPullRequest: { pullRequest: null } } },
      { name: 'AmbiguousWriteError' },
    ],
    [
      'a limit on the way',
      {
        data: opened,
        errors: [{ type: 'RATE_LIMITED', path: ['createPullRequest'], message: 'API rate limit exceeded' }],
      },
      { name: 'AmbiguousWriteError' },
    ],
  ];
  it.each(table)('tells %s', async (_, json, expected) => {
    const twin = pull(1, {
      commits: {
        nodes: [
          {
            commit: {
              oid: HEAD,
              message: 'h\n\nRequest-Id: req-0123456789abcdef',
              author: { email: '1+trunkline[bot]@users.noreply.github.com' },
              signature: { isValid: true, wasSignedByGitHub: true },
            },
          },
        ],
      },
    });
    const text = JSON.stringify(json).replace(JSON.stringify(pull(1)), JSON.stringify(twin));
    github.answer(ok({ repository: { id: 'R_1' } }), { json: JSON.parse(text) });
    const outcome = await github
      .repository()
      .openPullRequest(plan)
      .catch((error: unknown) => error);
    expect(outcome).toMatchObject(expected);
    expect(github.seen).toHaveLength(2);
  });

  it('sends texts as bytes of UTF-8', async () => {
    github.answer(ok({ repository: { id: 'R_1' } }), ok(opened));
    await github.repository().openPullRequest(plan);
    expect(github.seen.at(-1)?.body.variables['files']).toEqual([{ path: 'a', contents: 'w7w=' }]);
  });
});

describe('who created a branch', () => {
  it('is nobody of ours when the log never hears of it', async () => {
    let time = 0;
    github.answer({ json: [] });
    const repository = github.repository({ monotonic: () => time });
    const ask = () => repository.createdByUs(REPO, 'tenant-sample');
    await expect(ask()).rejects.toBeInstanceOf(RetryableError);
    time = 30_000;
    await expect(ask()).rejects.toBeInstanceOf(RetryableError);
    time = 36_000;
    expect(await ask()).toBe(false);
    expect(await ask()).toBe(false);
    time = 700_000;
    await expect(ask()).rejects.toBeInstanceOf(RetryableError);
  });

  it('is not told by an answer about something else', async () => {
    const creation = {
      activity_type: 'branch_creation',
      ref: 'refs/heads/other',
      actor: { login: 'trunkline[bot]', type: 'Bot' },
    };
    github.answer({ json: [creation] });
    await expect(github.repository().createdByUs(REPO, 'tenant-sample')).rejects.toBeInstanceOf(
      RetryableError,
    );
  });

  it('is no person who chose the App’s name', async () => {
    const ref = 'refs/heads/tenant-sample';
    const creation = { activity_type: 'branch_creation', ref, actor: { login: 'trunkline', type: 'User' } };
    github.answer({ json: [creation] });
    expect(await github.repository().createdByUs(REPO, 'tenant-sample')).toBe(false);
  });
});

describe('a reservation', () => {
  it('whose facts could not be read comes back later', async () => {
    github.answer(ok({ repository: { id: 'R_1' } }), {
      json: {
        data: { createRef: { ref: { repository: facts(noPulls) } } },
        errors: [{ path: ['createRef', 'ref', 'repository', 'ref1'], message: 'Something went wrong' }],
      },
    });
    const error = await github
      .repository()
      .reserveBranch(REPO, 'sample', 'tenant-sample', HEAD)
      .catch((each: unknown) => each);
    expect(error).toBeInstanceOf(RetryableError);
  });

  it('that a rule forbids is permanently refused', async () => {
    github.answer(ok({ repository: { id: 'R_1' } }), {
      json: {
        data: { createRef: null },
        errors: [{ type: 'UNPROCESSABLE', path: ['createRef'], message: 'Repository rule violations found' }],
      },
    });
    await expect(
      github.repository().reserveBranch(REPO, 'sample', 'tenant-sample', HEAD),
    ).rejects.toBeInstanceOf(PermanentError);
  });
});
