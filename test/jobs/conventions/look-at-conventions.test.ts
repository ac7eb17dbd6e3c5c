import { createHash } from 'node:crypto';
import { mendTitle } from '../../../jobs/conventions/mend-title.ts';
import type { JobDeps } from '../../../jobs/deps.ts';
import type { Job } from '../../../jobs/job.ts';
import { lookAtConventions } from '../../../jobs/look-at-conventions.ts';
import type { CommitSha } from '../../../src/domain/ids.ts';
import { isRelevantPath } from '../../../src/domain/read-platform.ts';
import { AmbiguousWriteError } from '../../../src/errors.ts';
import { configMap, fleet } from '../../domain/effects/repositories.ts';
import { policyOf } from '../../domain/samples.ts';
import { FakeChanges } from '../../support/fake-changes.ts';
import { FakeConventions } from '../../support/fake-conventions.ts';
import { fakeJobDeps } from '../../support/fake-job-deps.ts';
import { FakeReleases } from '../../support/fake-releases.ts';
import { REPO, sampleSnapshot } from '../../support/sample-platform.ts';

type Files = Readonly<Record<string, string>>;

const MAIN = 'b'.repeat(40) as CommitSha;
const HEAD = 'e'.repeat(40) as CommitSha;
const PUSHED = 'f'.repeat(40) as CommitSha;

/** A pull request that changes a fleet, with GitHub in memory. */
class Scene {
  readonly changes = new FakeChanges(MAIN);
  readonly releases = new FakeReleases(MAIN);
  readonly conventions = new FakeConventions();
  readonly hints: number[] = [];
  policy: string | undefined;
  readonly deps: JobDeps;

  constructor(files: Files, title = 'feat(apps): add two') {
    const fake = fakeJobDeps();
    this.deps = {
      ...fake,
      changes: this.changes,
      releases: this.releases,
      conventions: this.conventions,
      snapshots: { current: async () => sampleSnapshot(this.policy), put: async () => {} },
      hints: { ...fake.hints, lookAtConventions: async (_repo, number) => void this.hints.push(number) },
    };
    this.hold(MAIN, fleet({ 'apps/one.yaml': configMap('one') }));
    this.hold(HEAD, { ...fleet({ 'apps/one.yaml': configMap('one') }), ...files });
    this.conventions.pulls.set(7, {
      repo: REPO,
      number: 7,
      title,
      isOpen: true,
      base: 'main',
      baseHead: MAIN,
      head: HEAD,
      defaultBranch: 'main',
      reported: undefined,
    });
  }

  change(over: Partial<Parameters<FakeConventions['pulls']['set']>[1]>): void {
    const pull = this.conventions.pulls.get(7);
    if (pull) this.conventions.pulls.set(7, { ...pull, ...over });
  }

  hold(commit: CommitSha, files: Files): void {
    const oids = new Map(Object.entries(files).map(([path, text]) => [path, oidOf(text)]));
    for (const text of Object.values(files)) this.releases.blobs.set(oidOf(text), text);
    const texts = new Map(Object.entries(files).filter(([path]) => isRelevantPath(path, policyOf())));
    const read = { commit, defaultBranch: 'main', paths: Object.keys(files), texts };
    this.releases.commits.set(commit, { files: read, oids });
  }

  push(files: Files): void {
    this.hold(PUSHED, files);
    this.change({ head: PUSHED, reported: undefined });
  }

  look(more: object = {}): Promise<void> {
    return this.run(lookAtConventions, more);
  }

  run(make: (deps: JobDeps) => Job, more: object = {}): Promise<void> {
    const log = { info: () => {}, warn: () => {}, error: () => {} };
    const context = { attempt: 1, signal: new AbortController().signal, log };
    return make(this.deps).run({ v: 1, repo: REPO, number: 7, ...more }, context);
  }

  get comment(): string | undefined {
    return this.conventions.comments.get('7 what-this-does');
  }
}

function oidOf(text: string): string {
  return createHash('sha1').update(text).digest('hex');
}

const good = { 'apps/two.yaml': configMap('two') };
const bad = { 'apps/two.yaml': configMap('Two') };

describe('a look at the conventions of a pull request', () => {
  it('comments what it does and then reports the check', async () => {
    const scene = new Scene(good);
    await scene.look();
    expect(scene.comment).toContain('added: `ConfigMap shop/two`');
    expect(scene.conventions.checks).toMatchObject([
      { check: 'conventions', head: HEAD, conclusion: 'success', title: 'All in order', annotations: [] },
    ]);
  });

  it('reports each finding at its line', async () => {
    const scene = new Scene(bad);
    await scene.look();
    expect(scene.conventions.checks).toMatchObject([
      {
        conclusion: 'failure',
        title: '1 thing to mend',
        annotations: [{ path: 'apps/two.yaml', line: 4, level: 'failure' }],
      },
    ]);
  });

  it('costs one query where nothing has changed, Redis flushed or not, and looks again when it is asked', async () => {
    const scene = new Scene(good);
    await scene.look();
    scene.releases.calls.length = 0;
    await scene.look();
    expect(scene.conventions.checks).toHaveLength(1);
    expect(scene.releases.calls).toEqual([]);
    await scene.look({ again: true });
    expect(scene.conventions.checks).toHaveLength(2);
  });

  it('tells the earlier state of a file that is wrong from the new one', async () => {
    const scene = new Scene({});
    const before = { ...fleet({ 'apps/one.yaml': configMap('One') }) };
    scene.hold(MAIN, before);
    scene.hold(HEAD, { ...before, 'apps/one.yaml': configMap('One', '2') });
    await scene.look();
    expect(scene.conventions.checks).toMatchObject([{ title: 'All in order (1 stood before)' }]);
  });

  it('follows a push, and an edit of the title', async () => {
    const scene = new Scene(bad);
    await scene.look();
    scene.push({ ...fleet({ 'apps/one.yaml': configMap('one') }), 'apps/three.yaml': configMap('three') });
    await scene.look();
    expect(scene.comment).toContain('added: `ConfigMap shop/three`');
    expect(scene.comment).not.toContain('shop/Two');
    scene.change({ title: 'More' });
    await scene.look();
    expect(scene.conventions.checks.map(({ conclusion }) => conclusion)).toEqual([
      'failure',
      'success',
      'failure',
    ]);
  });

  it('says all again after it died between the comment and the check', async () => {
    const scene = new Scene(good);
    scene.conventions.before = () => {
      throw new Error('killed');
    };
    await expect(scene.look()).rejects.toThrow('killed');
    scene.conventions.before = () => {};
    await scene.look();
    expect(scene.conventions.checks).toHaveLength(1);
  });

  it('looks for a comment of which nobody knows whether it stands only once reads must show it', async () => {
    const scene = new Scene(good);
    scene.conventions.commentConventions = async () => {
      throw new AmbiguousWriteError('no clear answer');
    };
    await expect(scene.look()).rejects.toMatchObject({ name: 'AmbiguousWriteError', retryInMs: 35_000 });
    expect(scene.conventions.checks).toEqual([]);
  });

  it('says nothing of one that is closed or not there', async () => {
    const scene = new Scene(bad);
    scene.change({ isOpen: false });
    await scene.look();
    await scene.look({ number: 8 });
    expect(scene.conventions.checks).toEqual([]);
    expect(scene.comment).toBeUndefined();
  });

  it('keeps nothing back while the policy has mistakes', async () => {
    const scene = new Scene(bad);
    scene.policy = 'layout: 3\n';
    await scene.look();
    expect(scene.conventions.checks).toMatchObject([{ conclusion: 'neutral' }]);
    scene.policy = '';
    await scene.look();
    expect(scene.conventions.checks).toMatchObject([{ conclusion: 'neutral' }, { conclusion: 'failure' }]);
  });

  it('goes by the policy of the default branch', async () => {
    const scene = new Scene(
      { ...good, '.github/trunkline.yaml': 'conventions:\n  types: [ops]\n' },
      'ops: two',
    );
    await scene.look();
    expect(scene.conventions.checks).toMatchObject([{ conclusion: 'failure' }]);
  });

  it('checks one that goes to another branch, and says that it reaches no cluster', async () => {
    const scene = new Scene(bad);
    scene.change({ base: 'next' });
    await scene.look();
    expect(scene.conventions.checks).toMatchObject([{ conclusion: 'failure' }]);
    expect(scene.comment).toContain('Nothing of it reaches a cluster');
  });
});

describe('an overlay that a pull request touches', () => {
  const overlay = (prefix: string) => ({
    'apps/kustomization.yaml': `namePrefix: ${prefix}\nresources: [one.yaml]\n`,
    'apps/one.yaml': configMap('one'),
  });

  function touched(render: JobDeps['overlays']['render'] | undefined): Scene {
    const scene = new Scene({});
    scene.hold(MAIN, fleet(overlay('x-')));
    scene.hold(HEAD, fleet(overlay('y-')));
    if (render) Object.assign(scene.deps, { overlays: { isThere: async () => true, render } });
    return scene;
  }

  it('is told object by object where it can be rendered', async () => {
    const scene = touched(async (folder, files) => {
      const prefix = /namePrefix: (\S+)/.exec(files.get(`${folder}/kustomization.yaml`) ?? '')?.[1];
      return (files.get('apps/one.yaml') ?? '').replace('name: one', `name: ${prefix}one`);
    });
    await scene.look();
    expect(scene.comment).toContain('**deleted by pruning**: `ConfigMap shop/x-one`');
    expect(scene.comment).toContain('added: `ConfigMap shop/y-one`');
    expect(scene.comment).not.toContain('Not rendered');
  });

  it('is told as not rendered where one side cannot be, or there is no tool', async () => {
    const half = async (_: string, files: ReadonlyMap<string, string>) =>
      files.get('apps/kustomization.yaml')?.includes('x-') ? configMap('x-one') : undefined;
    for (const scene of [touched(half), touched(undefined)]) {
      await scene.look();
      expect(scene.comment).toContain('### Not rendered');
      expect(scene.comment).not.toContain('deleted by pruning');
    }
  });
});

describe('the button that mends a title', () => {
  const press = { actionId: '72d3162e-cc78-11e3', by: 'pat' };

  it('sets the suggested title, once', async () => {
    const scene = new Scene(good, 'Feat(apps): Add two.');
    await scene.run(mendTitle, press);
    await scene.run(mendTitle, press);
    expect(scene.conventions.titles).toEqual(['feat(apps): add two']);
    expect(scene.hints).toEqual([7, 7]);
    expect(scene.releases.count('readBlobs')).toBe(0);
  });

  it('leaves a title alone that nobody can mend but a person, and one that is in order', async () => {
    for (const title of ['JIRA-1: two', 'feat(apps): add two']) {
      const scene = new Scene({ ...good, 'docs/x.md': 'x' }, title);
      await scene.run(mendTitle, press);
      expect(scene.conventions.titles).toEqual([]);
    }
  });

  it('does nothing to one that is closed', async () => {
    const scene = new Scene(good, 'Feat(apps): Add two.');
    scene.change({ isOpen: false });
    await scene.run(mendTitle, press);
    expect(scene.conventions.titles).toEqual([]);
  });
});
