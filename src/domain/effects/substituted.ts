import { z } from 'zod';
import type { Delivery } from '../delivery.ts';
import type { FluxKustomization, Platform } from '../platform.ts';
import type { Compared } from './compare.ts';
import type { Step } from './steps.ts';

/** A Kustomization whose variables get other values, when, and the file that they come from. */
export interface Substituted {
  readonly kustomization: FluxKustomization;
  readonly delivery: Delivery;
  readonly from: string;
}

const postBuildSchema = z.object({
  substituteFrom: z.array(z.object({ kind: z.string(), name: z.string() })),
});

/**
 * Finds the Kustomizations that take their variables from an object that changes: their files stay as they are, and
 * mean something else.
 * https://fluxcd.io/flux/components/kustomize/kustomizations/#post-build-variable-substitution
 */
export function findSubstituted(
  all: readonly { readonly step: Step; readonly compared: Compared }[],
  { kustomizations }: Platform,
): readonly Substituted[] {
  const taking = kustomizations.flatMap((kustomization) =>
    variablesOf(kustomization).map((key) => ({ kustomization, key })),
  );
  if (taking.length === 0) return [];
  return all.flatMap(({ step, compared }) => {
    if (step.kustomization.cluster !== undefined) return [];
    const changed = new Map([
      ...compared.turns.map(({ identity, path }) => [identity.key, path] as const),
      ...compared.hidden,
    ]);
    return taking.flatMap(({ kustomization, key }) => {
      const from = changed.get(key);
      const isBeside = kustomization.management === step.kustomization.management;
      if (from === undefined || !isBeside) return [];
      const when = kustomization.suspended ? 'suspended' : step.delivery.when;
      return [{ kustomization, delivery: { ...step.delivery, when }, from }];
    });
  });
}

/** Keys of the objects that hold its variables; they stand beside it on the management cluster. */
function variablesOf({ postBuild, namespace }: FluxKustomization): readonly string[] {
  if (postBuild === undefined) return [];
  const { substituteFrom } = postBuildSchema.safeParse(JSON.parse(postBuild)).data ?? { substituteFrom: [] };
  return substituteFrom.map(({ kind, name }) => `/${kind}/${namespace}/${name}`);
}
