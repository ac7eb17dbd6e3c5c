import type { GraphQLResolveInfo } from 'graphql';
import { GraphFault } from './graph-fault.ts';

export interface PageArgs {
  readonly first?: number | null;
  readonly last?: number | null;
  readonly after?: string | null;
  readonly before?: string | null;
}

export interface Connection {
  readonly totalCount: number;
  readonly nodes: readonly unknown[];
  readonly edges: readonly { readonly cursor: string; readonly node: unknown }[];
  readonly pageInfo: PageInfo;
}

interface PageInfo {
  readonly hasNextPage: boolean;
  readonly hasPreviousPage: boolean;
  readonly startCursor: string | null;
  readonly endCursor: string | null;
}

/**
 * Cuts one page out of a list, in the shape of a connection; `load` makes nodes of the items on that page.
 * A page must be asked for with `first` or `last`, of at most 100:
 * https://docs.github.com/graphql/overview/rate-limits-and-node-limits-for-the-graphql-api#node-limit
 */
export function connect<T>(
  items: readonly T[],
  args: PageArgs,
  info: GraphQLResolveInfo,
  load: (item: T) => unknown = (item) => item,
): Connection {
  checkBounds(args, info.fieldName);
  const from = args.after ? indexOf(args.after) : 0;
  const to = args.before ? indexOf(args.before) - 1 : items.length;
  let start = Math.max(0, from);
  let end = Math.max(start, Math.min(items.length, to));
  if (args.first != null) end = Math.min(end, start + args.first);
  else if (args.last != null) start = Math.max(start, end - args.last);
  const nodes = items.slice(start, end).map(load);
  return {
    totalCount: items.length,
    nodes,
    edges: nodes.map((node, index) => ({ cursor: cursorOf(start + index + 1), node })),
    pageInfo: {
      hasNextPage: end < items.length,
      hasPreviousPage: start > 0,
      startCursor: nodes.length > 0 ? cursorOf(start + 1) : null,
      endCursor: nodes.length > 0 ? cursorOf(end) : null,
    },
  };
}

function checkBounds({ first, last }: PageArgs, name: string): void {
  if (first == null && last == null)
    throw new GraphFault(
      'MISSING_PAGINATION_BOUNDARIES',
      `You must provide a \`first\` or \`last\` value to properly paginate the \`${name}\` connection.`,
    );
  const [bound, asked] = first != null ? ['first', first] : ['last', last ?? 0];
  if (asked > 100)
    throw new GraphFault(
      'EXCESSIVE_PAGINATION',
      `Requesting ${asked} records on the \`${name}\` connection exceeds the \`${bound}\` limit of 100 records.`,
    );
  if (asked < 0)
    throw new GraphFault(
      'INVALID_CURSOR_ARGUMENTS',
      `\`${bound}\` on the \`${name}\` connection cannot be less than zero.`,
    );
}

/** Cursors count from 1; the item after a cursor has its number as index. */
function cursorOf(position: number): string {
  return Buffer.from(`cursor:v2:${position}`).toString('base64');
}

function indexOf(cursor: string): number {
  const position = /^cursor:v2:(\d+)$/.exec(Buffer.from(cursor, 'base64').toString('utf8'))?.[1];
  if (position === undefined)
    throw new GraphFault('INVALID_CURSOR_ARGUMENTS', `\`${cursor}\` does not appear to be a valid cursor.`);
  return Number(position);
}
