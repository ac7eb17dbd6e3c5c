/** What a server of the sandbox refused, in its own words. */
export class HttpError extends Error {
  readonly status: number;

  constructor(status: number, message: string) {
    super(message);
    this.status = status;
  }
}

interface Options {
  readonly method?: string;
  readonly body?: unknown;
  readonly token?: string | undefined;
}

/** Asks one of the sandbox's servers and reads its JSON. @throws HttpError with the server's message. */
export async function ask<T>(path: string, { method = 'GET', body, token }: Options = {}): Promise<T> {
  const response = await fetch(path, {
    method,
    // GitHub lets answers be kept for a minute; the page wants what is true now.
    cache: 'no-store',
    headers: {
      accept: 'application/json',
      ...(body === undefined ? {} : { 'content-type': 'application/json' }),
      ...(token ? { authorization: `Bearer ${token}` } : {}),
    },
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  });
  const text = await response.text();
  const answer: unknown = text === '' ? undefined : parsed(text);
  if (!response.ok)
    throw new HttpError(response.status, messageOf(answer) ?? `${response.status} ${response.statusText}`);
  return answer as T;
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return { message: text };
  }
}

/** GitHub says `message` (and details in `errors`), the control API `error`. */
function messageOf(answer: unknown): string | undefined {
  if (typeof answer !== 'object' || answer === null) return undefined;
  const { message, error, errors } = answer as { message?: unknown; error?: unknown; errors?: unknown };
  const main = typeof message === 'string' ? message : typeof error === 'string' ? error : undefined;
  const details = Array.isArray(errors) ? errors.map(detail).filter((text) => text !== '') : [];
  return main && details.length > 0 ? `${main}: ${details.join('; ')}` : main;
}

function detail(error: unknown): string {
  if (typeof error === 'string') return error;
  if (typeof error !== 'object' || error === null || !('message' in error)) return '';
  return String(error.message);
}
