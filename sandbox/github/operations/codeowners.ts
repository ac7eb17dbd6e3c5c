import { roleAtLeast, roleOf } from '../permissions.ts';
import type { Pull } from '../types.ts';
import type { Actor, GitHubWorld } from '../world.ts';
import { requestReviewers } from './reviews.ts';

/** The first of these that exists counts. https://docs.github.com/repositories/managing-your-repositorys-settings-and-features/customizing-your-repository/about-code-owners */
const places = ['.github/CODEOWNERS', 'CODEOWNERS', 'docs/CODEOWNERS'];

export interface CodeownersError {
  readonly line: number;
  readonly column: number;
  readonly source: string;
  readonly kind: string;
  readonly suggestion: string | null;
  readonly message: string;
  readonly path: string;
}

interface OwnerLine {
  readonly number: number;
  readonly text: string;
  readonly pattern: string;
  readonly owners: readonly string[];
}

interface Codeowners {
  readonly path: string;
  readonly lines: readonly OwnerLine[];
}

/** What is wrong in the file at a ref (the default branch when left out); undefined when there is no such file. */
export async function codeownersErrors(
  world: GitHubWorld,
  ref?: string,
): Promise<readonly CodeownersError[] | undefined> {
  const file = await readCodeowners(world, tipOf(world, ref ?? world.state.repo.defaultBranch));
  return file?.lines.flatMap((line) => errorsOf(world, file.path, line));
}

/** Asks the owners of what a new pull request changes for a review, by the base branch's file; the author is left out. */
export async function requestCodeowners(world: GitHubWorld, actor: Actor, pull: Pull): Promise<void> {
  if (pull.draft) return;
  const file = await readCodeowners(world, pull.baseSha);
  if (!file) return;
  const base = (await world.git.mergeBase(pull.baseSha, pull.headSha)) ?? pull.baseSha;
  const changed = await world.git.diff(base, pull.headSha);
  const owners = new Set(changed.flatMap(({ path }) => ownersOf(file, path)));
  const known = [...owners].filter((owner) => isKnown(world, owner)).map((owner) => owner.replace(/^@/, ''));
  const users = known.filter((owner) => !owner.includes('/') && owner !== pull.user);
  const teams = known
    .filter((owner) => owner.includes('/'))
    .map((owner) => owner.slice(owner.indexOf('/') + 1));
  if (users.length + teams.length > 0) await requestReviewers(world, actor, pull.number, { users, teams });
}

function tipOf(world: GitHubWorld, ref: string): string {
  return world.state.refs.get(`refs/heads/${ref}`) ?? world.state.refs.get(ref) ?? ref;
}

async function readCodeowners(world: GitHubWorld, commit: string): Promise<Codeowners | undefined> {
  for (const path of places) {
    const found = /^[0-9a-f]{40}$/.test(commit) ? await world.git.at(commit, path) : undefined;
    const blob = found?.type === 'blob' ? await world.git.blob(found.oid) : undefined;
    if (blob) return { path, lines: parse(blob.toString('utf8')) };
  }
  return undefined;
}

function parse(text: string): readonly OwnerLine[] {
  return text.split('\n').flatMap((line, at) => {
    const content = line.replace(/(^|\s)#.*$/, '').trim();
    if (content === '') return [];
    const [pattern = '', ...owners] = content.split(/(?<!\\)\s+/);
    return [{ number: at + 1, text: line, pattern: pattern.replaceAll('\\ ', ' '), owners }];
  });
}

/** The last line that matches decides, also when it names nobody. */
function ownersOf(file: Codeowners, path: string): readonly string[] {
  return file.lines.findLast((line) => toPattern(line.pattern).test(path))?.owners ?? [];
}

/** Patterns are those of .gitignore, without negation and character classes. */
function toPattern(pattern: string): RegExp {
  const anchored = pattern.slice(0, -1).includes('/');
  const body = pattern.replace(/^\//, '').replace(/\/$/, '');
  const parts = body.split(/(\*\*\/|\/\*\*|\*\*|\*|\?)/).map((part) => {
    if (part === '**/') return '(?:.*/)?';
    if (part === '/**') return '/.*';
    if (part === '**') return '.*';
    if (part === '*') return '[^/]*';
    return part === '?' ? '[^/]' : part.replace(/[.+^${}()|[\]\\]/g, '\\$&');
  });
  const below = pattern.endsWith('/') ? '/.*' : pattern.endsWith('/*') ? '' : '(?:/.*)?';
  return new RegExp(`^${anchored ? '' : '(?:.*/)?'}${parts.join('')}${below}$`);
}

/** Only who has write access can own anything. */
function isKnown(world: GitHubWorld, owner: string): boolean {
  const name = owner.replace(/^@/, '');
  if (!name.includes('/')) return roleAtLeast(roleOf(world, name), 'write');
  const [org = '', slug = ''] = name.split('/');
  return (
    org.toLowerCase() === world.state.org.login.toLowerCase() &&
    roleAtLeast(world.state.teams.get(slug)?.permission, 'write')
  );
}

function errorsOf(world: GitHubWorld, path: string, line: OwnerLine): readonly CodeownersError[] {
  const error = (
    token: string,
    kind: string,
    explain: string,
    suggestion: string | null,
  ): CodeownersError => {
    const column = line.text.indexOf(token) + 1;
    const message = `${kind} on line ${line.number}: ${explain}\n\n  ${line.text}\n  ${' '.repeat(column - 1)}^`;
    return { line: line.number, column, source: `${line.text}\n`, kind, suggestion, message, path };
  };
  if (/^!|\[.*\]/.test(line.pattern))
    return [error(line.pattern, 'Invalid pattern', 'this syntax is not supported', null)];
  return line.owners.flatMap((owner) => {
    const well = /^@[\w-]+(\/[\w.-]+)?$|^[^@\s]+@[^@\s]+$/.test(owner);
    if (!well) return [error(owner, 'Invalid owner', 'expected a user, a team or an email address', null)];
    if (!owner.startsWith('@') || isKnown(world, owner)) return [];
    const hint = 'make sure that it exists and has write access to the repository';
    return [error(owner, 'Unknown owner', hint, hint)];
  });
}
