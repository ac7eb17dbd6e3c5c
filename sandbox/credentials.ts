import { generateKeyPair, type KeyObject, randomBytes } from 'node:crypto';
import { readFile, writeFile } from 'node:fs/promises';
import { promisify } from 'node:util';

import { z } from 'zod';

const schema = z.object({
  appKey: z.string(),
  ledgerKey: z.string(),
  webhookSecret: z.string(),
  signingSecret: z.string(),
});

/** The bot's secrets: PEM keys (PKCS#8) and two random secrets. Nothing of it is worth anything outside the sandbox. */
export type Credentials = z.infer<typeof schema>;

const generate = promisify(generateKeyPair);

/**
 * New credentials; or, with a file, those that an earlier run left there, so that a kept ledger stays valid.
 *
 * @param file where they are kept; kept nowhere when left out.
 */
export async function credentials(file?: string): Promise<Credentials> {
  if (!file) return newCredentials();
  const text = await readFile(file, 'utf8').catch(() => undefined);
  if (text !== undefined) return schema.parse(JSON.parse(text));
  const fresh = await newCredentials();
  await writeFile(file, JSON.stringify(fresh), { mode: 0o600 });
  return fresh;
}

async function newCredentials(): Promise<Credentials> {
  const [app, ledger] = await Promise.all([generate('rsa', { modulusLength: 2048 }), generate('ed25519')]);
  return {
    appKey: pem(app.privateKey),
    ledgerKey: pem(ledger.privateKey),
    webhookSecret: randomBytes(24).toString('hex'),
    signingSecret: randomBytes(16).toString('hex'),
  };
}

function pem(key: KeyObject): string {
  return key.export({ type: 'pkcs8', format: 'pem' }).toString();
}
