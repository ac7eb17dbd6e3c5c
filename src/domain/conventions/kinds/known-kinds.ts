import { z } from 'zod';
import { kindShapes } from './kind-shapes.ts';
import { type Shape, shape } from './shape.ts';

const all = z.object({
  kinds: z.record(z.string(), z.string().or(shape)),
  types: z.record(z.string(), shape),
});

/** The kinds that are known, by `apiVersion kind`, and the shapes that they name. */
export interface KnownKinds {
  find(apiVersion: string, kind: string): Shape | undefined;
  resolve(name: string): Shape;
}

let builtIn: z.output<typeof all> | undefined;

/** @param defined kinds that the repository's own CustomResourceDefinitions declare. */
export function knownKinds(defined: ReadonlyMap<string, Shape>): KnownKinds {
  // Read when it is first needed: most looks at a platform need none of it.
  builtIn ??= all.parse(JSON.parse(kindShapes));
  const { kinds, types } = builtIn;
  return {
    find(apiVersion, kind) {
      const name = `${apiVersion} ${kind}`;
      return defined.get(name) ?? kinds[name] ?? beta(kinds, apiVersion, kind);
    },
    resolve: (name) => types[name.slice(1)] ?? '*',
  };
}

/** Fields of Flux's betas that its v1 has no more. */
const FORMER = {
  validation: '*',
  patchesStrategicMerge: '*',
  patchesJson6902: '*',
  gitImplementation: '*',
  accessFrom: '*',
} as const;

/** Flux's betas are its v1 with a few more fields. */
function beta(kinds: Readonly<Record<string, Shape>>, apiVersion: string, kind: string): Shape | undefined {
  const [group = '', version = ''] = apiVersion.split('/');
  if (!group.endsWith('.toolkit.fluxcd.io') || !/^v1beta/.test(version)) return undefined;
  const stable = kinds[`${group}/v1 ${kind}`];
  if (stable === undefined || typeof stable === 'string' || !('p' in stable)) return undefined;
  const { spec } = stable.p;
  if (spec === undefined || typeof spec === 'string' || !('p' in spec)) return stable;
  return { ...stable, p: { ...stable.p, spec: { ...spec, p: { ...spec.p, ...FORMER } } } };
}
