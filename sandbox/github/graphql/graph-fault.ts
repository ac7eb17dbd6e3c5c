import { type GraphQLError, type GraphQLFormattedError, Kind, print } from 'graphql';
import { type GraphQLErrorType, Problem } from '../problem.ts';

export type GraphFaultType =
  | GraphQLErrorType
  | 'EXCESSIVE_PAGINATION'
  | 'INVALID_CURSOR_ARGUMENTS'
  | 'MISSING_PAGINATION_BOUNDARIES'
  | 'SANDBOX_UNSUPPORTED';

/** A field's refusal: GitHub answers `null` for the field and an error with this type and message. */
export class GraphFault extends Error {
  readonly type: GraphFaultType;

  constructor(type: GraphFaultType, message: string) {
    super(message);
    this.name = 'GraphFault';
    this.type = type;
  }
}

/** An error as GitHub writes it: `type` beside `path`, `locations` and `message`, not below `extensions`. */
export interface GitHubGraphError extends GraphQLFormattedError {
  readonly type?: GraphFaultType;
}

/** Errors of fields, in GitHub's shape. A failure that is no refusal is the sandbox's own and says so. */
export function formatExecutionError(error: GraphQLError): GitHubGraphError {
  const cause = error.originalError;
  if (error.path === undefined) return formatVariableError(error);
  const shown = { path: error.path ?? [], locations: error.locations ?? [] };
  if (!(cause instanceof GraphFault || cause instanceof Problem)) {
    if (cause) console.error('sandbox: failed to answer a field of GraphQL:', cause);
    return { ...shown, message: error.message };
  }
  const base = { type: cause.type, ...shown, message: sentence(cause) };
  return cause.type === 'FORBIDDEN' ? { ...base, extensions: { saml_failure: false } } : base;
}

/** A variable whose value does not fit its type stops the whole operation. */
function formatVariableError(error: GraphQLError): GitHubGraphError {
  const locations = error.locations ?? [];
  const [, name, , explanation = ''] =
    /^Variable "\$(\w+)" got invalid value ([^;]*); (.*)$/s.exec(error.message) ?? [];
  const declaration = error.nodes?.find((each) => each.kind === Kind.VARIABLE_DEFINITION);
  if (name === undefined || !declaration) return { locations, message: error.message };
  const message = `Variable $${name} of type ${print(declaration.type)} was provided invalid value`;
  return { locations, message, extensions: { problems: [{ path: [], explanation }] } };
}

/** GraphQL has one sentence where REST has `errors` beside a heading. */
function sentence(cause: GraphFault | Problem): string {
  const errors = cause instanceof Problem ? (cause.errors ?? []) : [];
  const details = errors.map((error) =>
    typeof error === 'string' ? error : (error.message ?? plain(error)),
  );
  return details.length > 0 ? details.join(', ') : cause.message;
}

function plain(error: { readonly field?: string; readonly code: string }): string {
  return `${error.field ?? 'Input'} is ${error.code.replaceAll('_', ' ')}`;
}

const wordings: readonly (readonly [RegExp, string, (match: readonly string[]) => string])[] = [
  [
    /^Cannot query field "(.+?)" on type "(.+?)"/,
    'undefinedField',
    ([, field, type]) => `Field '${field}' doesn't exist on type '${type}'`,
  ],
  [
    /^Unknown argument "(.+?)" on field "(?:.+?)\.(.+?)"/,
    'argumentNotAccepted',
    ([, argument, field]) => `Field '${field}' doesn't accept argument '${argument}'`,
  ],
  [
    /^Field "(.+?)" argument "(.+?)" of type ".+" is required/,
    'missingRequiredArguments',
    ([, field, argument]) => `Field '${field}' is missing required arguments: ${argument}`,
  ],
  [
    /^Field "(.+?)" of type "(.+?)" must have a selection/,
    'selectionMismatch',
    ([, field, type]) =>
      `Field must have selections (field '${field}' returns ${type} but has no selections. Did you mean '${field} { ... }'?)`,
  ],
  [
    /^Variable "\$(.+?)" is never used(?: in operation "(.+?)")?/,
    'variableNotUsed',
    ([, name, operation]) =>
      `Variable $${name} is declared by ${operation ?? 'anonymous query'} but not used`,
  ],
  [
    /^Variable "\$(.+?)" is not defined(?: by operation "(.+?)")?/,
    'variableNotDefined',
    ([, name, operation]) =>
      `Variable $${name} is used by ${operation ?? 'anonymous query'} but not declared`,
  ],
  [
    /^Variable "\$(.+?)" of type "(.+?)" used in position expecting type "(.+?)"/,
    'variableMismatch',
    ([, name, given, wanted]) => `Type mismatch on variable $${name} (${given} / ${wanted})`,
  ],
];

/** Errors of a query that does not fit the schema, in GitHub's words for the usual mistakes. */
export function formatValidationError(error: GraphQLError): GitHubGraphError {
  const locations = error.locations ?? [];
  for (const [pattern, code, say] of wordings) {
    const match = pattern.exec(error.message);
    if (match) return { locations, extensions: { code }, message: say(match) };
  }
  return { locations, message: error.message };
}
