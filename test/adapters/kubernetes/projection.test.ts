import { createProjection } from '../../../src/adapters/kubernetes/projection.ts';

const raw = (uid: string | undefined, version: string | undefined) => ({
  metadata: { uid, resourceVersion: version },
});

function setUp() {
  let made = 0;
  return createProjection(() => {
    made += 1;
    return { made };
  });
}

describe('what is kept of an object', () => {
  it('is made once for each of its versions, whether a list or a watch brings it', () => {
    const projection = setUp();
    const first = projection.begin();
    const item = first.one(raw('a', '1'));
    expect(first.one(raw('b', '1'))).not.toBe(item);
    first.end();
    const second = projection.begin();
    expect(second.one(raw('a', '1'))).toBe(item);
    second.end();
    const changed = projection.one(raw('a', '2'));
    expect(changed).not.toBe(item);
    expect(projection.begin().one(raw('a', '2'))).toBe(changed);
  });

  it('is forgotten once a whole list is without it', () => {
    const projection = setUp();
    const before = projection.begin();
    const item = before.one(raw('a', '1'));
    before.end();
    projection.begin();
    expect(projection.begin().one(raw('a', '1'))).toBe(item);
    const without = projection.begin();
    without.end();
    expect(projection.begin().one(raw('a', '1'))).not.toBe(item);
  });

  it('outlasts a list that another one overtakes', () => {
    const projection = setUp();
    const [slow, quick] = [projection.begin(), projection.begin()];
    const item = quick.one(raw('a', '1'));
    quick.end();
    expect(slow.one(raw('a', '1'))).toBe(item);
    slow.end();
    expect(projection.begin().one(raw('a', '1'))).toBe(item);
  });

  it('is made anew where an object does not say which version it is', () => {
    const projection = setUp();
    for (const each of [raw(undefined, '1'), raw('a', undefined), {}, null])
      expect(projection.one(each)).not.toBe(projection.one(each));
  });
});
