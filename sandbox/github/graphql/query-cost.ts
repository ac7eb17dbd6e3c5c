import {
  type DocumentNode,
  type FieldNode,
  type FragmentDefinitionNode,
  Kind,
  type OperationDefinitionNode,
  type SelectionSetNode,
} from 'graphql';

export interface QueryCost {
  /** Points against the hourly budget. */
  readonly cost: number;
  /** The most nodes that the query can return. */
  readonly nodeCount: number;
}

/**
 * What an operation costs: one request for every connection for every parent, in hundreds, at least 1.
 * https://docs.github.com/graphql/overview/rate-limits-and-node-limits-for-the-graphql-api
 */
export function queryCost(
  document: DocumentNode,
  operation: OperationDefinitionNode,
  variables: Readonly<Record<string, unknown>>,
): QueryCost {
  const fragments = new Map(
    document.definitions
      .filter(
        (definition): definition is FragmentDefinitionNode => definition.kind === Kind.FRAGMENT_DEFINITION,
      )
      .map((fragment) => [fragment.name.value, fragment]),
  );
  let requests = 0;
  let nodeCount = 0;
  const field = (node: FieldNode, parents: number): void => {
    const page = pageSize(node, variables);
    if (page !== undefined) {
      requests += parents;
      nodeCount += parents * page;
    }
    if (node.selectionSet) visit(node.selectionSet, parents * (page ?? 1));
  };
  const visit = (set: SelectionSetNode, parents: number): void => {
    for (const selection of set.selections) {
      if (selection.kind === Kind.FIELD) field(selection, parents);
      else if (selection.kind === Kind.INLINE_FRAGMENT) visit(selection.selectionSet, parents);
      else {
        const fragment = fragments.get(selection.name.value);
        if (fragment) visit(fragment.selectionSet, parents);
      }
    }
  };
  visit(operation.selectionSet, 1);
  return { cost: Math.max(1, Math.round(requests / 100)), nodeCount };
}

function pageSize(node: FieldNode, variables: Readonly<Record<string, unknown>>): number | undefined {
  const bound = node.arguments?.find(({ name }) => name.value === 'first' || name.value === 'last');
  if (!bound) return undefined;
  if (bound.value.kind === Kind.INT) return Number(bound.value.value);
  const given = bound.value.kind === Kind.VARIABLE ? variables[bound.value.name.value] : undefined;
  return typeof given === 'number' ? given : undefined;
}
