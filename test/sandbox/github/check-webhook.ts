import { type Json, openSchemaBook } from './schema-book.ts';

const book = openSchemaBook('@octokit/openapi-webhooks/generated/api.github.com.json');

/** Each webhook lists the events an App may ask for anew, and most of these lists miss some real ones. */
const laggingList = /^\/\S*app\/events\/\d+: must be equal to one of/;

/**
 * Says how a webhook's body differs from GitHub's schema; empty when it does not.
 *
 * @param event the value of `X-GitHub-Event`, such as `pull_request`.
 */
export function webhookProblems(event: string, body: unknown): readonly string[] {
  const action = typeof body === 'object' && body !== null ? (body as Json)['action'] : undefined;
  const base = event.replaceAll('_', '-');
  const named = typeof action === 'string' ? `${base}-${action.replaceAll('_', '-')}` : base;
  const request = book.at('webhooks', named, 'post', 'requestBody');
  const content = request?.['content'] as Json | undefined;
  const media = content?.['application/json'] as Json | undefined;
  if (!media) return [`GitHub has no webhook ${named}`];
  return book.problems(media['schema'] as Json, body).filter((problem) => !laggingList.test(problem));
}
