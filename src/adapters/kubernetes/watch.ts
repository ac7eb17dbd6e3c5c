import type { Readable } from 'node:stream';
import { StringDecoder } from 'node:string_decoder';
import { z } from 'zod';
import type { Connection } from './connection.ts';
import { connectionFailure, statusFailure } from './kubernetes-failure.ts';
import { understand } from './list.ts';

const event = z.object({ type: z.string(), object: z.unknown() });
const versioned = z.object({ metadata: z.object({ resourceVersion: z.string() }) });
const named = z.object({ metadata: z.object({ namespace: z.string(), name: z.string() }) });
const failure = z.object({ code: z.number() });

export interface WatchHandlers<Kind> {
  readonly project: (raw: unknown) => Kind;
  changed(item: Kind): void;
  gone(id: string): void;
  /** The cluster has shown that the stream lives. */
  alive(): void;
}

/**
 * Follows a list's changes from `from` until the server ends the stream, as it does every few minutes.
 *
 * @returns the resource version to go on from.
 * @throws ExpiredError when the changes since `from` are no longer kept (410, as a status or in the stream).
 */
export async function watchOnce<Kind>(
  connection: Connection,
  path: string,
  from: string,
  handlers: WatchHandlers<Kind>,
  signal: AbortSignal,
): Promise<string> {
  const what = `watch ${path}`;
  const query = { watch: 'true', allowWatchBookmarks: 'true', resourceVersion: from };
  const stream = await connection.watch(what, path, query, signal);
  let version = from;
  try {
    for await (const line of linesOf(stream)) version = take(path, line, handlers);
    return version;
  } catch (cause) {
    throw connectionFailure(what, cause);
  } finally {
    stream.destroy();
  }
}

function take<Kind>(path: string, line: string, handlers: WatchHandlers<Kind>): string {
  const { type, object } = understand(path, () => event.parse(JSON.parse(line)));
  if (type === 'ERROR') {
    throw statusFailure(`watch ${path}`, failure.safeParse(object).data?.code ?? 500, undefined);
  }
  const { metadata } = understand(path, () => versioned.parse(object));
  handlers.alive();
  if (type === 'DELETED') {
    const gone = understand(path, () => named.parse(object)).metadata;
    handlers.gone(`${gone.namespace}/${gone.name}`);
  } else if (type !== 'BOOKMARK') handlers.changed(understand(path, () => handlers.project(object)));
  return metadata.resourceVersion;
}

/** Node's own line reader ends alike whether its stream ended or broke. What follows the last line end is torn. */
async function* linesOf(stream: Readable): AsyncGenerator<string> {
  const decoder = new StringDecoder('utf8');
  let pieces: string[] = [];
  for await (const chunk of stream) {
    const [first = '', ...others] = decoder.write(chunk).split('\n');
    pieces.push(first);
    for (const next of others) {
      const line = pieces.join('');
      pieces = [next];
      if (line.trim() !== '') yield line;
    }
  }
}
