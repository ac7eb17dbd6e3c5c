import type { CommitSha } from '../../../src/domain/ids.ts';
import { AmbiguousWriteError } from '../../../src/errors.ts';
import { peopleActs } from './people-acts.ts';
import { REPO, type SandboxGitHub, startSandboxGitHub } from './sandbox-github.ts';

const FILES = {
  'README.md': '# sample\n',
  '.github/trunkline.yaml': '',
  'providers/aws/v1/mgmt/flux.yaml': 'kind: GitRepository\n',
  'features/ingress/deployment.yaml': 'kind: Deployment\n',
};

let github: SandboxGitHub;
let people: ReturnType<typeof peopleActs>;
beforeEach(async () => {
  github = await startSandboxGitHub({ files: FILES });
  people = peopleActs(github);
});
afterEach(() => github.close());

const releases = `/repos/${REPO}/releases`;

async function make(release: object): Promise<number> {
  return ((await github.rest('pat-platform', 'POST', releases, release)) as { id: number }).id;
}

async function tag(name: string, sha: string): Promise<void> {
  await github.rest('pat-platform', 'POST', `/repos/${REPO}/git/refs`, { ref: `refs/tags/${name}`, sha });
}

const plan = (commit: CommitSha, more: object = {}) => {
  return { repo: REPO, tag: 'v1.0.0', commit, body: '## Notes\n\nü', isPrerelease: false, ...more };
};

describe('the facts of a release', () => {
  it('come with one query', async () => {
    const head = await github.head();
    await tag('v1.0.0', head);
    github.calls();
    const facts = await github.repository().readReleaseFacts(REPO);
    expect(facts).toEqual({
      repo: REPO,
      url: expect.stringMatching(/\/sample-org\/platform$/),
      defaultBranch: 'main',
      head,
      tags: [{ name: 'v1.0.0', commit: head }],
      releases: [],
      wanted: undefined,
    });
    expect(github.calls()).toEqual(['graphql ReleaseFacts']);
  });

  it('peel annotated tags, also one that points to another, and leave out what is no commit', async () => {
    const object = await github.head();
    let sha: string = object;
    for (const type of ['commit', 'tag', 'tag'] as const) {
      const made = await github.site.world.git.writeTag({
        object: sha,
        type,
        tag: 'v1.0.0',
        tagger: undefined,
        message: 'x\n',
      });
      sha = made;
    }
    await tag('v1.0.0', sha);
    const tree = await github.site.world.git.commit(object);
    await tag('v2.0.0', tree?.tree ?? '');
    const facts = await github.repository().readReleaseFacts(REPO, 'v1.0.0');
    expect(facts.tags).toEqual([{ name: 'v1.0.0', commit: object }]);
    expect(facts.wanted).toEqual({ commit: object, release: undefined });
    const taken = await github.repository().readReleaseFacts(REPO, 'v2.0.0');
    expect(taken.wanted).toEqual({ commit: tree?.tree, release: undefined });
  });

  it('find the tag that is wanted by its exact name, and its release', async () => {
    await tag('v1.0.0-rc.1', await github.head());
    const before = await github.repository().readReleaseFacts(REPO, 'v1.0.0');
    expect(before.wanted).toBeUndefined();
    const id = await make({ tag_name: 'v1.0.0' });
    github.calls();
    const { wanted } = await github.repository().readReleaseFacts(REPO, 'v1.0.0');
    expect(wanted).toMatchObject({ commit: await github.head(), release: { id, isDraft: false } });
    expect(github.calls()).toEqual(['graphql ReleaseFacts']);
  });

  it('count a draft as the release of a tag only when the tag stands, and a published one before it', async () => {
    const draft = await make({ tag_name: 'v1.0.0', draft: true });
    const read = () => github.repository().readReleaseFacts(REPO, 'v1.0.0');
    expect(await read()).toMatchObject({ wanted: undefined, releases: [{ id: draft, isDraft: true }] });
    await tag('v1.0.0', await github.head());
    expect((await read()).wanted?.release).toMatchObject({
      id: draft,
      isDraft: true,
      publishedAt: undefined,
    });
    const id = await make({ tag_name: 'v1.0.0' });
    expect((await read()).wanted?.release).toMatchObject({ id, isDraft: false });
  });
});

describe('one release', () => {
  it('is told whole, with what its tag points to', async () => {
    const id = await make({ tag_name: 'v1.0.0', name: 'One', body: 'Words.' });
    github.calls();
    const { release, at } = await github.repository().readRelease(REPO, id);
    expect(release).toEqual({
      repo: REPO,
      id,
      tag: 'v1.0.0',
      commit: await github.head(),
      name: 'One',
      body: 'Words.',
      url: expect.stringMatching(/\/releases\/tag\/v1\.0\.0$/),
      isDraft: false,
      isPrerelease: false,
      publishedAt: expect.stringMatching(/^\d{4}-/),
      updatedAt: expect.stringMatching(/^\d{4}-/),
      author: 'pat-platform',
      ours: false,
    });
    expect(Math.abs(at - Date.now())).toBeLessThan(5_000);
    expect(github.calls()).toEqual([`GET ${releases}/${id}`, 'graphql TagOfRelease']);
  });

  it('without a name or a text bears its tag’s name, and a draft has no tag', async () => {
    const id = await make({ tag_name: 'v1.0.0', draft: true, prerelease: true });
    const { release } = await github.repository().readRelease(REPO, id);
    expect(release).toMatchObject({ name: 'v1.0.0', body: '', isDraft: true, isPrerelease: true });
    expect(release?.commit).toBeUndefined();
    expect(release?.publishedAt).toBeUndefined();
  });

  it('that was deleted is none', async () => {
    const id = await make({ tag_name: 'v1.0.0' });
    await github.rest('pat-platform', 'DELETE', `${releases}/${id}`);
    const { release, at } = await github.repository().readRelease(REPO, id);
    expect(release).toBeUndefined();
    expect(Math.abs(at - Date.now())).toBeLessThan(5_000);
  });

  it('that the bot published is known as ours', async () => {
    const bot = github.repository();
    const published = await bot.publishRelease(plan(await github.head()));
    const { release } = await bot.readRelease(REPO, published.kind === 'published' ? published.id : 0);
    expect(release).toMatchObject({ ours: true, author: 'trunkline[bot]' });
  });
});

describe('a tag', () => {
  it('is created once and never moved', async () => {
    const bot = github.repository();
    const first = await github.head();
    expect(await bot.createTag(REPO, 'v1.0.0', first)).toBe('created');
    const second = await people.commit('pat-platform', 'main', { a: 'b' });
    expect(await bot.createTag(REPO, 'v1.0.0', second)).toBe('exists');
    expect((await bot.readReleaseFacts(REPO)).tags).toEqual([{ name: 'v1.0.0', commit: first }]);
  });

  it('of two at once is created by one', async () => {
    const head = await github.head();
    const both = [0, 1].map(() => github.repository().createTag(REPO, 'v1.0.0', head));
    expect((await Promise.all(both)).toSorted()).toEqual(['created', 'exists']);
  });

  it('of a name that git does not take is refused for good', async () => {
    await expect(github.repository().createTag(REPO, 'no..tag', await github.head())).rejects.toMatchObject({
      name: 'PermanentError',
      code: 'refused',
    });
  });

  it('whose answer was lost is found', async () => {
    const bot = github.repository({ timeoutMs: 1_000 });
    const head = await github.head();
    await bot.readReleaseFacts(REPO);
    const effect = { kind: 'timeout-after-doing' } as const;
    github.faults.add({ service: 'github', on: 'call', match: 'CreateTag', effect });
    await expect(bot.createTag(REPO, 'v1.0.0', head)).rejects.toBeInstanceOf(AmbiguousWriteError);
    expect((await bot.readReleaseFacts(REPO, 'v1.0.0')).wanted).toEqual({ commit: head, release: undefined });
    expect(await bot.createTag(REPO, 'v1.0.0', head)).toBe('exists');
  });
});

describe('a commit', () => {
  it('is known to be in the history of another, or not, by one request', async () => {
    const bot = github.repository();
    const first = await github.head();
    const second = await people.commit('pat-platform', 'main', { a: 'b' });
    await people.createBranch('pat-platform', 'aside', first);
    const aside = await people.commit('pat-platform', 'aside', { c: 'd' });
    github.calls();
    expect(await bot.isAncestor(REPO, first, second)).toBe(true);
    expect(github.calls()).toEqual([`GET /repos/${REPO}/compare/${first}...${second}`]);
    expect(await bot.isAncestor(REPO, second, second)).toBe(true);
    expect(await bot.isAncestor(REPO, second, first)).toBe(false);
    expect(await bot.isAncestor(REPO, aside, second)).toBe(false);
    expect(await bot.isAncestor(REPO, 'e'.repeat(40) as CommitSha, second)).toBe(false);
  });
});

describe('publishing', () => {
  it('makes the release as it was planned, on the tag that stands', async () => {
    const bot = github.repository();
    const first = await github.head();
    await bot.createTag(REPO, 'v1.0.0', first);
    await people.commit('pat-platform', 'main', { a: 'b' });
    github.calls();
    const published = await bot.publishRelease(plan(first));
    expect(published).toEqual({
      kind: 'published',
      id: expect.any(Number),
      url: expect.stringMatching(/\/releases\/tag\/v1\.0\.0$/),
    });
    expect(github.calls()).toEqual([`POST ${releases}`]);
    const id = published.kind === 'published' ? published.id : 0;
    expect((await bot.readRelease(REPO, id)).release).toMatchObject({
      tag: 'v1.0.0',
      commit: first,
      name: 'v1.0.0',
      body: '## Notes\n\nü',
      isDraft: false,
      isPrerelease: false,
    });
  });

  it('says that there is one already, whoever made it', async () => {
    await make({ tag_name: 'v1.0.0' });
    const bot = github.repository();
    expect(await bot.publishRelease(plan(await github.head()))).toEqual({ kind: 'exists' });
  });

  it('is refused for good when the text is too long', async () => {
    const body = 'x'.repeat(125_001);
    const refused = github.repository().publishRelease(plan(await github.head(), { body }));
    await expect(refused).rejects.toMatchObject({
      code: 'refused',
      message: expect.stringContaining('too long'),
    });
  });

  it('whose answer was lost is found done', async () => {
    const bot = github.repository({ timeoutMs: 1_000 });
    const effect = { kind: 'timeout-after-doing' } as const;
    github.faults.add({ service: 'github', on: 'call', match: `POST ${releases}`, effect });
    const head = await github.head();
    await expect(bot.publishRelease(plan(head))).rejects.toBeInstanceOf(AmbiguousWriteError);
    expect(await bot.publishRelease(plan(head))).toEqual({ kind: 'exists' });
    expect((await bot.readReleaseFacts(REPO, 'v1.0.0')).wanted?.release).toMatchObject({ isDraft: false });
  });
});

describe('what GitHub’s own generator says', () => {
  it('is read, and nothing is saved', async () => {
    const head = await github.head();
    await tag('v1.0.0', head);
    for (const [branch, title] of [
      ['one', 'feat: by @nobody in https://example.com/pull/9'],
      ['two', 'fix: two'],
    ] as const) {
      await people.createBranch('olli-oncall', branch, await github.head());
      await people.commit('olli-oncall', branch, { [branch]: 'x' });
      const number = await people.openPull('olli-oncall', branch, title);
      await people.mergePull('pat-platform', number);
    }
    const bot = github.repository();
    github.calls();
    const wish = { tag: 'v1.1.0', commit: await github.head(), previous: 'v1.0.0' };
    const notes = await bot.generateNotes(REPO, wish);
    const url = (number: number) => expect.stringMatching(new RegExp(`/${REPO}/pull/${number}$`));
    const author = 'olli-oncall';
    expect(notes).toEqual({
      pulls: [
        { number: 1, title: 'feat: by @nobody in https://example.com/pull/9', author, url: url(1) },
        { number: 2, title: 'fix: two', author, url: url(2) },
      ],
      newContributors: [{ login: author, number: 1 }],
    });
    expect(github.calls()).toEqual([`POST ${releases}/generate-notes`]);
    expect((await bot.readReleaseFacts(REPO)).releases).toEqual([]);
  });

  it('is refused for good when the previous tag is gone', async () => {
    const wish = { tag: 'v1.1.0', commit: await github.head(), previous: 'v1.0.0' };
    const refused = github.repository().generateNotes(REPO, wish);
    await expect(refused).rejects.toMatchObject({ name: 'PermanentError', code: 'refused' });
  });
});

describe('the files of a commit', () => {
  it('are those of that commit, with the texts that matter and each one’s blob', async () => {
    const first = await github.head();
    await people.commit('pat-platform', 'main', { 'providers/aws/v1/mgmt/flux.yaml': 'kind: Changed\n' });
    const bot = github.repository();
    await bot.readReleaseFacts(REPO);
    github.calls();
    const { files, oids } = await bot.readCommitFiles(REPO, first);
    expect(files).toMatchObject({ commit: first, defaultBranch: 'main' });
    expect(files.paths).toEqual(Object.keys(FILES).toSorted());
    expect([...files.texts]).toEqual([
      ['.github/trunkline.yaml', ''],
      ['providers/aws/v1/mgmt/flux.yaml', 'kind: GitRepository\n'],
    ]);
    expect([...oids.keys()]).toEqual(files.paths);
    expect(github.calls()).toHaveLength(3);
    expect(await bot.readCommitFiles(REPO, first)).toEqual({ files, oids });
    expect(github.calls()).toEqual([]);
  });

  it('share what is known of another commit and of the snapshot', async () => {
    const bot = github.repository();
    await bot.readSnapshot(REPO);
    const head = await github.head();
    github.calls();
    const { oids: before } = await bot.readCommitFiles(REPO, head);
    expect(github.calls()).toEqual([]);
    const next = await people.commit('pat-platform', 'main', {
      'features/ingress/deployment.yaml': 'x: 1\n',
    });
    github.calls();
    const { oids } = await bot.readCommitFiles(REPO, next);
    expect(github.calls()).toEqual([expect.stringMatching(/^GET .*\/git\/trees\//)]);
    const changed = [...oids].filter(([path, oid]) => before.get(path) !== oid);
    expect(changed.map(([path]) => path)).toEqual(['features/ingress/deployment.yaml']);
  });

  it('ask for the default branch when nobody has yet', async () => {
    const { files } = await github.repository().readCommitFiles(REPO, await github.head());
    expect(files.defaultBranch).toBe('main');
  });

  it('of a commit that is not there are refused for good', async () => {
    const none = 'f'.repeat(40) as CommitSha;
    await expect(github.repository().readCommitFiles(REPO, none)).rejects.toMatchObject({
      code: 'not-found',
    });
  });

  it('give their texts by blob, in one request and then in none', async () => {
    const bot = github.repository();
    const { oids } = await bot.readCommitFiles(REPO, await github.head());
    const wanted = [...oids].map(([path, oid]) => ({ path, oid }));
    github.calls();
    const texts = await bot.readBlobs(REPO, wanted);
    expect(Object.fromEntries(wanted.map(({ path, oid }) => [path, texts.get(oid)]))).toEqual(FILES);
    expect(github.calls()).toEqual(['graphql Texts']);
    expect(await bot.readBlobs(REPO, wanted)).toEqual(texts);
    expect(await github.repository().readBlobs(REPO, wanted)).toEqual(texts);
    expect(github.calls()).toEqual(['graphql Texts']);
  });
});
