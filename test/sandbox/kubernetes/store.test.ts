import fc from 'fast-check';

import { pageOf } from '../../../sandbox/kubernetes/api/list.ts';
import type { KubeObject } from '../../../sandbox/kubernetes/objects.ts';
import { RESOURCES } from '../../../sandbox/kubernetes/resources.ts';
import { Store } from '../../../sandbox/kubernetes/store.ts';

type Step = { readonly kind: 'write' | 'delete'; readonly name: string; readonly value: number };

const steps = fc.array(
  fc.record({
    kind: fc.constantFrom('write' as const, 'write' as const, 'delete' as const),
    name: fc.constantFrom('a', 'b', 'c', 'd', 'e', 'f'),
    value: fc.nat(3),
  }),
  { maxLength: 40 },
);

function apply(store: Store, { kind, name, value }: Step): void {
  const now = store.get('kustomizations', 'apps', name);
  if (kind === 'delete') store.delete('kustomizations', 'apps', name);
  else if (now) store.replace('kustomizations', { ...now, spec: { value } });
  else {
    const metadata = { name, namespace: 'apps' };
    store.create('kustomizations', { apiVersion: 'v1', kind: 'Kustomization', metadata, spec: { value } });
  }
}

const said = (objects: readonly KubeObject[]) =>
  objects.map(({ metadata, spec }) => `${metadata.name}=${spec?.['value']}@${metadata.resourceVersion}`);

const place = { resource: RESOURCES.kustomizations, version: 'v1', group: '', plural: 'kustomizations' };

describe('the objects of a cluster', () => {
  it('can be seen as they were at every version that is remembered', () => {
    fc.assert(
      fc.property(steps, (all) => {
        const store = new Store();
        const seen = new Map<number, readonly string[]>([[store.version, []]]);
        for (const step of all) {
          apply(store, step);
          seen.set(store.version, said(store.list('kustomizations')));
        }
        for (const [version, then] of seen)
          expect(said(store.listAt('kustomizations', version) ?? [])).toEqual(then);
      }),
    );
  });

  it('come to be known by a list and what changes after it, as by a list later', () => {
    fc.assert(
      fc.property(steps, steps, (before, after) => {
        const store = new Store();
        for (const step of before) apply(store, step);
        const { version } = store;
        const known = new Map(store.list('kustomizations').map((each) => [each.metadata.name, each]));
        for (const step of after) apply(store, step);
        for (const { type, object } of store.changesAfter('kustomizations', version) ?? []) {
          if (type === 'DELETED') known.delete(object.metadata.name);
          else known.set(object.metadata.name, object);
        }
        expect(said([...known.values()]).sort()).toEqual(said(store.list('kustomizations')).sort());
      }),
    );
  });

  it('come in pages that together are the list at the first page, whatever happens between them', () => {
    fc.assert(
      fc.property(steps, steps, fc.integer({ min: 1, max: 3 }), (before, between, limit) => {
        const store = new Store();
        for (const step of before) apply(store, step);
        const whole = said(store.list('kustomizations'));
        const got: KubeObject[] = [];
        const left = [...between];
        let next = '';
        do {
          const query = new URLSearchParams({
            limit: String(limit),
            ...(next === '' ? {} : { continue: next }),
          });
          const page = pageOf(store, place, query);
          got.push(...page.items);
          next = String(page.metadata['continue'] ?? '');
          const step = left.pop();
          if (step) apply(store, step);
        } while (next !== '');
        expect(said(got)).toEqual(whole);
      }),
    );
  });

  it('get a higher version with every change, and a new generation with a new spec only', () => {
    const store = new Store();
    apply(store, { kind: 'write', name: 'a', value: 1 });
    const first = store.get('kustomizations', 'apps', 'a');
    store.writeStatus('kustomizations', 'apps', 'a', { observedGeneration: 1 });
    const second = store.get('kustomizations', 'apps', 'a');
    store.writeStatus('kustomizations', 'apps', 'a', { observedGeneration: 1 });
    expect(store.get('kustomizations', 'apps', 'a')).toBe(second);
    apply(store, { kind: 'write', name: 'a', value: 2 });
    const third = store.get('kustomizations', 'apps', 'a');
    const told = [first, second, third].map((each) => [
      each?.metadata.resourceVersion,
      each?.metadata.generation,
    ]);
    expect(told).toEqual([
      ['1001', 1],
      ['1002', 1],
      ['1003', 2],
    ]);
  });

  it('are forgotten as they were after so many changes', () => {
    const store = new Store({ remembered: 10 });
    for (let at = 0; at < 100; at += 1) apply(store, { kind: 'write', name: 'a', value: at });
    expect(store.listAt('kustomizations', 1_001)).toBeUndefined();
    expect(store.changesAfter('kustomizations', 1_001)).toBeUndefined();
    expect(store.changesAfter('kustomizations', store.version - 5)).toHaveLength(5);
  });
});
