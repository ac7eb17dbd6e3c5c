import type { Shape } from '../../src/domain/conventions/kinds/shape.ts';
import { shapesOfDefinition as read } from '../../src/domain/conventions/kinds/shapes-of-definition.ts';

export type { Shape };

export interface Shapes {
  readonly kinds: Record<string, Shape>;
  readonly types: Record<string, Shape>;
}

/** The kinds of a CustomResourceDefinition's document. */
export function shapesOfDefinition(document: unknown): Readonly<Record<string, Shape>> {
  return Object.fromEntries(read(document, true));
}
