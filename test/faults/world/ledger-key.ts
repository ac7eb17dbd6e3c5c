import { createPrivateKey } from 'node:crypto';
import type { LedgerKeys } from '../../../src/adapters/github/ledger/ledger-keys.ts';

/** PKCS#8 of an Ed25519 key, up to its 32 secret bytes: https://www.rfc-editor.org/rfc/rfc8410#section-7 */
const PREFIX = '302e020100300506032b657004220420';

/** The sample ledger's key: always the same, so that a seed always makes the same records. */
export const LEDGER_KEY: LedgerKeys = {
  privateKeyPem: createPrivateKey({
    key: Buffer.from(`${PREFIX}${'42'.repeat(32)}`, 'hex'),
    format: 'der',
    type: 'pkcs8',
  })
    .export({ type: 'pkcs8', format: 'pem' })
    .toString(),
  oldPublicKeysPem: [],
};
