import { type Json, openSchemaBook } from './schema-book.ts';

const book = openSchemaBook('@octokit/openapi/generated/api.github.com.json');

/** Parameters that may hold slashes, as GitHub takes them. */
const GREEDY = new Set(['path', 'ref', 'branch', 'basehead', 'tag', 'commit_sha', 'archive_format']);

interface Template {
  readonly path: string;
  readonly pattern: RegExp;
  readonly literals: number;
}

const templates = Object.keys(book.document['paths'] as Json)
  .map(templateOf)
  .sort((one, other) => other.literals - one.literals);

/** This list's items are described as an account that is a user and an enterprise at once; elsewhere it is either. */
const corrections: Readonly<Record<string, Json>> = {
  'GET /app/installations': { type: 'array', items: { $ref: '#/components/schemas/installation' } },
};

export interface RestAnswer {
  readonly method: string;
  /** The path below the API's root, with or without a query. */
  readonly path: string;
  readonly status: number;
  readonly body: unknown;
}

/** The OpenAPI path template that GitHub documents for this call; undefined when it documents none. */
export function documentedPath(method: string, path: string): string | undefined {
  const [plain = ''] = path.split('?');
  return templates.find(
    (template) => template.pattern.test(plain) && book.at('paths', template.path, method.toLowerCase()),
  )?.path;
}

/**
 * Says how an answer differs from GitHub's OpenAPI description; empty when it does not.
 * Errors that GitHub does not list for the operation (401, for instance) must have the basic error's shape.
 */
export function restProblems(answer: RestAnswer): readonly string[] {
  const path = documentedPath(answer.method, answer.path);
  if (path === undefined) return [`GitHub has no ${answer.method} ${answer.path}`];
  const responses = ['paths', path, answer.method.toLowerCase(), 'responses'];
  const response = book.at(...responses, String(answer.status));
  if (!response) return undocumented(answer);
  const content = response['content'] as Json | undefined;
  if (!content && answer.status >= 400) return undocumented(answer);
  if (!content) return isEmpty(answer.body) ? [] : [`${answer.status} must have no body`];
  const schema = (content['application/json'] ?? content['application/scim+json']) as Json | undefined;
  const wanted = schema?.['schema'] as Json | undefined;
  return wanted ? book.problems(corrections[`${answer.method} ${path}`] ?? wanted, answer.body) : [];
}

function undocumented(answer: RestAnswer): readonly string[] {
  if (answer.status === 304) return [];
  if (answer.status < 400) return [`${answer.status} is no documented status`];
  const name = answer.status === 422 ? 'validation-error' : 'basic-error';
  const wanted = book.at('components', 'schemas', name) ?? {};
  return book.problems({ allOf: [wanted], required: ['message', 'documentation_url'] }, answer.body);
}

function isEmpty(body: unknown): boolean {
  return body === undefined || body === null || body === '' || JSON.stringify(body) === '{}';
}

function templateOf(path: string): Template {
  const segments = path.split('/').slice(1);
  const pattern = segments.map((segment) =>
    segment
      .replaceAll(/[.*+?^$()|[\]\\]/g, '\\$&')
      .replaceAll(/\{(\w+)\}/g, (_, name: string) => (GREEDY.has(name) ? '(.+)' : '([^/]+)')),
  );
  const literals = segments.filter((segment) => !segment.includes('{')).length;
  // The root of the contents is asked for without a path.
  const whole = `^/${pattern.join('/')}$`.replace('/contents/(.+)', '/contents(?:/(.*))?');
  return { path, literals, pattern: new RegExp(whole) };
}
