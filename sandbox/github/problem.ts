/** One entry of `errors` in a 422. */
export interface FieldError {
  readonly resource: string;
  readonly field?: string;
  readonly code: 'missing' | 'missing_field' | 'invalid' | 'already_exists' | 'unprocessable' | 'custom';
  readonly message?: string;
  readonly value?: unknown;
}

export type GraphQLErrorType =
  | 'NOT_FOUND'
  | 'UNPROCESSABLE'
  | 'FORBIDDEN'
  | 'STALE_DATA'
  | 'INSUFFICIENT_SCOPES';

/** A refusal as GitHub words it: REST answers with `status` and `body`, GraphQL with `type` and `message`. */
export class Problem extends Error {
  override readonly name = 'Problem';
  readonly status: number;
  readonly type: GraphQLErrorType;
  readonly errors: readonly (FieldError | string)[] | undefined;
  readonly documentationUrl: string;

  constructor(
    status: number,
    message: string,
    more: {
      readonly type?: GraphQLErrorType;
      readonly errors?: readonly (FieldError | string)[];
      readonly documentationUrl?: string;
    } = {},
  ) {
    super(message);
    this.status = status;
    this.type = more.type ?? typeOf(status);
    this.errors = more.errors;
    this.documentationUrl = more.documentationUrl ?? 'https://docs.github.com/rest';
  }

  body(): Readonly<Record<string, unknown>> {
    return {
      message: this.message,
      ...(this.errors ? { errors: this.errors } : {}),
      documentation_url: this.documentationUrl,
      status: String(this.status),
    };
  }
}

export function notFound(): Problem {
  return new Problem(404, 'Not Found');
}

/** 422 "Validation Failed" with its fields, or with plain sentences as some endpoints have. */
export function validationFailed(errors: readonly (FieldError | string)[]): Problem {
  return new Problem(422, 'Validation Failed', { errors });
}

/** 422 with a sentence of its own, such as "Reference already exists". */
export function unprocessable(message: string): Problem {
  return new Problem(422, message);
}

export function forbidden(message = 'Resource not accessible by integration'): Problem {
  return new Problem(403, message);
}

/** 409, such as "Head branch was modified. Review and try the merge again." */
export function conflict(message: string): Problem {
  return new Problem(409, message, { type: 'UNPROCESSABLE' });
}

/** 405, such as "Pull Request is not mergeable". */
export function notAllowed(message: string): Problem {
  return new Problem(405, message, { type: 'UNPROCESSABLE' });
}

/** What `createCommitOnBranch` says when the branch is not at `expectedHeadOid`. */
export function staleData(message: string): Problem {
  return new Problem(409, message, { type: 'STALE_DATA' });
}

function typeOf(status: number): GraphQLErrorType {
  if (status === 404) return 'NOT_FOUND';
  return status === 403 ? 'FORBIDDEN' : 'UNPROCESSABLE';
}
