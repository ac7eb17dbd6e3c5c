import { createPrivateKey, createPublicKey, type KeyObject } from 'node:crypto';
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

/** The key that signs records: Ed25519, from `LEDGER_KEY` or the file at `LEDGER_KEY_PATH`. */
export function readLedgerKey(env: Given): KeyResult {
  const result = readKey(env, 'LEDGER_KEY', 'ed25519', 'an Ed25519 private key (PEM)');
  if (result.kind !== 'none') return result;
  return {
    kind: 'wrong',
    problem:
      'LEDGER_KEY: is missing; put an Ed25519 private key (PEM) there that signs decisions, or its path in LEDGER_KEY_PATH; `openssl genpkey -algorithm ed25519` makes one',
  };
}

export type OldKeysResult =
  | { readonly kind: 'keys'; readonly pems: readonly string[] }
  | { readonly kind: 'wrong'; readonly problem: string };

/**
 * Public keys that signed records earlier: Ed25519, one after the other, from `LEDGER_OLD_KEYS` or the file at
 * `LEDGER_OLD_KEYS_PATH`; may be missing.
 */
export function readOldLedgerKeys(env: Given): OldKeysResult {
  const inline = env['LEDGER_OLD_KEYS'];
  const path = env['LEDGER_OLD_KEYS_PATH'];
  if (inline !== undefined && path !== undefined) {
    const problem = 'LEDGER_OLD_KEYS: is set together with LEDGER_OLD_KEYS_PATH; keep one of the two';
    return { kind: 'wrong', problem };
  }
  if (inline !== undefined) return readPublicKeys('LEDGER_OLD_KEYS', inline.replaceAll('\\n', '\n'));
  if (path === undefined) return { kind: 'keys', pems: [] };
  try {
    return readPublicKeys('LEDGER_OLD_KEYS_PATH', readFileSync(path, 'utf8'));
  } catch {
    const what = 'put the path of Ed25519 public keys (PEM, one after the other) there';
    return { kind: 'wrong', problem: `LEDGER_OLD_KEYS_PATH: names a file that cannot be read; ${what}` };
  }
}

/** Reads public keys in PEM, one after the other. `name` is where they come from, for the problem. */
export function readPublicKeys(name: string, text: string): OldKeysResult {
  // Whatever is no whole public key is left over, so that a private key or a torn one is not passed over in silence.
  const block = /-----BEGIN PUBLIC KEY-----[A-Za-z0-9+/=\s]+-----END PUBLIC KEY-----/g;
  const pems = text.match(block) ?? [];
  const isWhole = pems.length > 0 && text.replace(block, '').trim() === '';
  if (isWhole && pems.every((pem) => isEd25519(pem))) return { kind: 'keys', pems };
  const problem = `${name}: does not hold Ed25519 public keys (PEM, one after the other); put them there`;
  return { kind: 'wrong', problem };
}

function isEd25519(pem: string): boolean {
  try {
    return createPublicKey(pem).asymmetricKeyType === 'ed25519';
  } catch {
    return false;
  }
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
