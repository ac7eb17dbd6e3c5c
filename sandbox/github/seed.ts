import { mkdir, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { runGit } from './git/run.ts';
import { Git, zeroOid } from './git.ts';
import type { GitHubOptions, Seed } from './options.ts';
import { writePushHook } from './push-rules.ts';

/** What `prepareRepository` made or found. */
export interface Prepared {
  readonly git: Git;
  readonly defaultBranch: string;
  /** What an earlier run saved, with `keep`. */
  readonly saved: string | undefined;
}

/** Opens the kept repository, or makes one from the seed. @throws when the seed cannot be read. */
export async function prepareRepository(options: GitHubOptions): Promise<Prepared> {
  const dir = repositoryDir(options);
  const saved = options.keep ? await readFile(stateFile(options), 'utf8').catch(() => undefined) : undefined;
  if (saved !== undefined) return { git: new Git(dir), defaultBranch: await headBranch(dir), saved };
  await rm(dir, { recursive: true, force: true });
  await mkdir(dir, { recursive: true });
  const branch = options.defaultBranch ?? 'main';
  await runGit(dir, ['init', '--bare', '--quiet', `--initial-branch=${branch}`]);
  await configure(dir);
  await mkdir(join(dir, 'hooks'), { recursive: true });
  await writePushHook(dir);
  const git = new Git(dir);
  try {
    return { git, defaultBranch: await plant(git, options.seed, branch), saved: undefined };
  } catch (error) {
    await git.close();
    throw error;
  }
}

export function repositoryDir(options: GitHubOptions): string {
  return join(options.dir, `${options.repo}.git`);
}

export function stateFile(options: GitHubOptions): string {
  return join(options.dir, 'state.json');
}

/** As GitHub's git: deletions and force pushes are a matter of rules, any object can be fetched by its id. */
async function configure(dir: string): Promise<void> {
  const config = [
    '[http]',
    'receivepack = true',
    '[uploadpack]',
    'allowAnySHA1InWant = true',
    'allowFilter = true',
  ];
  config.push('[gc]', 'auto = 0', '[receive]', 'advertisePushOptions = true', 'denyDeleteCurrent = ignore');
  config.push('[core]', 'fsync = none', 'logAllRefUpdates = false', '');
  const path = join(dir, 'config');
  await writeFile(path, `${await readFile(path, 'utf8')}${config.join('\n')}`);
}

async function plant(git: Git, seed: Seed, branch: string): Promise<string> {
  if (seed.kind === 'files') {
    const changes = Object.entries(seed.files).map(async ([path, text]) => ({
      path,
      oid: await git.writeBlob(text),
    }));
    const tree = await git.editTree(undefined, await Promise.all(changes));
    const who = {
      name: 'GitHub',
      email: 'noreply@github.com',
      seconds: Math.floor(Date.now() / 1000),
      zone: '+0000',
    };
    const commit = { tree, parents: [], author: who, committer: who, message: 'Initial commit' };
    await git.moveRefs([{ ref: `refs/heads/${branch}`, from: zeroOid, to: await git.writeCommit(commit) }]);
    return branch;
  }
  return copySource(git, seed);
}

/** Branches, tags and heads of pull requests of the source; with `at`, only what was there by then. */
async function copySource(git: Git, seed: Extract<Seed, { kind: 'source' }>): Promise<string> {
  const source = (await isThere(seed.source)) ? seed.source : await urlOf(seed.source);
  const listing = (await git.run(['ls-remote', '--symref', source])).toString('utf8');
  const refs = listing.split('\n').map((line) => line.split('\t'));
  const symbolic = refs.find(([value, name]) => name === 'HEAD' && value?.startsWith('ref: '))?.[0];
  const headOid = refs.find(([value, name]) => name === 'HEAD' && !value?.startsWith('ref: '))?.[0];
  const heads = refs.filter(([, name]) => name?.startsWith('refs/heads/'));
  const guessed = heads.find(([oid]) => oid === headOid)?.[1] ?? heads[0]?.[1];
  const head = symbolic?.slice('ref: '.length) ?? guessed ?? 'refs/heads/main';
  const specs = ['+refs/heads/*:refs/heads/*', '+refs/tags/*:refs/tags/*'];
  await git.run(['fetch', '--quiet', '--no-tags', '--no-auto-gc', source, ...specs]);
  const branch = head.slice('refs/heads/'.length);
  await git.run(['symbolic-ref', 'HEAD', head]);
  if (seed.at !== undefined) await rewind(git, head, seed.at);
  return branch;
}

async function rewind(git: Git, head: string, at: string): Promise<void> {
  const resolved = await git
    .run(['rev-parse', '--verify', '--quiet', '--end-of-options', `${at}^{commit}`])
    .catch(() => undefined);
  if (!resolved) throw new Error(`failed to find commit ${at} in the repository`);
  const commit = resolved.toString('utf8').trim();
  const refs = await git.readRefs();
  const moves = [{ ref: head, from: refs.get(head) ?? zeroOid, to: commit }];
  for (const [ref, oid] of refs) {
    if (ref === head) continue;
    if (!(await wasThere(git, ref, oid, commit))) moves.push({ ref, from: oid, to: zeroOid });
  }
  await git.moveRefs(moves.filter((move) => move.from !== move.to));
}

/** What is reachable was; and a tag of an older commit, which the history may since have been rewritten without. */
async function wasThere(git: Git, ref: string, oid: string, at: string): Promise<boolean> {
  const commit = await git.peel(oid);
  if (commit === undefined) return false;
  if (await git.isAncestor(commit, at)) return true;
  const [tagged, then] = await Promise.all([git.commit(commit), git.commit(at)]);
  if (!ref.startsWith('refs/tags/') || !tagged || !then) return false;
  return tagged.committer.seconds <= then.committer.seconds;
}

function isThere(path: string): Promise<boolean> {
  return stat(path).then(
    () => true,
    () => false,
  );
}

/** An option or a remote helper (`ext::`) is no repository. */
async function urlOf(source: string): Promise<string> {
  if (!/^(https?|ssh|git|file):\/\/|^[\w.-]+@[\w.-]+:/.test(source))
    throw new Error(`failed to find a repository at ${source}`);
  return source;
}

async function headBranch(dir: string): Promise<string> {
  return (await runGit(dir, ['symbolic-ref', '--short', 'HEAD'])).toString('utf8').trim();
}
