import type { Actor } from '../actor.ts';
import { type RefMove, zeroOid } from '../git.ts';
import { unprocessable } from '../problem.ts';
import type { GitHubWorld } from '../world.ts';
import { moveRefs } from './move-refs.ts';

export interface RefValue {
  /** Full name. */
  readonly ref: string;
  readonly sha: string;
}

/**
 * Makes a branch or tag.
 *
 * @param input.ref full name (`refs/heads/x`).
 * @throws Problem 422 when it exists, when its name or the object is none, or when a rule forbids it.
 */
export function createRef(world: GitHubWorld, actor: Actor, input: RefValue): Promise<RefValue> {
  return world.exclusive(async () => {
    checkName(input.ref);
    if (world.state.refs.has(input.ref)) throw unprocessable('Reference already exists');
    await checkObject(world, input);
    await moveRefs(world, actor, [{ ref: input.ref, from: zeroOid, to: input.sha }]);
    return input;
  });
}

/**
 * Moves a branch or tag.
 *
 * @throws Problem 422 when it does not exist, when this is no fast-forward and not forced, or when a rule forbids it.
 */
export function updateRef(
  world: GitHubWorld,
  actor: Actor,
  input: RefValue & { readonly force?: boolean },
): Promise<RefValue> {
  return world.exclusive(async () => {
    const from = world.state.refs.get(input.ref);
    if (from === undefined) throw unprocessable('Reference does not exist');
    await checkObject(world, input);
    if (!input.force && !(await isForward(world, from, input.sha))) {
      throw unprocessable('Update is not a fast forward');
    }
    if (from !== input.sha) await moveRefs(world, actor, [{ ref: input.ref, from, to: input.sha }]);
    return { ref: input.ref, sha: input.sha };
  });
}

/** @throws Problem 422 when it does not exist or a rule forbids it. */
export function deleteRef(world: GitHubWorld, actor: Actor, ref: string): Promise<void> {
  return world.exclusive(async () => {
    const from = world.state.refs.get(ref);
    if (from === undefined) throw unprocessable('Reference does not exist');
    if (ref === `refs/heads/${world.state.repo.defaultBranch}`)
      throw unprocessable('Cannot delete the default branch');
    await moveRefs(world, actor, [{ ref, from, to: zeroOid }]);
  });
}

/**
 * Moves, makes and deletes several refs at once, all or none (GraphQL's `updateRefs`).
 *
 * @param updates `afterOid` zeros delete; `beforeOid` is checked when given, zeros meaning that it must not exist.
 * @throws Problem 422, or STALE_DATA when one is not at `beforeOid`.
 */
export function updateRefs(
  world: GitHubWorld,
  actor: Actor,
  updates: readonly { ref: string; afterOid: string; beforeOid?: string; force?: boolean }[],
): Promise<void> {
  return world.exclusive(async () => {
    const moves: RefMove[] = [];
    for (const update of updates) {
      checkName(update.ref);
      const from = world.state.refs.get(update.ref) ?? zeroOid;
      const expected = update.beforeOid ?? from;
      if (expected !== from)
        throw unprocessable(`Expected ref ${update.ref} to point to ${expected} but it did not.`);
      if (update.afterOid !== zeroOid) await checkObject(world, { ref: update.ref, sha: update.afterOid });
      const moved = from !== zeroOid && update.afterOid !== zeroOid;
      if (moved && !update.force && !(await isForward(world, from, update.afterOid))) {
        throw unprocessable('Update is not a fast forward');
      }
      if (from !== update.afterOid) moves.push({ ref: update.ref, from, to: update.afterOid });
    }
    if (moves.length > 0) await moveRefs(world, actor, moves);
  });
}

/** Names by git's rules (git-check-ref-format), below `refs/heads/` or `refs/tags/` only. */
export function isRefName(ref: string): boolean {
  if (!/^refs\/(heads|tags)\/./.test(ref) || ref.length > 255) return false;
  // biome-ignore lint/suspicious/noControlCharactersInRegex: git forbids exactly these.
  if (/[\x00-\x20\x7f~^:?*[\\]|\.\.|@\{|\/\/|\.$|\/$/.test(ref)) return false;
  return ref.split('/').every((part) => !part.startsWith('.') && !part.endsWith('.lock'));
}

function checkName(ref: string): void {
  if (!isRefName(ref)) throw unprocessable('Reference name is not valid');
}

/** Branches point to commits only. */
async function checkObject(world: GitHubWorld, { ref, sha }: RefValue): Promise<void> {
  const object = await world.git.object(sha);
  if (!object) throw unprocessable('Object does not exist');
  if (ref.startsWith('refs/heads/') && object.type !== 'commit')
    throw unprocessable('Object is not a commit');
}

async function isForward(world: GitHubWorld, from: string, to: string): Promise<boolean> {
  const [old, next] = await Promise.all([world.git.peel(from), world.git.peel(to)]);
  return old !== undefined && next !== undefined && world.git.isAncestor(old, next);
}
