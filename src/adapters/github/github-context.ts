import type { Log } from '../../../jobs/ports.ts';
import type { GitHubClient } from './client.ts';
import type { IdBook } from './id-book.ts';

/** What every method of the adapter works with. */
export interface GitHubContext {
  readonly client: GitHubClient;
  /** The same for writes that nobody waits for. */
  readonly patient?: GitHubClient;
  readonly ids: IdBook;
  /** The App's slug, such as `trunkline`; its actor is `trunkline[bot]`. */
  readonly appSlug: string;
  /** The App's id, which no other App can bear on this GitHub. */
  readonly appId: number;
  readonly log: Log;
  /** Milliseconds on a clock that never jumps. */
  readonly monotonic: () => number;
}

/** Splits `owner/name` into GraphQL's two variables. */
export function ownerAndName(repo: string): { readonly owner: string; readonly name: string } {
  const [owner = '', name = ''] = repo.split('/');
  return { owner, name };
}
