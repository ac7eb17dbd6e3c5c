import { createPublicKey, type KeyObject, randomBytes } from 'node:crypto';
import { jwtVerify } from 'jose';
import type { Actor } from './actor.ts';
import { Problem } from './problem.ts';
import type { App } from './types.ts';

/** Installation tokens live one hour. https://docs.github.com/rest/apps/apps#create-an-installation-access-token-for-an-app */
const lifetimeMs = 3_600_000;

/** A JWT may be valid for at most ten minutes. */
const longestJwtSeconds = 600;

type Grants = Readonly<Record<string, 'read' | 'write'>>;

interface InstallationToken {
  readonly permissions: Grants;
  readonly expiresAt: number;
}

/** Who is who by credential: the App's JWT, installation tokens and people's tokens. */
export class Tokens {
  /** Login -> token (`ghp_…`), made anew at every start. */
  readonly personal: ReadonlyMap<string, string>;
  readonly #byPersonalToken: ReadonlyMap<string, string>;
  readonly #installation = new Map<string, InstallationToken>();
  readonly #publicKey: KeyObject;
  readonly #app: () => App;
  readonly #now: () => number;

  constructor(parts: {
    readonly logins: readonly string[];
    readonly privateKeyPem: string;
    readonly app: () => App;
    readonly now: () => number;
  }) {
    this.personal = new Map(parts.logins.map((login) => [login, randomToken('ghp')]));
    this.#byPersonalToken = new Map([...this.personal].map(([login, token]) => [token, login]));
    this.#publicKey = createPublicKey(parts.privateKeyPem);
    this.#app = parts.app;
    this.#now = parts.now;
  }

  /** A new installation token with these permissions, and when it ends (ms). */
  issue(permissions: Grants): { readonly token: string; readonly expiresAt: number } {
    const token = randomToken('ghs');
    const expiresAt = this.#now() + lifetimeMs;
    this.#installation.set(token, { permissions, expiresAt });
    return { token, expiresAt };
  }

  revoke(token: string): void {
    this.#installation.delete(token);
  }

  /** Ends every installation token at once. */
  expireAll(): void {
    this.#installation.clear();
  }

  /**
   * Who an `Authorization` header stands for.
   *
   * @throws Problem 401 when it stands for nobody.
   */
  async actor(header: string | undefined): Promise<Actor> {
    if (header === undefined || header === '') return { kind: 'anonymous' };
    const credential = credentialOf(header);
    const login = this.#byPersonalToken.get(credential);
    if (login !== undefined) return { kind: 'user', login };
    const granted = this.#installation.get(credential);
    if (granted && granted.expiresAt > this.#now())
      return { kind: 'installation', permissions: granted.permissions };
    if (credential.split('.').length !== 3) throw new Problem(401, 'Bad credentials');
    await this.#verify(credential);
    return { kind: 'app' };
  }

  async #verify(jwt: string): Promise<void> {
    const app = this.#app();
    const currentDate = new Date(this.#now());
    const { payload } = await jwtVerify(jwt, this.#publicKey, { algorithms: ['RS256'], currentDate }).catch(
      (cause: unknown) => {
        throw new Problem(401, sentenceFor(cause));
      },
    );
    if (![String(app.id), app.clientId].includes(String(payload.iss)))
      throw new Problem(401, 'Integration not found');
    const { exp, iat } = payload;
    if (exp === undefined) throw new Problem(401, "Missing 'expiration' claim ('exp')");
    if (iat !== undefined && iat > this.#now() / 1000 + 60) {
      throw new Problem(
        401,
        "'Issued at' claim ('iat') must be an Integer representing the time that the assertion was issued",
      );
    }
    if (exp > this.#now() / 1000 + longestJwtSeconds + 60) {
      throw new Problem(401, "'Expiration time' claim ('exp') is too far in the future");
    }
  }
}

/** Bearer and `token` are the same to GitHub; git sends the token as a password. */
function credentialOf(header: string): string {
  const [scheme = '', rest = ''] = header.split(/\s+/, 2);
  if (scheme.toLowerCase() !== 'basic') return rest;
  const [user = '', password = ''] = Buffer.from(rest, 'base64').toString('utf8').split(':');
  return password === '' || password === 'x-oauth-basic' ? user : password;
}

function sentenceFor(cause: unknown): string {
  const code = cause instanceof Error && 'code' in cause ? cause.code : undefined;
  if (code !== 'ERR_JWT_EXPIRED') return 'A JSON web token could not be decoded';
  return "'Expiration time' claim ('exp') must be a numeric value representing the future time at which the assertion expires";
}

function randomToken(prefix: string): string {
  return `${prefix}_${randomBytes(27).toString('base64url').replace(/[-_]/g, '0')}`;
}
