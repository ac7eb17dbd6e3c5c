import {
  type DocumentNode,
  execute,
  GraphQLError,
  getOperationAST,
  type OperationDefinitionNode,
  parse,
  validate,
} from 'graphql';
import type { Actor } from '../actor.ts';
import type { GitHubWorld } from '../world.ts';
import { fieldResolver, typeResolver } from './field-resolver.ts';
import type { GraphContext, RateLimitView } from './fields.ts';
import { formatExecutionError, formatValidationError } from './graph-fault.ts';
import { type QueryCost, queryCost } from './query-cost.ts';
import { githubSchema } from './schema.ts';

export interface GraphCall {
  readonly world: GitHubWorld;
  readonly actor: Actor;
  /** The parsed JSON body of the request. */
  readonly body: unknown;
  /** Takes the operation's cost from the caller's budget and says what is left. */
  readonly spend: (cost: QueryCost) => RateLimitView;
}

export interface GraphAnswer {
  readonly status: number;
  readonly body: unknown;
}

interface Prepared {
  readonly document: DocumentNode;
  readonly operation: OperationDefinitionNode;
  readonly variables: Readonly<Record<string, unknown>>;
}

/** Documents that were found valid. A program sends the same few over and over, and validating one costs milliseconds. */
const valid = new Map<string, DocumentNode>();
const mostValid = 200;

/**
 * Answers one request to `/graphql` as GitHub does: 200 with `errors` for whatever is wrong with the query or a
 * field, 400 for a body that holds no query. A failed field does not stop the mutations after it.
 */
export async function executeGraph(call: GraphCall): Promise<GraphAnswer> {
  const request = readRequest(call.body);
  if (!request) return badRequest('A query attribute must be specified and must be a string.');
  const prepared = prepare(request);
  if ('errors' in prepared) return { status: 200, body: prepared };
  const rate = call.spend(queryCost(prepared.document, prepared.operation, prepared.variables));
  const { world, actor } = call;
  // What follows a write in the same request is read from where it was written.
  const view = prepared.operation.operation === 'mutation' ? world.state : world.view(actor);
  const context: GraphContext = { world, actor, view, rateLimit: () => rate };
  const result = await execute({
    schema: githubSchema(),
    document: prepared.document,
    operationName: request.operationName,
    variableValues: prepared.variables,
    contextValue: context,
    rootValue: {},
    fieldResolver,
    typeResolver,
  });
  const data = result.data === undefined ? {} : { data: result.data };
  const errors = result.errors ? { errors: result.errors.map(formatExecutionError) } : {};
  return { status: 200, body: { ...data, ...errors } };
}

/** Builds the schema ahead of the first query; to be called once the sandbox listens. */
export function warmGraph(): void {
  githubSchema();
}

/** The name under which a call is logged and faults are matched: its operation's, else `<anonymous>`. */
export function operationNameOf(body: unknown): string {
  const request = readRequest(body);
  if (!request) return '<anonymous>';
  if (request.operationName) return request.operationName;
  return /^\s*(?:query|mutation)\s+(\w+)/m.exec(request.query)?.[1] ?? '<anonymous>';
}

/** Whether the operation writes: it then weighs 5 points instead of 1 against the limit a minute. */
export function isMutation(body: unknown): boolean {
  return /(^|[\s}])mutation\b/.test(readRequest(body)?.query ?? '');
}

interface GraphRequest {
  readonly query: string;
  readonly variables: Readonly<Record<string, unknown>>;
  readonly operationName: string | null;
}

function readRequest(body: unknown): GraphRequest | undefined {
  if (typeof body !== 'object' || body === null) return undefined;
  const {
    query,
    variables,
    operationName,
  }: { query?: unknown; variables?: unknown; operationName?: unknown } = body;
  if (typeof query !== 'string') return undefined;
  return {
    query,
    variables: typeof variables === 'object' && variables !== null ? { ...variables } : {},
    operationName: typeof operationName === 'string' ? operationName : null,
  };
}

function prepare(request: GraphRequest): Prepared | { readonly errors: readonly unknown[] } {
  const document = valid.get(request.query) ?? readDocument(request.query);
  if ('errors' in document) return document;
  const operation = getOperationAST(document, request.operationName);
  if (!operation) return { errors: [{ message: noOperation(request.operationName) }] };
  return { document, operation, variables: request.variables };
}

function readDocument(query: string): DocumentNode | { readonly errors: readonly unknown[] } {
  let document: DocumentNode;
  try {
    document = parse(query);
  } catch (error) {
    if (!(error instanceof GraphQLError)) throw error;
    return { errors: [{ message: error.message, locations: error.locations ?? [] }] };
  }
  const problems = validate(githubSchema(), document);
  if (problems.length > 0) return { errors: problems.map(formatValidationError) };
  if (valid.size >= mostValid) valid.clear();
  valid.set(query, document);
  return document;
}

function noOperation(name: string | null): string {
  return name ? `No operation named "${name}"` : 'An operation name is required';
}

function badRequest(message: string): GraphAnswer {
  return { status: 400, body: { message, documentation_url: 'https://docs.github.com/graphql' } };
}
