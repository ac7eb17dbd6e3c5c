import type { Fields, KubeObject } from '../objects.ts';
import { keyOf } from '../objects.ts';
import { badRequest, expired, StatusError } from '../status.ts';
import type { Change, Store } from '../store.ts';
import type { Place } from './route.ts';
import { chosenBy } from './selectors.ts';

export type Convert = (object: KubeObject) => Fields;

export interface Page {
  readonly metadata: Fields;
  readonly items: readonly KubeObject[];
}

/** One page of a list, or all of it. @throws StatusError 410 when its page's snapshot is gone. */
export function pageOf(store: Store, place: Place, query: URLSearchParams): Page {
  const { plural } = place.resource;
  const from = startOf(store, place, query);
  const all = store.listAt(plural, from.version);
  if (!all) throw tooOld(from.version, store.compacted);
  const chosen = chosenBy(plural, query);
  const fits = all.filter(
    (object) =>
      (place.namespace === undefined || object.metadata.namespace === place.namespace) &&
      keyOf(object.metadata) > from.after &&
      chosen(object),
  );
  const limit = limitOf(query);
  const page = limit > 0 ? fits.slice(0, limit) : fits;
  const last = page.at(-1);
  const left = fits.length - page.length;
  return {
    metadata: {
      resourceVersion: String(from.version),
      ...(left > 0 && last
        ? { continue: token(from.version, keyOf(last.metadata)), remainingItemCount: left }
        : {}),
    },
    items: page,
  };
}

/** A page as the list that is sent. */
export function listOf({ resource, version }: Place, { metadata, items }: Page, convert: Convert): Fields {
  const { group, kind } = resource;
  return {
    apiVersion: group === '' ? version : `${group}/${version}`,
    kind: `${kind}List`,
    metadata,
    items: items.map(convert),
  };
}

interface Start {
  readonly version: number;
  /** The key of the last object of the page before. */
  readonly after: string;
}

function startOf(store: Store, { resource }: Place, query: URLSearchParams): Start {
  const given = query.get('continue');
  if (given) {
    const start = untoken(given);
    if (start.version < 0) return { ...start, version: store.version };
    if (start.version >= store.compacted && store.listAt(resource.plural, start.version)) return start;
    throw expired(
      'The provided continue parameter is too old to display a consistent list result. You can start a new list without the continue parameter, or use the continue token in this response to retrieve the remainder of the results. Continuing with the provided token results in an inconsistent list - objects that were created, modified, or deleted between the time the first chunk was returned and now may show up in the list.',
      token(-1, start.after),
    );
  }
  const wanted = query.get('resourceVersion') ?? '';
  if (wanted === '' || wanted === '0') return { version: store.version, after: '' };
  const version = versionOf(wanted);
  if (version > store.version) throw tooLarge(version, store.version);
  const exact = query.get('resourceVersionMatch') === 'Exact';
  return { version: exact ? version : store.version, after: '' };
}

/** What a watch is told of first, and after which version it goes on. */
export interface WatchStart {
  readonly first: readonly Change[];
  readonly version: number;
}

/** @throws StatusError 410 when what changed since then is forgotten. */
export function watchStart(store: Store, { resource }: Place, query: URLSearchParams): WatchStart {
  const wanted = query.get('resourceVersion') ?? '';
  const { plural } = resource;
  if (wanted === '' || wanted === '0' || query.get('sendInitialEvents') === 'true') {
    const first = store
      .list(plural)
      .map((object) => ({ version: store.version, plural, type: 'ADDED' as const, object }));
    return { first, version: store.version };
  }
  const version = versionOf(wanted);
  if (version > store.version) throw tooLarge(version, store.version);
  const first = store.changesAfter(plural, version);
  if (!first) throw tooOld(version, store.compacted);
  return { first, version: store.version };
}

export function tooOld(version: number, oldest: number): StatusError {
  return expired(`too old resource version: ${version} (${oldest})`);
}

function tooLarge(version: number, newest: number): StatusError {
  return new StatusError(504, 'Timeout', `Too large resource version: ${version}, current: ${newest}`, {
    details: {
      causes: [{ reason: 'ResourceVersionTooLarge', message: 'Too large resource version' }],
      retryAfterSeconds: 1,
    },
  });
}

function versionOf(text: string): number {
  if (!/^\d{1,15}$/.test(text)) throw badRequest(`invalid resource version: "${text}"`);
  return Number(text);
}

function limitOf(query: URLSearchParams): number {
  const text = query.get('limit') ?? '0';
  if (!/^\d{1,9}$/.test(text)) throw badRequest(`invalid limit: "${text}"`);
  return Number(text);
}

function token(version: number, after: string): string {
  return Buffer.from(JSON.stringify({ v: 'meta.k8s.io/v1', rv: version, start: after })).toString(
    'base64url',
  );
}

function untoken(text: string): Start {
  try {
    const { rv, start } = Object(JSON.parse(Buffer.from(text, 'base64url').toString('utf8')));
    if (typeof rv === 'number' && typeof start === 'string') return { version: rv, after: start };
  } catch {
    // It is none of ours, as below.
  }
  throw badRequest('continue key is not valid');
}
