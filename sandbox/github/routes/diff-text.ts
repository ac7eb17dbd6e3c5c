import type { Ctx, Reply } from '../route.ts';

/**
 * A comparison as text, where `Accept` asks for the media type `diff` or `patch`; undefined where it does not.
 * https://docs.github.com/rest/using-the-rest-api/getting-started-with-the-rest-api#media-types
 */
export async function asText(ctx: Ctx, base: string, head: string): Promise<Reply | undefined> {
  const kind = /application\/vnd\.github\.(?:v3\.)?(diff|patch)/.exec(ctx.headers['accept'] ?? '')?.[1];
  if (kind === undefined) return undefined;
  const args =
    kind === 'diff' ? ['diff', '-M', base, head] : ['format-patch', '--stdout', `${base}..${head}`];
  const text = (await ctx.world.git.run(args)).toString('utf8');
  return {
    status: 200,
    raw: text,
    headers: { 'content-type': `application/vnd.github.${kind}; charset=utf-8` },
  };
}
