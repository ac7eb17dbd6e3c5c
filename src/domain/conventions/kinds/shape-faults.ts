import type { KnownKinds } from './known-kinds.ts';
import { nearest } from './nearest.ts';
import type { Shape } from './shape.ts';

/** Where a value stands in a document. */
export type ValuePath = readonly (string | number)[];

/** How a value differs from the shape of its kind. */
export interface ShapeFault {
  readonly at: ValuePath;
  readonly why:
    | { readonly kind: 'type'; readonly wants: string; readonly is: string }
    | { readonly kind: 'missing'; readonly field: string }
    /** A text that does not have the form that its field takes. */
    | { readonly kind: 'form'; readonly is: string; readonly pattern: string }
    | { readonly kind: 'value'; readonly is: string; readonly wants: readonly string[] }
    /** A field that is not known, and one that is meant perhaps. */
    | { readonly kind: 'unknown'; readonly field: string; readonly near: string | undefined };
}

/** More faults in one object are none that anybody mends one by one. */
const MOST_FAULTS = 20;

/**
 * How an object differs from the shape of its kind. What is null counts as not given, as for Kubernetes; what Flux
 * fills in (`${name}`) may be anything.
 */
export function shapeFaults(value: unknown, shape: Shape, kinds: KnownKinds): readonly ShapeFault[] {
  return faultsOf(value, shape, [], kinds).slice(0, MOST_FAULTS);
}

/** https://kubernetes.io/docs/reference/kubernetes-api/common-definitions/quantity/ */
const QUANTITY = '#resource/Quantity';
const quantity = /^[+-]?(?:\d+\.?\d*|\.\d+)(?:[KMGTPE]i|[numkMGTPE]|[eE][+-]?\d+)?$/;

const words: Readonly<Record<string, string>> = {
  s: 'a text',
  n: 'a number',
  b: 'true or false',
  q: 'a text or a number',
};

function faultsOf(value: unknown, shape: Shape, at: ValuePath, kinds: KnownKinds): readonly ShapeFault[] {
  if (value == null || shape === '*' || isFilledIn(value)) return [];
  if (typeof shape === 'string') {
    if (shape === QUANTITY && typeof value === 'string' && !quantity.test(value))
      return wrongType(value, 'a quantity, such as 500m or 1Gi', at);
    if (shape.startsWith('#')) return faultsOf(value, kinds.resolve(shape), at, kinds);
    return fits(value, shape) ? [] : wrongType(value, words[shape] ?? 'another value', at);
  }
  if ('e' in shape) {
    if (typeof value !== 'string') return wrongType(value, 'a text', at);
    return shape.e.includes(value) ? [] : [{ at, why: { kind: 'value', is: value, wants: shape.e } }];
  }
  if ('t' in shape) {
    if (typeof value !== 'string') return wrongType(value, 'a text', at);
    const isRight = new RegExp(shape.t, 'u').test(value);
    return isRight ? [] : [{ at, why: { kind: 'form', is: value, pattern: shape.t } }];
  }
  if ('a' in shape) {
    if (!Array.isArray(value)) return wrongType(value, 'a list', at);
    return value.flatMap((one, index) => faultsOf(one, shape.a, [...at, index], kinds));
  }
  if (!isMapping(value)) return wrongType(value, 'a mapping', at);
  if ('m' in shape)
    return Object.entries(value).flatMap(([key, one]) => faultsOf(one, shape.m, [...at, key], kinds));
  return fieldFaults(value, shape, at, kinds);
}

function fieldFaults(
  value: Readonly<Record<string, unknown>>,
  { p, r = [] }: Extract<Shape, { p: unknown }>,
  at: ValuePath,
  kinds: KnownKinds,
): readonly ShapeFault[] {
  const within = Object.entries(value).flatMap(([field, one]): readonly ShapeFault[] => {
    const own = Object.hasOwn(p, field) ? p[field] : undefined;
    if (own !== undefined) return faultsOf(one, own, [...at, field], kinds);
    const near = nearest(
      field,
      Object.keys(p).filter((name) => !(name in value)),
    );
    return [{ at: [...at, field], why: { kind: 'unknown', field, near } }];
  });
  // A field that is mistyped is not missing as well.
  const meant = new Set(within.map(({ why }) => (why.kind === 'unknown' ? why.near : undefined)));
  const missing = r
    .filter((field) => !(field in value || meant.has(field)))
    .map((field): ShapeFault => ({ at, why: { kind: 'missing', field } }));
  return [...missing, ...within];
}

function fits(value: unknown, shape: string): boolean {
  switch (shape) {
    case 's':
      return typeof value === 'string';
    case 'n':
      return typeof value === 'number';
    case 'b':
      // Kubernetes reads YAML 1.1, where these are booleans too.
      return (
        typeof value === 'boolean' || (typeof value === 'string' && /^(?:y|yes|n|no|on|off)$/i.test(value))
      );
    default:
      return typeof value === 'string' || typeof value === 'number';
  }
}

function wrongType(value: unknown, wants: string, at: ValuePath): readonly ShapeFault[] {
  return [{ at, why: { kind: 'type', wants, is: nameOf(value) } }];
}

function nameOf(value: unknown): string {
  if (Array.isArray(value)) return 'a list';
  if (isMapping(value)) return 'a mapping';
  if (typeof value === 'string') return 'a text';
  return typeof value === 'boolean' ? `${value}` : 'a number';
}

function isFilledIn(value: unknown): boolean {
  return typeof value === 'string' && value.includes('${');
}

function isMapping(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
