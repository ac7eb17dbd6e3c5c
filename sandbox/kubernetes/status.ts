import type { Resource } from './resources.ts';

/** A refusal as Kubernetes words it; it becomes a `Status` object. */
export class StatusError extends Error {
  readonly code: number;
  readonly reason: string;
  readonly details: Readonly<Record<string, unknown>>;
  readonly headers: Readonly<Record<string, string>>;
  /** The continue token with which a list whose snapshot is gone may go on. */
  readonly next: string | undefined;

  constructor(
    code: number,
    reason: string,
    message: string,
    more: {
      readonly details?: Readonly<Record<string, unknown>>;
      readonly headers?: Readonly<Record<string, string>>;
      readonly next?: string;
    } = {},
  ) {
    super(message);
    this.code = code;
    this.reason = reason;
    this.details = more.details ?? {};
    this.headers = more.headers ?? {};
    this.next = more.next;
  }

  /** The object that is sent, or stands in a watch's ERROR event. */
  body(): Readonly<Record<string, unknown>> {
    return {
      kind: 'Status',
      apiVersion: 'v1',
      metadata: this.next === undefined ? {} : { continue: this.next },
      status: 'Failure',
      message: this.message,
      reason: this.reason,
      ...(Object.keys(this.details).length > 0 ? { details: this.details } : {}),
      code: this.code,
    };
  }
}

export function unauthorized(): StatusError {
  return new StatusError(401, 'Unauthorized', 'Unauthorized');
}

export function forbidden(
  user: string,
  verb: string,
  { plural, group }: Pick<Resource, 'group'> & { readonly plural: string },
  namespace: string | undefined,
): StatusError {
  const where = namespace === undefined ? 'at the cluster scope' : `in the namespace "${namespace}"`;
  return new StatusError(
    403,
    'Forbidden',
    `${qualified(plural, group)} is forbidden: User "${user}" cannot ${verb} resource "${plural}" in API group "${group}" ${where}`,
    { details: { group, kind: plural } },
  );
}

export function notFound({ plural, group }: Resource, name: string): StatusError {
  return new StatusError(404, 'NotFound', `${qualified(plural, group)} "${name}" not found`, {
    details: { name, group, kind: plural },
  });
}

export function noSuchPath(): StatusError {
  return new StatusError(404, 'NotFound', 'the server could not find the requested resource');
}

export function badRequest(message: string): StatusError {
  return new StatusError(400, 'BadRequest', message);
}

export function conflict({ plural, group }: Resource, name: string): StatusError {
  return new StatusError(
    409,
    'Conflict',
    `Operation cannot be fulfilled on ${qualified(plural, group)} "${name}": the object has been modified; please apply your changes to the latest version and try again`,
    { details: { name, group, kind: plural } },
  );
}

export function invalid({ kind, group }: Resource, name: string, message: string): StatusError {
  return new StatusError(422, 'Invalid', `${qualified(kind, group)} "${name}" is invalid: ${message}`, {
    details: { name, group, kind },
  });
}

/** What is asked for was before the oldest change that is remembered. */
export function expired(message: string, next?: string): StatusError {
  return new StatusError(410, 'Expired', message, next === undefined ? {} : { next });
}

function qualified(name: string, group: string): string {
  return group === '' ? name : `${name}.${group}`;
}
