import { createPrivateKey, type KeyObject } from 'node:crypto';
import { readFileSync } from 'node:fs';

export type KeyResult =
  | { readonly kind: 'key'; readonly pem: string }
  | { readonly kind: 'none' }
  | { readonly kind: 'wrong'; readonly problem: string };

type Given = Readonly<Record<string, string | undefined>>;

/** The GitHub App's key: RSA, from `PRIVATE_KEY` (newlines may be written as `\n`) or the file at `PRIVATE_KEY_PATH`. */
export function readAppKey(env: Given): KeyResult {
  const result = readKey(env, 'PRIVATE_KEY', 'rsa', "the GitHub App's private key (RSA, PEM)");
  if (result.kind !== 'none') return result;
  return {
    kind: 'wrong',
    problem:
      "PRIVATE_KEY: is missing; put the GitHub App's private key (RSA, PEM) there, or its file's path in PRIVATE_KEY_PATH",
  };
}

/** The key that signs records: Ed25519, from `LEDGER_KEY` or the file at `LEDGER_KEY_PATH`; may be missing. */
export function readLedgerKey(env: Given): KeyResult {
  return readKey(env, 'LEDGER_KEY', 'ed25519', 'an Ed25519 private key (PEM)');
}

function readKey(env: Given, name: string, type: KeyObject['asymmetricKeyType'], what: string): KeyResult {
  const inline = env[name];
  const path = env[`${name}_PATH`];
  if (inline !== undefined && path !== undefined) {
    return { kind: 'wrong', problem: `${name}: is set together with ${name}_PATH; keep one of the two` };
  }
  if (inline !== undefined) return checkKey(name, inline.replaceAll('\\n', '\n'), type, what);
  if (path === undefined) return { kind: 'none' };
  try {
    return checkKey(`${name}_PATH`, readFileSync(path, 'utf8'), type, what);
  } catch {
    return {
      kind: 'wrong',
      problem: `${name}_PATH: names a file that cannot be read; put the path of ${what} there`,
    };
  }
}

function checkKey(name: string, pem: string, type: KeyObject['asymmetricKeyType'], what: string): KeyResult {
  try {
    const key = createPrivateKey(pem);
    if (key.asymmetricKeyType === type) return { kind: 'key', pem: toPkcs8(key) };
  } catch {
    // The reason could quote the key itself, so only the name is told.
  }
  return { kind: 'wrong', problem: `${name}: does not hold ${what}; put it there` };
}

/** GitHub hands out PKCS#1, which not every library reads; all of them read PKCS#8. */
function toPkcs8(key: KeyObject): string {
  return key.export({ type: 'pkcs8', format: 'pem' }).toString();
}
