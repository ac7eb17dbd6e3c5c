import type { Effect, NotRendered } from './effect.ts';

/** One effect for each Kustomization and time, by cluster, management cluster and Kustomization. */
export function mergeEffects(all: readonly Effect[]): readonly Effect[] {
  const merged = new Map<string, Effect>();
  for (const effect of all) {
    const key = keyOf(effect);
    const known = merged.get(key);
    merged.set(key, known === undefined ? effect : merge(known, effect));
  }
  return [...merged]
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([, effect]) => ({ ...effect, notRendered: inOrder(effect.notRendered) }));
}

function keyOf({ cluster, management, kustomization, when, follows }: Effect): string {
  return JSON.stringify([cluster ?? '', management, kustomization, when, follows]);
}

function merge(one: Effect, other: Effect): Effect {
  return {
    ...one,
    files: [...new Set([...one.files, ...other.files])].sort(),
    objects: [...one.objects, ...other.objects],
    notRendered: [...one.notRendered, ...other.notRendered],
  };
}

/** By path and reason, each once. */
function inOrder(all: readonly NotRendered[]): readonly NotRendered[] {
  const known = new Map(all.map((one) => [`${one.path} ${one.why}`, one]));
  return [...known].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, one]) => one);
}
