import type { LedgerBook, LedgerPlace, NewRecord } from '../../../../jobs/change/change-ports.ts';
import { type LedgerProofs, signRecord } from '../../../domain/change/chain.ts';
import type { Ledger, LedgerRecord } from '../../../domain/change/record.ts';
import { parseRecord } from '../../../domain/change/record-schema.ts';
import { AmbiguousWriteError, PermanentError, RetryableError } from '../../../errors.ts';
import type { GitHubContext } from '../github-context.ts';
import { commitRecord } from './commit-record.ts';
import { createProofs, createSigner, type LedgerKeys } from './ledger-keys.ts';
import { type LedgerState, ledgerOf, refresh, standing, withRecord } from './ledger-state.ts';

/** One branch: whatever is done with it is done one after the other, for all of it works on the same memory. */
interface Lane {
  tail: Promise<unknown>;
  state: LedgerState | undefined;
  /** When the state was read or written last. */
  at: number;
  /** A read that waits for its turn: whoever wants one meanwhile gets that. */
  waiting: Promise<LedgerState> | undefined;
}

type Appended = { readonly ledger: Ledger; readonly record: LedgerRecord | undefined };

/** How often it is tried against others who write as well. */
const TRIES = 8;
/** Within this time an append tries without reading first; the compare-and-swap tells whether it may. */
const FRESH_MS = 10_000;

/** The ledger on a branch of a GitHub repository, one commit per record. Throws when a key is no Ed25519 key. */
export function createLedgerBook(context: GitHubContext, keys: LedgerKeys): LedgerBook {
  const signer = createSigner(keys.privateKeyPem);
  const proofs = createProofs([keys.privateKeyPem, ...keys.oldPublicKeysPem]);
  const lanes = new Map<string, Lane>();

  function laneOf({ repository, branch }: LedgerPlace): Lane {
    const key = `${repository.toLowerCase()} ${branch}`;
    const lane = lanes.get(key) ?? {
      tail: Promise.resolve(),
      state: undefined,
      at: Number.NEGATIVE_INFINITY,
      waiting: undefined,
    };
    lanes.set(key, lane);
    return lane;
  }

  function inTurn<T>(lane: Lane, run: () => Promise<T>): Promise<T> {
    const mine = lane.tail.then(run);
    lane.tail = mine.catch(() => undefined);
    return mine;
  }

  async function readNow(lane: Lane, at: LedgerPlace): Promise<LedgerState> {
    lane.state = await refresh(context, proofs, at, lane.state);
    lane.at = context.monotonic();
    return lane.state;
  }

  async function appendNow(
    lane: Lane,
    at: LedgerPlace,
    decide: (ledger: Ledger) => NewRecord | undefined,
  ): Promise<Appended> {
    let isRead = lane.state === undefined || context.monotonic() - lane.at > FRESH_MS;
    let state = isRead || lane.state === undefined ? await readNow(lane, at) : lane.state;
    let tried: string | undefined;
    let failure: AmbiguousWriteError | undefined;
    for (let attempt = 0; attempt < TRIES; attempt += 1) {
      const wish = done(state, at, tried) ? undefined : decide(ledgerOf(state, at.repo));
      if (wish === undefined && tried === undefined && !isRead) {
        // What was remembered may be too old to say no.
        state = await readNow(lane, at);
        isRead = true;
        continue;
      }
      tried = wish?.id ?? tried;
      const stands = done(state, at, tried);
      if (wish === undefined || stands) return { ledger: ledgerOf(state, at.repo), record: stands };
      refuseDamaged(state, at);
      const record = signRecord({ ...wish, repo: at.repo }, state.chain.last, signer);
      check(record);
      try {
        const commit = await commitRecord(context.client, at, state.head, record);
        if (commit !== undefined) return keep(lane, state, at, commit, record, proofs, context.monotonic());
      } catch (error) {
        if (!(error instanceof AmbiguousWriteError)) throw error;
        // Doing it again is safe: the branch moves once only from this head.
        failure = error;
      }
      state = await readNow(lane, at);
      isRead = true;
    }
    const late = done(state, at, tried);
    if (late !== undefined) return { ledger: ledgerOf(state, at.repo), record: late };
    throw (
      failure ??
      new RetryableError(
        `failed to append a record to ${at.branch} of ${at.repository}: others are quicker`,
        {
          retryInMs: 2_000,
        },
      )
    );
  }

  return {
    async read(at, { maxAgeMs = 0 } = {}) {
      const lane = laneOf(at);
      if (lane.state !== undefined && context.monotonic() - lane.at < maxAgeMs)
        return ledgerOf(lane.state, at.repo);
      lane.waiting ??= inTurn(lane, () => {
        lane.waiting = undefined;
        return readNow(lane, at);
      });
      return ledgerOf(await lane.waiting, at.repo);
    },
    append(at, decide) {
      const lane = laneOf(at);
      return inTurn(lane, () => appendNow(lane, at, decide));
    },
  };
}

function done(state: LedgerState, { repo }: LedgerPlace, id: string | undefined): LedgerRecord | undefined {
  const found = id === undefined ? undefined : standing(state, { id, repo });
  if (found !== 'taken') return found;
  throw new PermanentError('id-taken', `failed to append a record: the id ${id} is another record's`);
}

function keep(
  lane: Lane,
  before: LedgerState,
  at: LedgerPlace,
  commit: string,
  record: LedgerRecord,
  proofs: LedgerProofs,
  now: number,
): Appended {
  lane.state = withRecord(before, commit, record, proofs, now);
  lane.at = now;
  return { ledger: ledgerOf(lane.state, at.repo), record };
}

/**
 * What is added to a damaged ledger nobody could tell from what was done to it. A past that was cut off, though, only
 * those know who have seen it: a record that is chained to what is gone shows it to everybody.
 */
function refuseDamaged(state: LedgerState, { repo, branch, repository }: LedgerPlace): void {
  const damage = ledgerOf(state, repo).damage.find(({ why }) => why !== 'rewritten');
  if (damage === undefined) return;
  throw new PermanentError(
    'ledger-damaged',
    `failed to append a record to ${branch} of ${repository}: ${damage.why} at ${damage.where}`,
  );
}

/** A record that cannot be read again would be damage for ever. */
function check(record: LedgerRecord): void {
  if (parseRecord(JSON.parse(JSON.stringify(record))) !== undefined) return;
  throw new PermanentError('bad-record', `failed to append a record: ${record.deed.kind} is not well formed`);
}
