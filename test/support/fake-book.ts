import type { LedgerBook, LedgerPlace, NewRecord } from '../../jobs/change/change-ports.ts';
import type { Ledger, LedgerDamage, LedgerRecord } from '../../src/domain/change/record.ts';

/** A ledger in memory: what is appended stands, once by its id, in order. Nothing is signed. */
export class FakeBook implements LedgerBook {
  readonly records: LedgerRecord[] = [];
  readonly damage: LedgerDamage[] = [];
  /** Runs before each append, to let somebody be quicker. */
  before: () => void = () => {};

  async read(_at?: LedgerPlace): Promise<Ledger> {
    return { records: [...this.records], damage: [...this.damage] };
  }

  async append(at: LedgerPlace, decide: (ledger: Ledger) => NewRecord | undefined) {
    this.before();
    const fresh = decide(await this.read());
    if (fresh === undefined) return { ledger: await this.read(), record: undefined };
    const standing = this.records.find(({ id }) => id === fresh.id);
    const record: LedgerRecord = standing ?? {
      v: 1,
      seq: this.records.length + 1,
      previous: undefined,
      repo: at.repo,
      key: 'fake',
      signature: 'fake',
      ...fresh,
    };
    if (standing === undefined) this.records.push(record);
    return { ledger: await this.read(), record };
  }
}
