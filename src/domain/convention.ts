import type { RequestId, SlackUserId } from './ids.ts';

/**
 * The branch of a tenant's request.
 * @param n 1 for the first; each one that was closed makes room for the next number.
 */
export function tenantBranch(name: string, n: number): string {
  return n <= 1 ? `tenant-${name}` : `tenant-${name}-${n}`;
}

/** The number that a branch has among those of a tenant's requests; undefined when it is none of them. */
export function tenantBranchNumber(branch: string, name: string): number | undefined {
  if (branch === tenantBranch(name, 1)) return 1;
  const digits = branch.startsWith(`tenant-${name}-`) ? branch.slice(`tenant-${name}-`.length) : '';
  return /^(?:[2-9]|[1-9][0-9]{1,5})$/.test(digits) ? Number(digits) : undefined;
}

/** Title and commit headline of a tenant's request: `tenants(x): onboarding namespace to aws, azure`. */
export function tenantTitle(name: string, clouds: readonly string[]): string {
  return formatTitle({
    scope: 'tenants',
    area: name,
    subject: `onboarding namespace to ${clouds.join(', ')}`,
  });
}

/** A headline of the platform: `type-or-dir(area): subject (#N)`. */
export interface Title {
  /** A type of Conventional Commits, or a top folder of the repository. */
  readonly scope: string;
  readonly area?: string | undefined;
  readonly subject: string;
  /** Whether it bears the mark of a breaking change, `!` before the colon. */
  readonly isBreaking?: boolean | undefined;
  /** Number of the pull request, as GitHub adds it to a squashed commit. */
  readonly number?: number | undefined;
}

export function formatTitle({ scope, area, subject, isBreaking, number }: Title): string {
  const place = area === undefined ? '' : `(${area})`;
  return `${scope}${place}${isBreaking ? '!' : ''}: ${subject}${number === undefined ? '' : ` (#${number})`}`;
}

/** @returns undefined for a headline that does not follow the convention. */
export function parseTitle(text: string): Title | undefined {
  const match =
    /^([a-z][a-z0-9-]{0,50})(?:\(([^()\n]{1,100})\))?(!)?: (\S[^\n]*?)(?: \(#([1-9][0-9]{0,9})\))?$/.exec(
      text,
    );
  if (match === null) return undefined;
  const [, scope = '', area, mark, subject = '', number] = match;
  const isBreaking = mark !== undefined;
  return { scope, area, subject, isBreaking, number: number === undefined ? undefined : Number(number) };
}

/** Who asked for what a commit or a pull request brings. */
export interface RequestTrailers {
  readonly requestId: RequestId;
  readonly requestedBy: Requester;
}

/** Somebody who asks for something: in Slack, or at GitHub where no Slack account is known for them. */
export interface Requester {
  readonly name: string;
  readonly slackId: SlackUserId | undefined;
  /** GitHub login; counts only without a Slack id. */
  readonly login?: string | undefined;
}

/** The trailers, one a line; nothing in the name can look like another line, a mention or a link. */
export function formatTrailers({ requestId, requestedBy }: RequestTrailers): string {
  const { slackId, login = 'unknown', name } = requestedBy;
  const account = slackId === undefined ? `GitHub ${login}` : `Slack ${slackId}`;
  return `Request-Id: ${requestId}\nRequested-by: ${tameName(name)} (${account})`;
}

/** A person's name as plain words: letters, digits, and what joins them. */
function tameName(name: string): string {
  const tame = name
    .slice(0, 400)
    .normalize('NFC')
    .replace(/[^\p{L}\p{M}\p{N}.,'’ -]/gu, ' ')
    .replace(/\.(?=\S)/g, ' ')
    .replace(/\s+/g, ' ')
    .trim()
    .slice(0, 80)
    .trim()
    .toWellFormed();
  return tame === '' ? 'unnamed' : tame;
}

const trailerLine = /^[A-Za-z][A-Za-z0-9-]*: \S/;

/**
 * Reads the trailers of a commit message or a pull request's body. Only the last paragraph counts, and only when it
 * holds nothing but trailers, so that no text above it can pass for one; a trailer that stands twice is void.
 * @returns what was found; a missing or malformed trailer is undefined.
 */
export function parseTrailers(text: string): {
  requestId: RequestId | undefined;
  requestedBy: SlackUserId | undefined;
  /** The name that stands before the Slack id, tame again whatever was made of it. */
  requesterName: string | undefined;
  /** The GitHub login of who asked there, without a Slack account that is known. */
  requesterLogin?: string | undefined;
} {
  const value = readTrailer(text);
  const requester = /^(.*) ?\((?:Slack ([UW][A-Z0-9]{2,20})|GitHub ([A-Za-z0-9][A-Za-z0-9-]{0,38}))\)$/.exec(
    value('requested-by') ?? '',
  );
  const [, name, slackId, login] = requester ?? [];
  return {
    requestId: readRequestId(value('request-id')),
    requestedBy: slackId === undefined ? undefined : (slackId as SlackUserId),
    requesterName: name === undefined ? undefined : tameName(name),
    ...(login !== undefined && { requesterLogin: login }),
  };
}

/** Reads the trailers of the last paragraph, by their keys in lower case. */
function readTrailer(text: string): (key: string) => string | undefined {
  const last =
    text
      .replace(/\r\n?/g, '\n')
      .trimEnd()
      .split(/\n(?:[ \t]*\n)+/)
      .at(-1) ?? '';
  const lines = last.split('\n');
  const trailers = lines.every((line) => trailerLine.test(line)) ? lines : [];
  return (key) => {
    const found = trailers.filter((line) => line.toLowerCase().startsWith(`${key}: `));
    return found.length === 1 ? found[0]?.slice(key.length + 2).trim() : undefined;
  };
}

/** Trailers of a commit that changes a request which stands: `requestedBy` is who asked for this change. */
export function formatChangeTrailers(changeId: RequestId, trailers: RequestTrailers): string {
  return `${formatTrailers(trailers)}\nRequest-Change: ${changeId}`;
}

/** The change that a commit is, from the last paragraph of its message; undefined for any other commit. */
export function readRequestChange(message: string): RequestId | undefined {
  return readRequestId(readTrailer(message)('request-change'));
}

/** A text without the trailers that stand at its end, if any do. */
export function withoutTrailers(text: string): string {
  const { requestId, requestedBy } = parseTrailers(text);
  if (requestId === undefined && requestedBy === undefined) return text;
  const lines = text.trimEnd().split('\n');
  return lines
    .slice(0, lines.findLastIndex((line) => line.trim() === '') + 1)
    .join('\n')
    .trimEnd();
}

function readRequestId(text: string | undefined): RequestId | undefined {
  return text !== undefined && /^req-[0-9a-f]{16}$/.test(text) ? (text as RequestId) : undefined;
}
