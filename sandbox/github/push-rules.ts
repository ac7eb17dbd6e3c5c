import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Actor } from './actor.ts';
import { type RefMove, zeroOid } from './git.ts';
import { bindingRules, objection } from './operations/rules.ts';
import type { GitHubWorld } from './world.ts';

/** What the hook is told of a push before git has its objects. */
export interface PushVerdict {
  readonly environment: Readonly<Record<string, string>>;
}

/** Rules about the pushed commits themselves: only the hook, with the new objects at hand, can tell. */
const leftToHook: readonly string[] = ['non_fast_forward', 'required_linear_history'];

const hook = `#!/bin/sh
# Refuses what the sandbox's rules forbid. Lists come one ref to a line.
if [ -n "$SANDBOX_REFUSAL" ]; then
  printf '%s\\n' "$SANDBOX_REFUSAL" >&2
  exit 1
fi
zero=${zeroOid}
listed() { printf '%s\\n' "$1" | grep -Fqx -- "$2"; }
status=0
while read -r old new ref; do
  [ "$new" = "$zero" ] && continue
  if [ "$old" != "$zero" ] && listed "$SANDBOX_FORWARD_ONLY" "$ref" && ! git merge-base --is-ancestor "$old" "$new"; then
    printf 'error: GH013: Repository rule violations found for %s.\\n- Cannot force-push to this protected ref.\\n' "$ref" >&2
    status=1
  fi
  range="$new"
  [ "$old" != "$zero" ] && range="$old..$new"
  if listed "$SANDBOX_LINEAR" "$ref" && [ -n "$(git rev-list --merges -n 1 "$range")" ]; then
    printf 'error: GH013: Repository rule violations found for %s.\\n- This branch must not contain merge commits.\\n' "$ref" >&2
    status=1
  fi
done
exit $status
`;

/** Puts the hook into a repository that is about to be served. */
export async function writePushHook(dir: string): Promise<void> {
  await writeFile(join(dir, 'hooks', 'pre-receive'), hook, { mode: 0o755 });
}

/** Judges the commands at the head of a `git-receive-pack` request. https://git-scm.com/docs/pack-protocol */
export async function judgePush(world: GitHubWorld, actor: Actor, body: Buffer): Promise<PushVerdict> {
  const moves = commands(body);
  const refusals: string[] = [];
  for (const move of moves) {
    const said = await sentences(world, actor, move);
    if (said.length === 0) continue;
    refusals.push(
      `error: GH013: Repository rule violations found for ${move.ref}.`,
      ...said.map((each) => `- ${each}`),
    );
  }
  const having = (type: string): string =>
    moves
      .filter((move) => bindingRules(world, actor, move.ref).some((rule) => rule.type === type))
      .map((move) => move.ref)
      .join('\n');
  return {
    environment: {
      SANDBOX_REFUSAL: refusals.join('\n'),
      SANDBOX_FORWARD_ONLY: having('non_fast_forward'),
      SANDBOX_LINEAR: having('required_linear_history'),
    },
  };
}

async function sentences(world: GitHubWorld, actor: Actor, move: RefMove): Promise<string[]> {
  if (!/^refs\/(heads|tags)\//.test(move.ref)) return ['This ref is read-only.'];
  if (move.to === zeroOid && move.ref === `refs/heads/${world.state.repo.defaultBranch}`) {
    return ['Cannot delete the default branch.'];
  }
  const found: string[] = [];
  for (const rule of bindingRules(world, actor, move.ref)) {
    const said = leftToHook.includes(rule.type) ? undefined : await objection(world, rule, move);
    if (said !== undefined) found.push(said);
  }
  return found;
}

/** The pkt-lines up to the first flush: `<old> <new> <ref>`, the first with capabilities behind a NUL. */
function commands(body: Buffer): RefMove[] {
  const moves: RefMove[] = [];
  for (let at = 0; at + 4 <= body.length; ) {
    const length = Number.parseInt(body.subarray(at, at + 4).toString('latin1'), 16);
    if (!(length > 4)) break;
    const [line = ''] = body
      .subarray(at + 4, at + length)
      .toString('utf8')
      .split('\0');
    const match = /^([0-9a-f]{40}) ([0-9a-f]{40}) (\S+)/.exec(line);
    if (match) moves.push({ from: match[1] ?? zeroOid, to: match[2] ?? zeroOid, ref: match[3] ?? '' });
    at += length;
  }
  return moves;
}
