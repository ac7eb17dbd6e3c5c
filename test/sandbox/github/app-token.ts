import { createPrivateKey } from 'node:crypto';
import { SignJWT } from 'jose';
import type { TestGitHub } from './start-github.ts';

/** A JWT of the App, good for a few minutes. */
export function appToken(github: TestGitHub): Promise<string> {
  const { options } = github.site.world;
  const seconds = Math.floor(Date.now() / 1000);
  return new SignJWT({})
    .setProtectedHeader({ alg: 'RS256' })
    .setIssuer(String(options.app.id))
    .setIssuedAt(seconds - 30)
    .setExpirationTime(seconds + 300)
    .sign(createPrivateKey(options.app.privateKeyPem));
}
