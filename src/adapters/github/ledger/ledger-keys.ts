import { createHash, createPrivateKey, createPublicKey, type KeyObject, sign, verify } from 'node:crypto';
import type { LedgerProofs, LedgerSigner } from '../../../domain/change/chain.ts';

export interface LedgerKeys {
  /** PEM of the Ed25519 key that signs. */
  readonly privateKeyPem: string;
  /** PEM of public keys that signed earlier. */
  readonly oldPublicKeysPem: readonly string[];
}

/** Signs with an Ed25519 key. */
export function createSigner(privateKeyPem: string): LedgerSigner {
  const key = createPrivateKey(privateKeyPem);
  return {
    key: fingerprint(createPublicKey(key)),
    sign: (text) => sign(null, Buffer.from(text, 'utf8'), key).toString('base64'),
  };
}

/** @param pems PEM of the keys whose signatures count, public or private. Throws when one is no Ed25519 key. */
export function createProofs(pems: readonly string[]): LedgerProofs {
  const keys = new Map(
    pems.map((pem) => {
      const key = createPublicKey(pem);
      if (key.asymmetricKeyType !== 'ed25519') throw new Error('a key of the ledger is no Ed25519 key');
      return [fingerprint(key), key];
    }),
  );
  return {
    sha256,
    verify(name, text, signature) {
      const key = keys.get(name);
      if (key === undefined) return undefined;
      const bytes = Buffer.from(signature, 'base64');
      // Base64 can be written in several ways; only one is ours, or an edit would go unnoticed.
      return bytes.toString('base64') === signature && verify(null, Buffer.from(text, 'utf8'), key, bytes);
    },
  };
}

/** The id that git gives a blob, as long as `like` is: SHA-1 or SHA-256. */
export function blobOid(text: string, like: 40 | 64 = 40): string {
  const bytes = Buffer.from(text, 'utf8');
  return createHash(like === 40 ? 'sha1' : 'sha256')
    .update(`blob ${bytes.length}\0`)
    .update(bytes)
    .digest('hex');
}

function fingerprint(key: KeyObject): string {
  return createHash('sha256')
    .update(key.export({ type: 'spki', format: 'der' }))
    .digest('hex')
    .slice(0, 16);
}

function sha256(text: string): string {
  return createHash('sha256').update(text, 'utf8').digest('hex');
}
