import type { State } from './github/state.ts';

const LABELS = [{ name: 'tenant', color: '0f766e', description: "A tenant's namespace" }] as const;

/** Adds the labels that the sample policy names, unless a kept repository has them already. */
export function addSampleLabels(state: State): void {
  for (const label of LABELS) {
    if (state.labels.has(label.name)) continue;
    state.labels.set(label.name, { id: state.nextId(), isDefault: false, ...label });
  }
}
