import type { GitHubClient } from './client.ts';
import type { GraphAnswer, GraphOperation } from './graph-answer.ts';
import { jointDocument, partOfAnswer } from './joint-document.ts';

/** One that waits to be sent with others. */
interface Waiting {
  readonly what: string;
  readonly operation: GraphOperation;
  readonly resolve: (answer: GraphAnswer) => void;
  readonly reject: (error: unknown) => void;
}

/** More in one document than this, and GitHub may give up on it. */
const MOST = 5;

/**
 * Lets queries that are asked about one repository at the same moment travel in one request: what decides about a change
 * is several documents, each with a reader of its own, and one request's worth of GitHub's limits. A failure of the
 * request is everybody's; an error below one document's fields is that document's alone.
 */
export function joinQueries(client: GitHubClient): GitHubClient {
  const waiting = new Map<string, Waiting[]>();

  function send(repo: string): void {
    const all = waiting.get(repo) ?? [];
    waiting.delete(repo);
    for (let from = 0; from < all.length; from += MOST) void sendTogether(repo, all.slice(from, from + MOST));
  }

  async function sendTogether(repo: string, asked: readonly Waiting[]): Promise<void> {
    const [first, ...others] = asked;
    if (first === undefined) return;
    try {
      if (others.length === 0) return first.resolve(await client.query(repo, first.what, first.operation));
      const what = asked.map((each) => each.what).join(', ');
      const answer = await client.query(repo, what, jointDocument(asked.map(({ operation }) => operation)));
      asked.forEach(({ resolve }, n) => {
        resolve(partOfAnswer(answer, n));
      });
    } catch (error) {
      for (const { reject } of asked) reject(error);
    }
  }

  return {
    ...client,
    query: (repo, what, operation) =>
      new Promise((resolve, reject) => {
        const others = waiting.get(repo);
        const mine = { what, operation, resolve, reject };
        if (others !== undefined) others.push(mine);
        else {
          waiting.set(repo, [mine]);
          setImmediate(() => send(repo));
        }
      }),
  };
}
