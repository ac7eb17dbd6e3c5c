import fc from 'fast-check';
import { Pacer } from '../../../jobs/rollout/pacer.ts';

describe('the pace of messages', () => {
  it('lets the first change through at once, and the next of the same message after 3 s', () => {
    let now = 0;
    const pacer = new Pacer(() => now);
    expect(pacer.waitMs('a')).toBe(0);
    pacer.sent('a');
    expect(pacer.waitMs('a')).toBe(3_000);
    expect(pacer.waitMs('b')).toBe(0);
    now = 2_999;
    expect(pacer.waitMs('a')).toBe(1);
    now = 3_000;
    expect(pacer.waitMs('a')).toBe(0);
  });

  it('lets 40 changes through in a minute, of all messages together', () => {
    let now = 0;
    const pacer = new Pacer(() => now);
    for (let n = 0; n < 40; n += 1) {
      expect(pacer.waitMs(`m${n}`)).toBe(0);
      pacer.sent(`m${n}`);
      now += 100;
    }
    expect(pacer.waitMs('one more')).toBe(60_000 - now);
    now = 60_001;
    expect(pacer.waitMs('one more')).toBe(0);
  });

  it('leaves room for messages: what stands in threads gets half of that, each every 15 s', () => {
    let now = 0;
    const pacer = new Pacer(() => now);
    pacer.sent('page');
    expect(pacer.asideWaitMs('page')).toBe(15_000);
    for (let n = 0; n < 19; n += 1) pacer.sent(`page ${n}`);
    expect(pacer.asideWaitMs('another page')).toBe(60_000);
    expect(pacer.waitMs('message')).toBe(0);
    now = 60_001;
    expect(pacer.asideWaitMs('page')).toBe(0);
  });

  it('forgets a message that is over', () => {
    const pacer = new Pacer(() => 0);
    pacer.sent('a');
    pacer.forget('a');
    expect(pacer.waitMs('a')).toBe(0);
  });

  it('is never exceeded, however much there is to say', () => {
    fc.assert(
      fc.property(
        fc.array(fc.tuple(fc.integer({ min: 0, max: 5 }), fc.nat(2_000)), { maxLength: 300 }),
        (wishes) => {
          let now = 0;
          const pacer = new Pacer(() => now);
          const sent: { readonly key: number; readonly at: number }[] = [];
          for (const [key, laterMs] of wishes) {
            now += laterMs;
            if (pacer.waitMs(String(key)) > 0) continue;
            pacer.sent(String(key));
            sent.push({ key, at: now });
          }
          for (const { key, at } of sent) {
            expect(sent.filter((each) => each.at > at - 60_000 && each.at <= at).length).toBeLessThanOrEqual(
              40,
            );
            const own = sent.filter((each) => each.key === key && each.at > at - 3_000 && each.at <= at);
            expect(own).toHaveLength(1);
          }
        },
      ),
    );
  });
});
