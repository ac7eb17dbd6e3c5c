import type { GraphContext } from './fields.ts';

/**
 * Resolves what `Repository.object(expression:)` takes: `main`, `HEAD:path`, `v1.0.0^{commit}`, `main~1:path`,
 * a full ref or an object id. Names are looked up as this caller sees refs.
 *
 * @returns the object id, or undefined when it names nothing.
 */
export async function resolveExpression(
  context: GraphContext,
  expression: string,
): Promise<string | undefined> {
  const colon = expression.indexOf(':');
  const revision = colon < 0 ? expression : expression.slice(0, colon);
  const oid = await resolveRevision(context, revision);
  if (oid === undefined || colon < 0) return oid;
  const root = (await context.world.git.peel(oid)) ?? oid;
  return (await context.world.git.at(root, expression.slice(colon + 1)))?.oid;
}

async function resolveRevision(context: GraphContext, revision: string): Promise<string | undefined> {
  const [, name = '', suffix = ''] = /^(.*?)((?:\^\{\w*\}|\^\d*|~\d*)*)$/s.exec(revision) ?? [];
  const oid = resolveName(context, name);
  const { git } = context.world;
  if (oid === undefined || !(await git.object(oid))) return undefined;
  if (suffix === '') return oid;
  const answer = await git
    .run(['rev-parse', '--verify', '--quiet', `${oid}${suffix}`])
    .catch(() => undefined);
  return answer?.toString('utf8').trim() || undefined;
}

function resolveName({ view, world }: GraphContext, name: string): string | undefined {
  if (name === 'HEAD') return view.refs.get(`refs/heads/${world.state.repo.defaultBranch}`);
  const found = [name, `refs/${name}`, `refs/tags/${name}`, `refs/heads/${name}`].find((ref) =>
    view.refs.has(ref),
  );
  if (found !== undefined) return view.refs.get(found);
  return /^[0-9a-f]{40}$/.test(name) ? name : undefined;
}
