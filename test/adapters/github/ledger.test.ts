import { ProbotOctokit } from 'probot';
import type { LedgerPlace, NewRecord } from '../../../jobs/change/change-ports.ts';
import { createGitHubClient } from '../../../src/adapters/github/client.ts';
import { createIdBook } from '../../../src/adapters/github/id-book.ts';
import { createLedgerBook } from '../../../src/adapters/github/ledger/create-ledger-book.ts';
import type { LedgerKeys } from '../../../src/adapters/github/ledger/ledger-keys.ts';
import { createLimiter } from '../../../src/adapters/github/limiter.ts';
import { recordText } from '../../../src/domain/change/record-text.ts';
import type { RepoName } from '../../../src/domain/ids.ts';
import { AmbiguousWriteError, PermanentError, RetryableError } from '../../../src/errors.ts';
import { fresh, KEY, newKey } from '../../domain/change/ledger-samples.ts';
import { REPO, type SandboxGitHub, startSandboxGitHub } from './sandbox-github.ts';
import { silentLog } from './scripted-github.ts';

const BRANCH = 'trunkline/ledger';
const PLACE: LedgerPlace = { repo: REPO, repository: REPO, branch: BRANCH };
const PUSHER = 'pat-platform';
const git = `/repos/${REPO}/git`;

let github: SandboxGitHub;
let clock = 0;
beforeEach(async () => {
  clock = 0;
  github = await startSandboxGitHub();
});
afterEach(() => github.close());

function give(n: number): NewRecord {
  const { repo: _, ...record } = fresh(n);
  return record;
}

/** A process that has just started. */
function book(keys: LedgerKeys = { privateKeyPem: KEY.privateKeyPem, oldPublicKeysPem: [] }) {
  const { token } = github.site.world.tokens.issue({ contents: 'write', metadata: 'read' });
  const octokit = new ProbotOctokit({
    baseUrl: github.site.world.urls.repoApi().replace(/\/repos\/.*$/, ''),
    throttle: { enabled: false },
    retry: { enabled: false },
    auth: { type: 'token', token, tokenType: 'installation' },
    log: { debug: () => undefined, info: () => undefined, warn: () => undefined, error: () => undefined },
  });
  const limiter = createLimiter();
  const monotonic = () => clock;
  const client = createGitHubClient({ octokitFor: async () => octokit, limiter });
  const context = {
    client,
    ids: createIdBook(monotonic),
    appSlug: 'trunkline',
    appId: 17,
    log: silentLog,
    monotonic,
  };
  return createLedgerBook(context, keys);
}

const append = (n: number, writer = book()) => writer.append(PLACE, () => give(n));

/** What somebody with write access does to the branch: one commit on top of it, by force when `onTopOf` says where. */
async function push(
  message: string,
  files: Readonly<Record<string, string | null>>,
  onTopOf?: string,
): Promise<string> {
  const head = onTopOf ?? (await github.head(BRANCH));
  const post = async (what: string, body: object) =>
    (await github.rest(PUSHER, 'POST', `${git}/${what}`, body)) as { sha: string };
  const base = (await github.rest(PUSHER, 'GET', `${git}/commits/${head}`)) as { tree: { sha: string } };
  const tree = Object.entries(files).map(([path, content]) => {
    return { path, mode: '100644', type: 'blob', ...(content === null ? { sha: null } : { content }) };
  });
  const made = tree.length === 0 ? base.tree : await post('trees', { base_tree: base.tree.sha, tree });
  const { sha } = await post('commits', { message, tree: made.sha, parents: [head] });
  await move(sha);
  return sha;
}

async function move(sha: string): Promise<void> {
  await github.rest(PUSHER, 'PATCH', `${git}/refs/heads/${BRANCH}`, { sha, force: true });
}

async function messageOf(sha: string): Promise<string> {
  return ((await github.rest(PUSHER, 'GET', `${git}/commits/${sha}`)) as { message: string }).message;
}

const path = (n: number) => `records/2026/06/deed-${n}.json`;
const hour = () => {
  clock += 3_600_000;
};

describe('a ledger on GitHub', () => {
  it('is empty while the branch is not there', async () => {
    expect(await book().read(PLACE)).toEqual({ records: [], damage: [] });
    expect(github.calls()).toEqual(['graphql Ledger']);
  });

  it('starts on a branch without a past, and goes on with one request for each record', async () => {
    const writer = book();
    const { record } = await append(1, writer);
    expect(record).toMatchObject({ seq: 1, id: 'deed-1', repo: REPO });
    expect(github.calls()).toEqual([
      'graphql Ledger',
      `POST ${git}/trees`,
      `POST ${git}/commits`,
      `POST ${git}/refs`,
    ]);
    const { ledger } = await append(2, writer);
    expect(ledger.records.map(({ seq }) => seq)).toEqual([1, 2]);
    expect(github.calls()).toEqual(['graphql AppendRecord']);
    expect(await book().read(PLACE)).toEqual(ledger);
    expect(github.calls()).toEqual(['graphql Ledger', expect.stringContaining(`GET ${git}/trees/`)]);
    const head = await github.head(BRANCH);
    expect(await messageOf(head)).toMatch(/^record 2: change 1 approved\n\n\{"at":/);
  });

  it('is read with one query, whatever came since, and more only for a long past', async () => {
    const [writer, reader] = [book(), book()];
    await append(1, writer);
    await reader.read(PLACE);
    for (let n = 2; n <= 24; n += 1) await append(n, writer);
    github.calls();
    expect((await reader.read(PLACE)).records).toHaveLength(24);
    expect(github.calls()).toEqual(['graphql Ledger', 'graphql LedgerPage']);
    await append(25, writer);
    github.calls();
    expect((await reader.read(PLACE)).records).toHaveLength(25);
    expect(github.calls()).toEqual(['graphql Ledger']);
  });

  it('asks again when somebody was quicker, with what that one wrote', async () => {
    const [one, two] = [book(), book()];
    await append(1, one);
    await two.read(PLACE);
    await append(2, one);
    const seen: number[] = [];
    const { record } = await two.append(PLACE, ({ records }) => {
      seen.push(records.length);
      return give(3);
    });
    expect(seen).toEqual([1, 2]);
    expect(record?.seq).toBe(3);
    expect((await book().read(PLACE)).damage).toEqual([]);
  });

  it('takes what many write at once, each one once', async () => {
    const books = [book(), book(), book()];
    await Promise.all(books.flatMap((each, i) => [append(i * 2 + 1, each), append(i * 2 + 2, each)]));
    const { records, damage } = await book().read(PLACE);
    expect(damage).toEqual([]);
    expect(records.map(({ id }) => id).sort()).toEqual([1, 2, 3, 4, 5, 6].map((n) => `deed-${n}`));
  });

  it('takes a record that stands as appended, and nothing when there is nothing to say', async () => {
    const first = await append(1);
    expect((await append(1)).record).toEqual(first.record);
    const nothing = await book().append(PLACE, () => undefined);
    expect(nothing).toEqual({ ledger: first.ledger, record: undefined });
  });

  it('does not say no from what it remembers', async () => {
    const [one, two] = [book(), book()];
    await append(1, one);
    await two.read(PLACE);
    await append(2, one);
    const { record } = await two.append(PLACE, ({ records }) => (records.length < 2 ? undefined : give(3)));
    expect(record?.seq).toBe(3);
  });

  it('keeps one repository’s records from another’s', async () => {
    const other = { ...PLACE, repo: 'sample-org/other' as RepoName };
    const writer = book();
    await append(1, writer);
    const { ledger, record } = await writer.append(other, () => give(2));
    expect(record).toMatchObject({ seq: 2, repo: 'sample-org/other' });
    expect(ledger.records).toEqual([record]);
    await expect(writer.append(other, () => give(1))).rejects.toThrow(PermanentError);
  });
});

it('signs with its key and still knows the old one', async () => {
  await append(1);
  const young = newKey();
  const rotated = book({ privateKeyPem: young.privateKeyPem, oldPublicKeysPem: [KEY.publicKeyPem] });
  const { ledger } = await append(2, rotated);
  expect(ledger.damage).toEqual([]);
  expect(new Set(ledger.records.map(({ key }) => key)).size).toBe(2);
  expect((await book().read(PLACE)).damage).toEqual([{ why: 'unknown-key', where: path(2) }]);
});

it('appends nothing that could not be read again', async () => {
  for (const id of ['../../main', 'x y', '']) {
    await expect(book().append(PLACE, () => ({ ...give(1), id }))).rejects.toThrow(PermanentError);
  }
  expect(await github.head(BRANCH)).toBeUndefined();
});

it('answers reads that wait for each other with one query', async () => {
  const reader = book();
  await append(1);
  await reader.read(PLACE);
  github.calls();
  await Promise.all(Array.from({ length: 20 }, () => reader.read(PLACE)));
  expect(github.calls().length).toBeLessThanOrEqual(2);
});

describe('a write without a clear answer', () => {
  it.each([
    ['graphql AppendRecord', 'error-after-doing'],
    ['graphql AppendRecord', 'error'],
    [`POST ${git}/refs`, 'error-after-doing'],
    [`POST ${git}/refs`, 'error'],
  ] as const)('%s, %s: stands once', async (match, kind) => {
    const writer = book();
    if (match.startsWith('graphql')) await append(1, writer);
    github.faults.add({ service: 'github', on: 'call', match, effect: { kind, status: 502 } });
    expect((await append(2, writer)).record?.id).toBe('deed-2');
    const { records, damage } = await book().read(PLACE);
    expect(records.filter(({ id }) => id === 'deed-2')).toHaveLength(1);
    expect(damage).toEqual([]);
  });

  it('is told after some tries, and nothing is lost or doubled by coming back', async () => {
    const writer = book();
    await append(1, writer);
    const effect = { kind: 'error', status: 502 } as const;
    github.faults.add({ service: 'github', on: 'call', match: 'AppendRecord', effect, times: 8 });
    await expect(append(2, writer)).rejects.toThrow(AmbiguousWriteError);
    expect((await append(2, writer)).ledger.records).toHaveLength(2);
  });

  it('is never read as an empty ledger', async () => {
    await append(1);
    const effect = { kind: 'error', status: 502 } as const;
    github.faults.add({ service: 'github', on: 'call', match: 'graphql Ledger', effect });
    await expect(book().read(PLACE)).rejects.toThrow(RetryableError);
    const elsewhere = { ...PLACE, repository: 'sample-org/none' as RepoName };
    await expect(book().read(elsewhere)).rejects.toThrow(PermanentError);
  });
});

describe('what others do to the branch', () => {
  let reader: ReturnType<typeof book>;
  beforeEach(async () => {
    const writer = book();
    for (let n = 1; n <= 3; n += 1) await append(n, writer);
    reader = book();
    await reader.read(PLACE);
    hour();
  });

  async function everybodySees(damage: readonly object[]): Promise<void> {
    for (const each of [reader, book()]) expect((await each.read(PLACE)).damage).toEqual(damage);
  }

  it.each([
    ['a file edited', { [path(2)]: '{}\n' }, [{ why: 'edited', where: path(2) }]],
    ['a file deleted', { [path(3)]: null }, [{ why: 'deleted', where: path(3) }]],
    ['a file added', { [path(4)]: '{}\n' }, [{ why: 'forged', where: path(4) }]],
    ['another file added', { 'README.md': 'hello\n' }, []],
  ])('%s', async (_, files, damage) => {
    await push('chore: tidy up', files);
    await everybodySees(damage);
  });

  it('damage ends when the file is as it was', async () => {
    await push('chore: tidy up', { [path(3)]: null });
    await everybodySees([{ why: 'deleted', where: path(3) }]);
    const record = (await reader.read(PLACE)).records[2];
    await push('chore: bring it back', { [path(3)]: record === undefined ? '' : recordText(record) });
    await everybodySees([]);
  });

  it('a record told again', async () => {
    await push(await messageOf(await github.head(BRANCH)), {});
    await everybodySees([{ why: 'repeated', where: path(3) }]);
  });

  it('a record changed in its commit', async () => {
    const message = await messageOf(await github.head(BRANCH));
    await push(message.replaceAll('deed-3', 'deed-4'), {});
    await everybodySees([{ why: 'forged', where: path(4) }]);
  });

  it('the end cut off is told by who saw it, once it can be no old answer', async () => {
    const head = await github.head(BRANCH);
    const { parents } = (await github.rest(PUSHER, 'GET', `${git}/commits/${head}`)) as {
      parents: { sha: string }[];
    };
    await move(String(parents[0]?.sha));
    const { records, damage } = await reader.read(PLACE);
    expect(damage).toEqual([{ why: 'rewritten', where: 'deed-3' }]);
    expect(records).toHaveLength(2);
    const young = book();
    await young.read(PLACE);
    await append(4, reader);
    expect((await young.read(PLACE)).damage).toEqual([{ why: 'broken-chain', where: path(4) }]);
  });

  it('no record is added to a damaged ledger, whoever wants to', async () => {
    await push('chore: tidy up', { [path(2)]: '{}\n' });
    await expect(append(4, reader)).rejects.toMatchObject({ code: 'ledger-damaged' });
    expect((await book().read(PLACE)).records).toHaveLength(3);
  });

  it('an old answer is not taken for a rewritten past', async () => {
    const before = await github.head(BRANCH);
    await append(4, reader);
    await move(before);
    expect((await reader.read(PLACE)).records).toHaveLength(4);
    clock += 36_000;
    expect((await reader.read(PLACE)).damage).toEqual([{ why: 'rewritten', where: 'deed-4' }]);
  });

  it('the past put onto another one by a merge', async () => {
    const head = await github.head(BRANCH);
    const base = (await github.rest(PUSHER, 'GET', `${git}/commits/${head}`)) as { tree: { sha: string } };
    const bare = { message: 'chore: clean start', tree: base.tree.sha, parents: [] as readonly string[] };
    const root = (await github.rest(PUSHER, 'POST', `${git}/commits`, bare)) as { sha: string };
    const merge = { ...bare, message: 'Merge', parents: [root.sha, head] };
    const { sha } = (await github.rest(PUSHER, 'POST', `${git}/commits`, merge)) as { sha: string };
    await move(sha);
    const files = [1, 2, 3].map((n) => ({ why: 'forged', where: path(n) }));
    expect((await reader.read(PLACE)).damage).toEqual([{ why: 'rewritten', where: 'deed-3' }, ...files]);
    expect(await book().read(PLACE)).toEqual({ records: [], damage: files });
  });

  it('commits made anew with other files below the same words', async () => {
    const head = await github.head(BRANCH);
    const { parents } = (await github.rest(PUSHER, 'GET', `${git}/commits/${head}`)) as {
      parents: { sha: string }[];
    };
    await push(await messageOf(head), { [path(1)]: null, [path(3)]: null }, parents[0]?.sha);
    await everybodySees([
      { why: 'deleted', where: path(1) },
      { why: 'deleted', where: path(3) },
    ]);
  });

  it('the branch deleted', async () => {
    await github.rest(PUSHER, 'DELETE', `${git}/refs/heads/${BRANCH}`);
    expect(await reader.read(PLACE)).toEqual({
      records: [],
      damage: [{ why: 'rewritten', where: 'deed-3' }],
    });
  });

  it('the branch brought back to where it was', async () => {
    const head = await github.head(BRANCH);
    await push('chore: tidy up', { [path(1)]: null });
    await everybodySees([{ why: 'deleted', where: path(1) }]);
    await move(head);
    hour();
    await everybodySees([]);
  });
});
