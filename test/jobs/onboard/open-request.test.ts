import fc from 'fast-check';
import { type Content, release, settle, type Wanted, write } from '../../../jobs/onboard/open-request.ts';
import type { CommitSha, RepoName, RequestId } from '../../../src/domain/ids.ts';
import { RetryableError } from '../../../src/errors.ts';
import { FakeGitHub, type Method, type Mishap } from '../../support/fake-github.ts';
import { FakeMarks } from '../../support/fake-marks.ts';

const BASE = 'b'.repeat(40) as CommitSha;
const WANTED: Wanted = {
  repo: 'o/r' as RepoName,
  requestId: 'req-00000000000000aa' as RequestId,
  name: 'shop',
};
const TRAILERS = 'Request-Id: req-00000000000000aa\nRequested-by: Tess (Slack U0TESS)';
const CONTENT: Content = {
  title: 'tenants(shop): onboarding namespace to aws',
  body: `Why\n\n${TRAILERS}`,
  trailers: TRAILERS,
  files: [{ path: 'tenants/aws/common/shop/namespace.yaml', content: 'kind: Namespace\n' }],
};

function newGitHub(): FakeGitHub {
  return new FakeGitHub({ commit: BASE, defaultBranch: 'main', paths: [], texts: new Map() });
}

/** One run of the intent, as the job does it. */
async function runOnce(github: FakeGitHub, marks: FakeMarks, attempt: number) {
  const settled = await settle(github, WANTED, attempt === 1 ? BASE : undefined);
  const { decision } = settled;
  const pull =
    decision.kind === 'write'
      ? await write({ github, marks }, WANTED, settled.facts, decision, CONTENT)
      : undefined;
  await release(github, WANTED.repo, settled.reserved, pull);
  return pull ? { kind: 'stands' as const, pull } : decision;
}

/** Runs it again after every retryable failure, as the queue does. */
async function runUntilDone(github: FakeGitHub, marks: FakeMarks) {
  for (let attempt = 1; attempt < 40; attempt += 1) {
    try {
      return await runOnce(github, marks, attempt);
    } catch (error) {
      if (!(error instanceof RetryableError)) throw error;
      marks.now += error.retryInMs ?? 2_000;
    }
  }
  throw new Error('never done');
}

describe('opening a request', () => {
  it('takes two requests to GitHub from a warm bot', async () => {
    const github = newGitHub();
    await runUntilDone(github, new FakeMarks());
    expect(github.calls).toEqual(['reserveBranch', 'openPullRequest']);
  });

  it('never writes to a branch that a person creates at the very same commit in the same moment', async () => {
    const github = newGitHub();
    github.before = (method) => {
      if (method === 'reserveBranch' && !github.branches.has('tenant-shop')) {
        github.branches.set('tenant-shop', {
          head: BASE,
          creator: 'them',
          requestId: undefined,
          bare: true,
          paths: [],
        });
      }
    };
    await runUntilDone(github, new FakeMarks());
    expect(github.branches.get('tenant-shop')).toMatchObject({ head: BASE, creator: 'them' });
    expect(github.pulls.map((pull) => pull.branch)).toEqual(['tenant-shop-2']);
  });

  it('leaves no branch behind when the name turns out to be asked for already', async () => {
    const github = newGitHub();
    await runUntilDone(github, new FakeMarks());
    github.change(1, { requestId: 'req-00000000000000bb' as RequestId });
    github.branches.delete('tenant-shop');
    const decision = await runUntilDone(github, new FakeMarks());
    expect(decision).toMatchObject({ kind: 'refuse', code: 'open-request' });
    expect([...github.branches.keys()]).toEqual([]);
  });

  it('leaves a pull request closed that a person closed, even when its branch is gone', async () => {
    const github = newGitHub();
    github.mishaps.set('openPullRequest', ['done-but-unclear']);
    const marks = new FakeMarks();
    github.before = (method) => {
      if (method !== 'readRequestFacts' || github.pulls.length === 0) return;
      github.change(1, { state: 'closed' });
      github.branches.clear();
    };
    const decision = await runUntilDone(github, marks);
    expect(decision).toMatchObject({ kind: 'stands', pull: { state: 'closed' } });
    expect(github.pulls).toHaveLength(1);
  });

  const methods: readonly Method[] = ['reserveBranch', 'readRequestFacts', 'createdByUs', 'openPullRequest'];
  const mishaps = fc.dictionary(
    fc.constantFrom(...methods),
    fc.array(fc.constantFrom<Mishap>('fails', 'done-but-unclear'), { maxLength: 4 }),
  );
  const strangers = fc.uniqueArray(fc.constantFrom('tenant-shop', 'tenant-shop-2', 'tenant-shop-x'));

  it('ends with one branch, one commit and one pull request, whatever fails on the way', async () => {
    await fc.assert(
      fc.asyncProperty(mishaps, strangers, fc.boolean(), async (failing, taken, flushes) => {
        const github = newGitHub();
        const marks = new FakeMarks();
        for (const name of taken) {
          github.branches.set(name, {
            head: BASE,
            creator: 'them',
            requestId: undefined,
            bare: true,
            paths: [],
          });
        }
        for (const [method, list] of Object.entries(failing)) github.mishaps.set(method as Method, [...list]);
        if (flushes) github.before = () => marks.flush();
        await runUntilDone(github, marks);
        expect(github.pulls.map((pull) => pull.requestId)).toEqual([WANTED.requestId]);
        expect([...github.branches.values()].filter((branch) => branch.creator === 'us')).toHaveLength(1);
        for (const name of taken) {
          expect(github.branches.get(name)).toMatchObject({ head: BASE, creator: 'them' });
        }
      }),
      { numRuns: 300 },
    );
  });
});
