import { z } from 'zod';

import { convertTo, toHub } from '../convert.ts';
import { below, type Fields, isFields, type KubeObject, type Manifest } from '../objects.ts';
import { badRequest, conflict, invalid, notFound, StatusError } from '../status.ts';
import type { Store } from '../store.ts';
import { jsonPatch, mergePatch, operationsOf, PatchFailure } from './json-patch.ts';
import type { Place } from './route.ts';

const patched = z.looseObject({
  metadata: z.looseObject({
    name: z.string(),
    namespace: z.string().optional(),
    resourceVersion: z.string().optional(),
    labels: z.record(z.string(), z.string()).optional(),
    annotations: z.record(z.string(), z.string()).optional(),
  }),
});

interface Patch {
  readonly contentType: string;
  readonly body: unknown;
  readonly dryRun: boolean;
}

/**
 * Changes one object as the patch says. Its status changes only through the subresource, which changes nothing else.
 *
 * @throws StatusError 404, 409 (another resource version than the patch names), 415, 422.
 */
export function patchObject(store: Store, place: Place, { contentType, body, dryRun }: Patch): KubeObject {
  const { resource, version, namespace = '', name = '' } = place;
  const before = store.get(resource.plural, namespace, name);
  if (!before) throw notFound(resource, name);
  const seen = convertTo(before, resource, version);
  const result = patched.safeParse(applied(place, seen, contentType, body));
  if (!result.success) throw invalid(resource, name, String(result.error.issues[0]?.message));
  const { metadata } = result.data;
  if (metadata.resourceVersion !== undefined && metadata.resourceVersion !== before.metadata.resourceVersion)
    throw conflict(resource, name);
  if (metadata.name !== name || (metadata.namespace ?? '') !== namespace)
    throw badRequest('the name of the object does not match the name on the URL');
  const next = written(place, before, seen, result.data);
  return dryRun ? next : store.replace(resource.plural, next);
}

function applied(place: Place, seen: Fields, contentType: string, body: unknown): unknown {
  const [type = ''] = contentType.split(';');
  try {
    if (type === 'application/merge-patch+json') return mergePatch(seen, body);
    if (type === 'application/json-patch+json') {
      const steps = operationsOf(body);
      if (!steps) throw badRequest('the patch is no list of operations');
      return jsonPatch(seen, steps);
    }
  } catch (error) {
    if (!(error instanceof PatchFailure)) throw error;
    throw invalid(place.resource, place.name ?? '', error.message);
  }
  throw new StatusError(
    415,
    'UnsupportedMediaType',
    'the body of the request was in an unknown format - accepted media types include: application/json-patch+json, application/merge-patch+json',
  );
}

/** What a patch leaves alone is not converted, so nothing of it can be lost on the way. */
function written(place: Place, before: KubeObject, seen: Fields, after: Fields): KubeObject {
  if (place.subresource === 'status') {
    const status = after['status'];
    return isFields(status) ? { ...before, status } : before;
  }
  const { labels, annotations } = below(after, 'metadata');
  const { labels: _labels, annotations: _annotations, ...metadata } = before.metadata;
  return {
    ...before,
    ...(after['spec'] === seen['spec'] ? {} : { spec: hubSpec(place, after) }),
    metadata: {
      ...metadata,
      ...(isStrings(labels) ? { labels } : {}),
      ...(isStrings(annotations) ? { annotations } : {}),
    },
  };
}

function hubSpec({ resource, version, name = '' }: Place, after: Fields): Fields {
  const manifest: Manifest = {
    apiVersion: `${resource.group}/${version}`,
    kind: resource.kind,
    metadata: { name },
    spec: below(after, 'spec'),
  };
  return below(toHub(manifest, resource), 'spec');
}

function isStrings(value: unknown): value is Readonly<Record<string, string>> {
  return isFields(value) && Object.values(value).every((each) => typeof each === 'string');
}
