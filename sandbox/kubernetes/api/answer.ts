import type { IncomingMessage } from 'node:http';

import type { ManagementCluster } from '../cluster.ts';
import { convertTo } from '../convert.ts';
import { forbidden, noSuchPath, notFound, StatusError, unauthorized } from '../status.ts';
import { discovery } from './discovery.ts';
import { type Convert, listOf, pageOf, watchStart } from './list.ts';
import { patchObject } from './patch.ts';
import type { Account, Verb } from './rights.ts';
import { type Named, namedBy, type Place, placeOf } from './route.ts';
import { chosenBy } from './selectors.ts';
import { table, wantsTable } from './table.ts';
import type { WatchOptions } from './watch.ts';

export interface Question {
  readonly method: string;
  readonly path: string;
  readonly query: URLSearchParams;
  readonly headers: IncomingMessage['headers'];
  /** Parsed JSON, if there was a body. */
  readonly body: unknown;
}

export type Answer =
  | {
      readonly kind: 'json';
      readonly status: number;
      readonly body: unknown;
      readonly headers?: Readonly<Record<string, string>>;
      /** Whether this is a failure of a watch, which may as well be told within its stream. */
      readonly inStream?: boolean;
    }
  | { readonly kind: 'watch'; readonly options: WatchOptions };

export interface Timing {
  /** Milliseconds between two bookmarks of a watch. */
  readonly bookmarkMs: number;
}

/**
 * What the cluster's API answers; refusals are answers too.
 *
 * @param account who asks; nobody knows who it is when it is undefined.
 */
export function answer(
  cluster: ManagementCluster,
  question: Question,
  account: Account | undefined,
  timing: Timing,
): Answer {
  try {
    if (!account) throw unauthorized();
    return answered(cluster, question, account, timing);
  } catch (error) {
    if (!(error instanceof StatusError)) throw error;
    const inStream = ['true', '1'].includes(question.query.get('watch') ?? '');
    return { kind: 'json', status: error.code, body: error.body(), headers: error.headers, inStream };
  }
}

function answered(cluster: ManagementCluster, question: Question, account: Account, timing: Timing): Answer {
  const { method, path, query } = question;
  const found =
    method === 'GET' ? discovery(cluster.installed, path, question.headers.host ?? '') : undefined;
  if (found) return ok(found);
  const named = namedBy(path);
  if (!named) throw noSuchPath();
  const verb = verbOf(question, named);
  allow(account, verb, named);
  const place = placeOf(cluster.installed, named);
  if (!place) throw noSuchPath();
  const { resource, version } = place;
  const rows = wantsTable(question.headers.accept);
  const convert: Convert = (object) =>
    rows ? table(resource.plural, [object], {}, cluster.store.now()) : convertTo(object, resource, version);
  switch (verb) {
    case 'list': {
      const page = pageOf(cluster.store, place, query);
      return ok(
        rows
          ? table(resource.plural, page.items, page.metadata, cluster.store.now())
          : listOf(place, page, convert),
      );
    }
    case 'watch':
      return { kind: 'watch', options: watchOptions(cluster, place, query, convert, timing) };
    case 'get':
      return ok(convert(one(cluster, place)));
    case 'patch': {
      const contentType = question.headers['content-type'] ?? '';
      const dryRun = query.get('dryRun') === 'All';
      return ok(convert(patchObject(cluster.store, place, { contentType, body: question.body, dryRun })));
    }
  }
}

function one({ store }: ManagementCluster, { resource, namespace = '', name = '' }: Place) {
  const object = store.get(resource.plural, namespace, name);
  if (!object) throw notFound(resource, name);
  return object;
}

function ok(body: unknown): Answer {
  return { kind: 'json', status: 200, body };
}

function verbOf({ method, query }: Question, { name }: Named): Verb {
  if (method === 'PATCH' && name !== undefined) return 'patch';
  if (method !== 'GET')
    throw new StatusError(
      405,
      'MethodNotAllowed',
      'the server does not allow this method on the requested resource',
    );
  if (['true', '1'].includes(query.get('watch') ?? '')) return 'watch';
  return name === undefined ? 'list' : 'get';
}

/** Kubernetes asks for the right before it looks whether there is such a thing. */
function allow(account: Account, verb: Verb, { group, plural, namespace, subresource }: Named): void {
  const whole = subresource === undefined ? plural : `${plural}/${subresource}`;
  if (!account.may(verb, whole)) throw forbidden(account.user, verb, { group, plural: whole }, namespace);
}

const HALF_AN_HOUR_S = 1_800;

function watchOptions(
  cluster: ManagementCluster,
  place: Place,
  query: URLSearchParams,
  convert: Convert,
  { bookmarkMs }: Timing,
): WatchOptions {
  const { resource, version, namespace } = place;
  const seconds = Number(query.get('timeoutSeconds') ?? HALF_AN_HOUR_S);
  const bookmarks = ['true', '1'].includes(query.get('allowWatchBookmarks') ?? '');
  return {
    store: cluster.store,
    resource,
    apiVersion: resource.group === '' ? version : `${resource.group}/${version}`,
    namespace,
    chosen: namedOnly(place, chosenBy(resource.plural, query)),
    convert,
    start: watchStart(cluster.store, place, query),
    bookmarks,
    initial: bookmarks && query.get('sendInitialEvents') === 'true',
    bookmarkMs,
    timeoutMs: (Number.isFinite(seconds) && seconds > 0 ? seconds : HALF_AN_HOUR_S) * 1_000,
  };
}

function namedOnly({ name }: Place, chosen: ReturnType<typeof chosenBy>): ReturnType<typeof chosenBy> {
  return name === undefined ? chosen : (object) => object.metadata.name === name && chosen(object);
}
