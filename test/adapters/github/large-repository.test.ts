import type { RepoName } from '../../../src/domain/ids.ts';
import {
  GITHUB_DATE,
  type Reply,
  type ScriptedGitHub,
  type Seen,
  startScriptedGitHub,
} from './scripted-github.ts';

const REPO = 'o/r' as RepoName;
const COMMIT = 'c'.repeat(40);
const ROOT = '0'.repeat(40);

interface Blob {
  readonly path: string;
  readonly text: string | null;
  readonly size?: number;
  readonly mode?: string;
  readonly isTruncated?: boolean;
  readonly isBinary?: boolean;
}

let github: ScriptedGitHub;
beforeEach(async () => {
  github = await startScriptedGitHub();
});
afterEach(() => github.close());

const oidOf = (path: string) => Buffer.from(path).toString('hex').padEnd(40, '0').slice(-40);

/** A repository that never was: its head, its tree, its texts. */
function serve(blobs: readonly Blob[], trees: (seen: Seen) => Reply = () => listing(blobs)): void {
  const byOid = new Map(blobs.map((blob) => [oidOf(blob.path), blob]));
  github.answer((seen) => {
    if (seen.method === 'GET') return trees(seen);
    if (seen.body.query.includes('query Head')) return head(seen);
    const asked = Object.entries(seen.body.variables).filter(([name]) => name.startsWith('oid'));
    const repository = Object.fromEntries(
      asked.map(([name, oid]) => {
        const blob = byOid.get(String(oid));
        const { text = null, isTruncated = false, isBinary = false } = blob ?? {};
        return [name.replace('oid', 'blob'), { oid, text, isTruncated, isBinary }];
      }),
    );
    return { json: { data: { repository } } };
  });
}

function listing(blobs: readonly Blob[], truncated = false, folders: readonly string[] = []): Reply {
  const tree = blobs.map(({ path, text, size = text?.length ?? 9, mode = '100644' }) => {
    return { path, mode, type: 'blob', sha: oidOf(path), size };
  });
  const below = folders.map((path) => ({ path, mode: '040000', type: 'tree', sha: oidOf(path) }));
  return { json: { sha: ROOT, truncated, tree: [...tree, ...below] } };
}

function head({ body }: Seen): Reply {
  const second = body.variables['after'] === 'next';
  const pull = {
    number: second ? 2 : 1,
    url: `https://github.example/o/r/pull/${second ? 2 : 1}`,
    title: `tenants(${second ? 'two' : 'one'}): onboarding namespace to aws`,
    headRefName: 'tenant-x',
    isCrossRepository: false,
  };
  const repository = {
    id: 'R_1',
    defaultBranchRef: { name: 'main', target: { oid: COMMIT, tree: { oid: ROOT } } },
    pullRequests: {
      pageInfo: { hasNextPage: !second, endCursor: 'next' },
      nodes: [pull, { ...pull, number: 9, isCrossRepository: true }],
    },
  };
  return { json: { data: { repository } } };
}

const texts = () => github.seen.filter(({ body }) => body.query.includes('query Texts'));

describe('a snapshot of a large repository', () => {
  it('asks for a hundred texts at a time', async () => {
    serve(Array.from({ length: 250 }, (_, n) => ({ path: `clusters/${n}.yaml`, text: `n: ${n}\n` })));
    const { files } = await github.repository().readSnapshot(REPO);
    expect(files.texts.size).toBe(250);
    expect(files.texts.get('clusters/249.yaml')).toBe('n: 249\n');
    expect(texts()).toHaveLength(3);
  });

  it('asks for at most a megabyte at a time', async () => {
    const text = 'x'.repeat(200_000);
    serve(Array.from({ length: 10 }, (_, n) => ({ path: `clusters/${n}.yaml`, text })));
    const { files } = await github.repository().readSnapshot(REPO);
    expect(files.texts.size).toBe(10);
    expect(texts()).toHaveLength(2);
  });

  it('leaves out texts that are binary, huge, cut off or links, but not their paths', async () => {
    serve([
      { path: 'clusters/good.yaml', text: 'a: 1' },
      { path: 'clusters/binary.yaml', text: null, isBinary: true },
      { path: 'clusters/huge.yaml', text: 'x', size: 300_000 },
      { path: 'clusters/cut.yaml', text: 'x', isTruncated: true },
      { path: 'clusters/link.yaml', text: '../../etc', mode: '120000' },
    ]);
    const repository = github.repository();
    const { files } = await repository.readSnapshot(REPO);
    expect([...files.texts.keys()]).toEqual(['clusters/good.yaml']);
    expect(files.paths).toHaveLength(5);
    const before = texts().length;
    await repository.readSnapshot(REPO);
    expect(texts()).toHaveLength(before);
  });

  it('walks through the folders when GitHub cuts the tree off', async () => {
    const blobs = ['top.yaml', 'a/one.yaml', 'a/b/two.yaml', 'c/three.yaml'].map((path) => ({
      path,
      text: path,
    }));
    const [top, one, two, three] = blobs.map(({ path, text }) => ({ path, text }));
    const within: Record<string, Reply> = {
      [`${ROOT}?recursive=1`]: listing(blobs, true),
      [ROOT]: listing(top ? [top] : [], false, ['a', 'c']),
      [`${oidOf('a')}?recursive=1`]: {
        json: entries([
          ['one.yaml', one],
          ['b/two.yaml', two],
        ]),
      },
      [`${oidOf('c')}?recursive=1`]: { json: entries([['three.yaml', three]]) },
    };
    serve(blobs, ({ url }) => within[url.split('/trees/')[1] ?? ''] ?? { status: 404 });
    const { files } = await github.repository().readSnapshot(REPO);
    expect(files.paths).toEqual(['top.yaml', 'a/one.yaml', 'a/b/two.yaml', 'c/three.yaml']);
    expect(files.texts.get('a/b/two.yaml')).toBe('a/b/two.yaml');
  });

  it('turns the pages of the open requests, and leaves out those of forks', async () => {
    serve([]);
    const { openRequests, readAt } = await github.repository().readSnapshot(REPO);
    expect(openRequests.map(({ name }) => name)).toEqual(['one', 'two']);
    expect(readAt).toBe(Date.parse(GITHUB_DATE));
  });

  it('of an empty repository is permanently refused', async () => {
    github.answer({
      json: {
        data: {
          repository: {
            id: 'R_1',
            defaultBranchRef: null,
            pullRequests: { pageInfo: { hasNextPage: false, endCursor: null }, nodes: [] },
          },
        },
      },
    });
    await expect(github.repository().readSnapshot(REPO)).rejects.toMatchObject({ code: 'empty-repository' });
  });
});

/** Entries of a subtree, whose paths are relative to it. */
function entries(list: readonly (readonly [string, Blob | undefined])[]) {
  const tree = list.map(([path, blob]) => {
    return { path, mode: '100644', type: 'blob', sha: oidOf(blob?.path ?? ''), size: 9 };
  });
  return { sha: ROOT, truncated: false, tree };
}
