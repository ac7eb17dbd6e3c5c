import type { JobDeps } from '../../../jobs/deps.ts';
import type { Person } from '../../../jobs/ports.ts';
import { editTenant } from '../../../jobs/tenant-life/edit-tenant.ts';
import type { EditTenantPayload } from '../../../jobs/tenant-life/payloads.ts';
import { showTenant } from '../../../jobs/tenant-life/show-tenant.ts';
import type { RequestId, SlackUserId } from '../../../src/domain/ids.ts';
import { RetryableError } from '../../../src/errors.ts';
import { FakeGitHub } from '../../support/fake-github.ts';
import { fakeJobDeps } from '../../support/fake-job-deps.ts';
import { FakeMarks } from '../../support/fake-marks.ts';
import { FakeReleases } from '../../support/fake-releases.ts';
import { FakeSpeaker } from '../../support/fake-speaker.ts';
import { FakeViews } from '../../support/fake-views.ts';
import { BASE, REPO, samplePlatform, sampleSnapshot } from '../../support/sample-platform.ts';

const TESS = 'U0TESS' as SlackUserId;
const ANA = 'U0ANA' as SlackUserId;
const ID = 'req-00000000000000aa' as RequestId;
const MESSAGE = `request:${ID}`;
const QUOTA = 'tenants/aws/common/old/x.yaml';
const quota = `apiVersion: v1
kind: ResourceQuota
metadata:
  name: compute
  namespace: old
spec:
  hard:
    requests.cpu: 1
    limits.cpu: 1 # enough
    requests.memory: 1Gi
    limits.memory: 1Gi
---
apiVersion: v1
kind: Namespace
metadata:
  name: old
`;
const binding = 'apiVersion: rbac.authorization.k8s.io/v1\nkind: RoleBinding\nmetadata:\n  name: old-admin\n';
const none = { requestsMemory: '', limitsMemory: '', requestsCpu: '', limitsCpu: '' };
const resize = {
  kind: 'resize',
  places: [{ cloud: 'aws', folder: 'common' }],
  size: 'medium',
  ...none,
} as const;

class Scene {
  readonly github: FakeGitHub;
  readonly releases = new FakeReleases(BASE);
  readonly speaker = new FakeSpeaker();
  readonly marks = new FakeMarks();
  readonly views = new FakeViews();
  readonly people = new Map<string, Person>([
    [TESS, { id: TESS, name: 'Tess', isMember: true }],
    [ANA, { id: ANA, name: 'Ana', isMember: true }],
  ]);
  readonly groups = new Map<string, readonly SlackUserId[]>();
  /** Files that went with each pull request. */
  readonly written: { paths: readonly string[]; deletions: readonly string[]; text: string }[] = [];
  readonly #policy: string | undefined;

  constructor(policy?: string) {
    this.#policy = policy;
    const files = samplePlatform(policy);
    this.github = new FakeGitHub(files);
    const texts = new Map(files.paths.map((path) => [path, path === QUOTA ? quota : binding]));
    for (const [path, text] of texts) this.releases.blobs.set(`oid ${path}`, text);
    this.releases.commits.set(BASE, {
      files,
      oids: new Map(files.paths.map((path) => [path, `oid ${path}`])),
    });
    const open = this.github.openPullRequest;
    this.github.openPullRequest = async (plan) => {
      const result = await open(plan);
      if (plan.commit && result.kind === 'opened')
        this.written.push({
          paths: plan.commit.files.map(({ path }) => path),
          deletions: plan.commit.deletions ?? [],
          text: plan.commit.files[0]?.content ?? '',
        });
      return result;
    };
  }

  /** Runs the intent once. */
  async run(over: Partial<EditTenantPayload> = {}, attempt = 1): Promise<void> {
    const payload = {
      v: 1,
      repo: REPO,
      requestId: ID,
      askedBy: TESS,
      askedAt: 1,
      name: 'old',
      edit: resize,
      ...over,
    };
    await editTenant(this.deps).run(payload, this.context(attempt));
  }

  async show(what: object): Promise<string> {
    const payload = { v: 1, repo: REPO, askedBy: TESS, viewId: 'V1', name: 'old', what };
    await showTenant(this.deps).run(payload, this.context(1));
    return this.views.words('V1');
  }

  /** Runs it again after every retryable failure. */
  async runUntilDone(over: Partial<EditTenantPayload> = {}): Promise<void> {
    for (let attempt = 1; attempt < 30; attempt += 1) {
      try {
        return await this.run(over, attempt);
      } catch (error) {
        if (!(error instanceof RetryableError)) throw error;
        this.marks.now += error.retryInMs ?? 2_000;
      }
    }
    throw new Error('never done');
  }

  context(attempt: number) {
    const log = { info: () => {}, warn: () => {}, error: () => {} };
    return { attempt, signal: new AbortController().signal, log };
  }

  get deps(): JobDeps {
    const { github, releases, speaker, marks, views } = this;
    return fakeJobDeps({
      github,
      releases,
      speaker,
      marks,
      views,
      snapshots: { current: async () => sampleSnapshot(this.#policy), put: async () => {} },
      people: {
        find: async (user) => this.people.get(user),
        findByEmail: async () => undefined,
        membersOf: async (group) => this.groups.get(group) ?? [],
      },
    });
  }
}

describe('a new size that was sent', () => {
  it('becomes one pull request with the least diff, one message and what changes in its thread', async () => {
    const scene = new Scene();
    await scene.run();
    await scene.run();
    await scene.run({}, 2);
    expect(scene.github.pulls).toMatchObject([
      {
        branch: 'tenant-old-resize-000000aa',
        title: 'tenants(old): increase compute quota',
        requestedBy: TESS,
      },
    ]);
    expect(scene.written).toEqual([
      {
        paths: [QUOTA],
        deletions: [],
        text: quota
          .replace('requests.cpu: 1', 'requests.cpu: 2000m')
          .replace('limits.cpu: 1 ', 'limits.cpu: 5000m ')
          .replace('requests.memory: 1Gi', 'requests.memory: 5Gi')
          .replace('limits.memory: 1Gi', 'limits.memory: 10Gi'),
      },
    ]);
    expect(scene.speaker.textsTo('channel')).toEqual([expect.stringContaining('The pull request is open')]);
    expect(scene.speaker.textsTo('thread')).toEqual(['What changes for old']);
    expect(scene.speaker.textsTo('person')).toEqual([]);
  });

  it.each(['readRequestFacts', 'reserveBranch', 'openPullRequest'] as const)(
    'is one pull request all the same when %s fails or ends unclear',
    async (method) => {
      for (const mishap of ['fails', 'done-but-unclear'] as const) {
        const scene = new Scene();
        scene.github.mishaps.set(method, [mishap]);
        await scene.runUntilDone();
        expect(scene.github.pulls).toHaveLength(1);
        expect(scene.speaker.textsTo('channel')).toHaveLength(1);
      }
    },
  );

  it('does not count against the branches of the tenant, however many there are', async () => {
    const scene = new Scene();
    for (let n = 0; n < 12; n += 1) {
      await scene.run({ requestId: `req-${String(n).padStart(16, '0')}` as RequestId });
      scene.github.change(n + 1, { state: 'closed' });
    }
    expect(scene.github.pulls).toHaveLength(12);
  });

  it('tells the asker why nothing comes of it, and leaves no branch', async () => {
    const scene = new Scene();
    await scene.run({ edit: { ...resize, size: 'small' } });
    expect(scene.github.pulls).toEqual([]);
    expect([...scene.github.branches.keys()]).toEqual([]);
    expect(scene.speaker.textsTo('person')).toEqual([expect.stringContaining('cannot be taken as it is')]);
    expect(scene.speaker.textOf(MESSAGE)).toContain('Not possible');
  });

  it('is for those whom the policy names, and for whoever asked for the tenant', async () => {
    const policy = 'tenants: { change: { usergroups: [S0PLATFORM] } }\n';
    const stranger = new Scene(policy);
    await stranger.run();
    expect(stranger.github.pulls).toEqual([]);
    expect(stranger.speaker.textsTo('person')).toEqual([expect.stringContaining('may not change')]);

    const member = new Scene(policy);
    member.groups.set('S0PLATFORM', [TESS]);
    await member.run();
    expect(member.github.pulls).toHaveLength(1);

    const owner = new Scene(policy);
    await ownedBy(owner, TESS);
    await owner.run();
    expect(owner.github.pulls).toHaveLength(2);

    const other = new Scene(policy);
    await ownedBy(other, ANA);
    await other.run();
    expect(other.github.pulls).toHaveLength(1);
  });
});

/** Has the tenant's own request stand merged, asked for by this person. */
async function ownedBy(scene: Scene, user: SlackUserId): Promise<void> {
  await scene.github.reserveBranch(REPO, 'old', 'tenant-old', BASE);
  await scene.github.openPullRequest({
    repo: REPO,
    branch: 'tenant-old',
    defaultBranch: 'main',
    commit: undefined,
    title: 'tenants(old): onboarding namespace to aws',
    body: `Why.\n\nRequest-Id: req-00000000000000ff\nRequested-by: Somebody (Slack ${user})`,
  });
  scene.github.change(1, { state: 'merged' });
}

describe('an offboarding that was sent', () => {
  const edit = { kind: 'offboard' } as const;
  const answer = (kind: 'confirm' | 'call-off', by: SlackUserId) => ({ edit, answer: { kind, by } });

  it('waits for a second person, and opens nothing before', async () => {
    const scene = new Scene();
    await scene.run({ edit });
    await scene.run({ edit }, 2);
    expect(scene.github.pulls).toEqual([]);
    expect(scene.speaker.textsTo('channel')).toEqual(['Offboarding of old waits for a second person']);
  });

  it('is confirmed by another person: one pull request that deletes all files, the same message', async () => {
    const scene = new Scene();
    await scene.run({ edit });
    await scene.run(answer('confirm', ANA));
    await scene.run(answer('confirm', ANA), 2);
    expect(scene.github.pulls).toMatchObject([{ title: 'tenants(old): offboarding namespace from aws' }]);
    expect(scene.written[0]?.deletions).toEqual([
      'tenants/aws/common/old/x.yaml',
      'tenants/aws/non-prod/old/x.yaml',
      'tenants/aws/prod/old/x.yaml',
    ]);
    expect(scene.written[0]?.paths).toContain('tenants/aws/common/.gitkeep');
    expect(scene.speaker.textsTo('channel')).toEqual([expect.stringContaining('The pull request is open')]);
  });

  it('is not confirmed by the one who asked, nor by somebody whom the policy does not name', async () => {
    const scene = new Scene('tenants: { confirm: { usergroups: [S0PLATFORM] } }\n');
    await scene.run({ edit });
    await scene.run(answer('confirm', TESS));
    await scene.run(answer('confirm', ANA));
    await scene.run(answer('call-off', ANA));
    expect(scene.github.pulls).toEqual([]);
    expect(scene.speaker.textsTo('person')).toEqual([
      expect.stringContaining('You asked for it yourself'),
      expect.stringContaining('not one of those who may decide'),
    ]);
    expect(scene.speaker.textOf(MESSAGE)).toContain('waits for a second person');
  });

  it('is not confirmed by another account of the one who asked', async () => {
    const scene = new Scene(`people: [{ name: Tess, slack: [${TESS}, ${ANA}], github: [tess] }]\n`);
    await scene.run({ edit });
    await scene.run(answer('confirm', ANA));
    expect(scene.github.pulls).toEqual([]);
    expect(scene.speaker.textsTo('person')).toEqual([expect.stringContaining('You asked for it yourself')]);
  });

  it('is called off by the one who asked, and cannot be confirmed after that', async () => {
    const scene = new Scene();
    await scene.run({ edit });
    await scene.run(answer('call-off', TESS));
    await scene.run(answer('confirm', ANA));
    expect(scene.github.pulls).toEqual([]);
    expect(scene.speaker.textOf(MESSAGE)).toBe('Offboarding of old was called off');
  });
});

describe('a tenant in an open view', () => {
  it('shows what it has, its size by name, and what is open about it', async () => {
    const scene = new Scene();
    scene.github.openPulls.push({ number: 4, url: 'https://git.example/4', title: 'tenants(old): by hand' });
    const words = await scene.show({ kind: 'standing' });
    expect(words).toContain('aws, every environment');
    expect(words).toContain('small (CPU 1, at most 1; memory 1Gi, at most 1Gi)');
    expect(words).toContain('tenants(old): by hand');
  });

  it('shows the form and the preview, and warns of an open pull request', async () => {
    const scene = new Scene();
    scene.github.openPulls.push({ number: 4, url: 'https://git.example/4', title: 'tenants(old): by hand' });
    expect(await scene.show({ kind: 'resize-form' })).toContain('"value":"aws/common"');
    const words = await scene.show({ kind: 'preview', edit: resize });
    expect(words).toContain('+     limits.cpu: 5000m # enough');
    expect(words).toContain('Another pull request about it is open');
  });

  it('says in its place what is wrong: no such tenant, a guest, not theirs to change', async () => {
    const scene = new Scene('tenants: { change: { usergroups: [S0PLATFORM] } }\n');
    expect(await scene.show({ kind: 'preview', edit: resize })).toContain('may not change this tenant');
    scene.people.set(TESS, { id: TESS, name: 'Gus', isMember: false });
    expect(await scene.show({ kind: 'standing' })).toContain('Guests cannot see tenants');
  });
});
