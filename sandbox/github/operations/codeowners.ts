import type { Actor } from '../actor.ts';
import type { Pull } from '../types.ts';
import type { GitHubWorld } from '../world.ts';
import { isKnown, type OwnerLine, ownersOf, readCodeowners } from './codeowners-file.ts';
import { requestReviewers } from './reviews.ts';

export interface CodeownersError {
  readonly line: number;
  readonly column: number;
  readonly source: string;
  readonly kind: string;
  readonly suggestion: string | null;
  readonly message: string;
  readonly path: string;
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
