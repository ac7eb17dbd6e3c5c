import type { Ctx, Reply, Route } from '../route.ts';

/** Pictures of accounts: a letter on a colour of its own, so that no address in an answer leads outside. */
export const avatarRoutes: readonly Route[] = [
  { method: 'GET', path: '/_sandbox/avatars/:login', handler: getAvatar },
];

function getAvatar(ctx: Ctx): Reply {
  const login = ctx.param('login');
  const letter = (/[a-z0-9]/i.exec(login)?.[0] ?? '?').toUpperCase();
  const hue = [...login].reduce((sum, each) => (sum * 31 + (each.codePointAt(0) ?? 0)) % 360, 0);
  const raw = `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 40 40"><rect width="40" height="40" fill="hsl(${hue} 45% 40%)"/><text x="20" y="27" font-family="sans-serif" font-size="20" text-anchor="middle" fill="#fff">${letter}</text></svg>`;
  return { status: 200, raw, headers: { 'content-type': 'image/svg+xml; charset=utf-8' } };
}
