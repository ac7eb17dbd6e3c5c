import { decideOpening, type OpeningDecision } from '../../src/domain/decide-opening.ts';
import type { CommitSha, RepoName, RequestId } from '../../src/domain/ids.ts';
import type { RequestBranch, RequestFacts, RequestPull } from '../../src/domain/request-state.ts';

const MINE = 'req-00000000000000aa' as RequestId;
const OTHER = 'req-00000000000000bb' as RequestId;
const BASE = 'b'.repeat(40) as CommitSha;
const HEAD = 'c'.repeat(40) as CommitSha;
const BRANCHES = ['tenant-shop', 'tenant-shop-2', 'tenant-shop-3'];

function pull(over: Partial<RequestPull>): RequestPull {
  return {
    repo: 'o/r' as RepoName,
    number: 7,
    url: 'https://git.example/o/r/pull/7',
    title: 'tenants(shop): onboarding namespace to aws',
    branch: 'tenant-shop',
    head: HEAD,
    state: 'open',
    ours: true,
    requestId: OTHER,
    requestedBy: undefined,
    endedBy: undefined,
    reviews: [],
    createdAt: '2026-01-01T00:00:00Z',
    updatedAt: '2026-01-01T00:00:00Z',
    labels: [],
    paths: [],
    awaitedReviewers: [],
    ...over,
  };
}

function branch(over: Partial<RequestBranch>): RequestBranch {
  return { name: 'tenant-shop', head: HEAD, requestId: undefined, bare: false, ...over };
}

interface Given {
  readonly pulls?: readonly RequestPull[];
  readonly branches?: readonly RequestBranch[];
  readonly createdByUs?: ReadonlyMap<string, boolean>;
  readonly isForSameName?: boolean;
}

function decide(given: Given): OpeningDecision {
  const facts: RequestFacts = {
    repo: 'o/r' as RepoName,
    defaultBranch: 'main',
    base: BASE,
    branches: given.branches ?? [],
    pulls: given.pulls ?? [],
    createdByUs: given.createdByUs ?? new Map(),
  };
  const isForSameName = () => given.isForSameName ?? true;
  return decideOpening({ requestId: MINE, name: 'shop', branches: BRANCHES, facts, isForSameName });
}

const bareOurs = new Map([['tenant-shop', true]]);
const bareTheirs = new Map([['tenant-shop', false]]);
const write = { kind: 'write', passedOver: [] };

describe('what is missing of a request', () => {
  it.each<[string, Given, object]>([
    [
      'everything, when the name is free',
      {},
      { ...write, branch: 'tenant-shop', missing: 'all', head: BASE },
    ],
    [
      'nothing, when its pull request is open',
      { pulls: [pull({ requestId: MINE })] },
      { kind: 'stands', pull: { number: 7 } },
    ],
    [
      'nothing, when a person closed its pull request: it stays closed',
      { pulls: [pull({ requestId: MINE, state: 'closed' })] },
      { kind: 'stands', pull: { state: 'closed' } },
    ],
    [
      'the pull request, when branch and commit stand',
      { branches: [branch({ requestId: MINE })] },
      { ...write, branch: 'tenant-shop', missing: 'pull-request', head: HEAD },
    ],
    [
      'the pull request on the second branch, when its commit stands there',
      { pulls: [pull({ state: 'closed' })], branches: [branch({ name: 'tenant-shop-2', requestId: MINE })] },
      { ...write, branch: 'tenant-shop-2', missing: 'pull-request' },
    ],
    [
      'a question, when a branch with nothing of its own has the name',
      { branches: [branch({ bare: true })] },
      { kind: 'ask-creator', branch: 'tenant-shop' },
    ],
    [
      'the commit, when that branch is left from us',
      { branches: [branch({ bare: true })], createdByUs: bareOurs },
      { ...write, branch: 'tenant-shop', missing: 'commit', head: HEAD },
    ],
    [
      'everything under the next name, when that branch is somebody else’s',
      { branches: [branch({ bare: true })], createdByUs: bareTheirs },
      { kind: 'write', branch: 'tenant-shop-2', missing: 'all', head: BASE, passedOver: ['tenant-shop'] },
    ],
    [
      'everything under the next name, when a branch with other commits has the first',
      { branches: [branch({})] },
      { kind: 'write', branch: 'tenant-shop-2', missing: 'all', passedOver: ['tenant-shop'] },
    ],
    [
      'everything under the next name, when the branch is of another request of ours',
      { branches: [branch({ requestId: OTHER })] },
      { kind: 'write', branch: 'tenant-shop-2', missing: 'all' },
    ],
    [
      'everything under the next name, when an earlier pull request was closed',
      { pulls: [pull({ state: 'closed' })] },
      { ...write, branch: 'tenant-shop-2', missing: 'all', head: BASE },
    ],
    [
      'a refusal, when another request for the name is open',
      { pulls: [pull({})] },
      { kind: 'refuse', code: 'open-request', pull: { number: 7 } },
    ],
    [
      'a refusal, when a person has opened a pull request for the name by hand',
      { pulls: [pull({ ours: false, requestId: undefined })] },
      { kind: 'refuse', code: 'open-request' },
    ],
    [
      'the next name, when an open pull request on the branch is about something else',
      { pulls: [pull({ ours: false, requestId: undefined })], isForSameName: false },
      { ...write, branch: 'tenant-shop-2', missing: 'all' },
    ],
    [
      'nothing of ours is seen in a pull request that only claims our request id',
      { pulls: [pull({ ours: false, requestId: MINE, state: 'closed' })] },
      { ...write, branch: 'tenant-shop-2', missing: 'all' },
    ],
    [
      'a refusal, when every name is used up',
      { pulls: BRANCHES.map((name) => pull({ branch: name, state: 'closed' })) },
      { kind: 'refuse', code: 'branches-used-up' },
    ],
  ])('%s', (_name, given, expected) => {
    expect(decide(given)).toMatchObject(expected);
  });
});
