import type { LedgerBook, LedgerPlace, NewRecord } from '../../jobs/change/change-ports.ts';
import type { Ledger, LedgerDamage, LedgerRecord } from '../../src/domain/change/record.ts';

/** A ledger in memory: what is appended stands, once by its id, in order. Nothing is signed. */
export class FakeBook implements LedgerBook {
  readonly records: LedgerRecord[] = [];
  readonly damage: LedgerDamage[] = [];
  /** Runs before each append, to let somebody be quicker. */
  before: () => void | Promise<void> = () => {};
  /** Runs after a record stands and before that is answered, to let the process die there. */
  done: () => void = () => {};
  /** Thrown instead of any answer, while GitHub is away. */
  trouble: Error | undefined;

  async read(_at?: LedgerPlace): Promise<Ledger> {
    if (this.trouble) throw this.trouble;
    return { records: [...this.records], damage: [...this.damage] };
  }

  async append(at: LedgerPlace, decide: (ledger: Ledger) => NewRecord | undefined) {
    await this.before();
    if (this.trouble) throw this.trouble;
    // At once, as a compare-and-swap is: nobody comes between.
    const fresh = decide({ records: [...this.records], damage: [...this.damage] });
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
    if (standing === undefined) {
      this.records.push(record);
      this.done();
    }
    return { ledger: await this.read(), record };
  }
}
