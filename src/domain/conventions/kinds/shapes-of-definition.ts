import { z } from 'zod';
import type { Shape } from './shape.ts';

const definition = z.object({
  kind: z.literal('CustomResourceDefinition'),
  spec: z.object({
    group: z.string(),
    names: z.object({ kind: z.string() }),
    scope: z.string().optional(),
    versions: z.array(
      z.object({
        name: z.string(),
        schema: z.object({ openAPIV3Schema: z.unknown() }).nullish(),
      }),
    ),
  }),
});

/** A kind that a CustomResourceDefinition declares. */
export interface DefinedKind {
  readonly group: string;
  readonly kind: string;
  readonly isClusterScoped: boolean;
}

/** @returns undefined for what is no CustomResourceDefinition. */
export function definedKind(document: unknown): DefinedKind | undefined {
  const read = definition.safeParse(document).data?.spec;
  return read && { group: read.group, kind: read.names.kind, isClusterScoped: read.scope === 'Cluster' };
}

/**
 * The shapes that a CustomResourceDefinition gives its kind, by `apiVersion kind`; none for what is none.
 *
 * @param withPatterns whether its patterns count: somebody's own could take for ever.
 */
export function shapesOfDefinition(document: unknown, withPatterns = false): ReadonlyMap<string, Shape> {
  const read = definition.safeParse(document).data?.spec;
  return new Map(
    (read?.versions ?? []).map(({ name, schema }) => [
      `${read?.group}/${name} ${read?.names.kind}`,
      withCommon(shapeOf(schema?.openAPIV3Schema, withPatterns)),
    ]),
  );
}

/** Definitions need not say what all objects have. */
function withCommon(of: Shape): Shape {
  if (typeof of === 'string' || !('p' in of)) return '*';
  const { status: _, ...p } = of.p;
  return { ...of, p: { ...p, apiVersion: 's', kind: 's', metadata: '*', status: '*' } };
}

const schema = z.object({
  type: z.string().optional(),
  pattern: z.string().optional(),
  enum: z.array(z.unknown()).optional(),
  properties: z.record(z.string(), z.unknown()).optional(),
  required: z.array(z.string()).optional(),
  items: z.unknown().optional(),
  additionalProperties: z.unknown().optional(),
  nullable: z.boolean().optional(),
  'x-kubernetes-int-or-string': z.boolean().optional(),
  'x-kubernetes-preserve-unknown-fields': z.boolean().optional(),
});

/** https://kubernetes.io/docs/tasks/extend-kubernetes/custom-resources/custom-resource-definitions/#specifying-a-structural-schema */
function shapeOf(given: unknown, withPatterns: boolean): Shape {
  const read = schema.safeParse(given).data;
  if (read === undefined || read['x-kubernetes-preserve-unknown-fields']) return '*';
  if (read['x-kubernetes-int-or-string']) return 'q';
  const texts = read.enum?.filter((one) => typeof one === 'string');
  if (texts !== undefined && texts.length === read.enum?.length) return { e: texts };
  switch (read.type) {
    case 'string':
      return withPatterns && read.pattern !== undefined ? { t: read.pattern } : 's';
    case 'integer':
    case 'number':
      return 'n';
    case 'boolean':
      return 'b';
    case 'array':
      return { a: shapeOf(read.items, withPatterns) };
    case 'object':
      return objectOf(read, withPatterns);
    default:
      return '*';
  }
}

function objectOf(
  { properties, required, additionalProperties }: z.output<typeof schema>,
  withPatterns: boolean,
): Shape {
  if (properties !== undefined) {
    const p = Object.fromEntries(
      Object.entries(properties).map(([name, one]) => [name, shapeOf(one, withPatterns)]),
    );
    return required === undefined || required.length === 0 ? { p } : { p, r: required };
  }
  return typeof additionalProperties === 'object' ? { m: shapeOf(additionalProperties, withPatterns) } : '*';
}
