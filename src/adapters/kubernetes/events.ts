import { z } from 'zod';
import type { ClusterEvent, FluxObjectName } from '../../../jobs/rollout/fleet-port.ts';
import type { Connection } from './connection.ts';
import { understand } from './list.ts';

const MOST = 200;

const eventList = z.object({
  items: z.array(
    z.object({
      type: z.string().nullish(),
      reason: z.string().nullish(),
      message: z.string().nullish(),
      count: z.number().nullish(),
      lastTimestamp: z.string().nullish(),
      eventTime: z.string().nullish(),
      firstTimestamp: z.string().nullish(),
    }),
  ),
});

const kinds = {
  source: 'GitRepository',
  kustomization: 'Kustomization',
  'helm-release': 'HelmRelease',
} as const satisfies Record<FluxObjectName['kind'], string>;

/** The events about one object, newest first; a cluster keeps them for about an hour. */
export async function readEvents(
  connection: Connection,
  { kind, id }: FluxObjectName,
): Promise<readonly ClusterEvent[]> {
  const [namespace = '', name = ''] = id.split('/');
  const path = `/api/v1/namespaces/${encodeURIComponent(namespace)}/events`;
  const fieldSelector = `involvedObject.kind=${kinds[kind]},involvedObject.name=${name}`;
  const raw = await connection.get(`read the events of ${id}`, path, { fieldSelector, limit: MOST });
  const { items } = understand(path, () => eventList.parse(raw));
  return items
    .map((each) => ({
      at: Date.parse(each.lastTimestamp ?? each.eventTime ?? each.firstTimestamp ?? '') || 0,
      isWarning: each.type === 'Warning',
      reason: each.reason ?? '',
      message: each.message ?? '',
      count: each.count ?? 1,
    }))
    .toSorted((a, b) => b.at - a.at);
}
