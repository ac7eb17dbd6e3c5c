import { z } from 'zod';
import { redeliver } from '../events.ts';
import { type Ctx, notFound, ok, type Reply, type Route } from '../route.ts';
import type { HookDelivery } from '../types.ts';

/** The App's own webhook. https://docs.github.com/rest/apps/webhooks */
export const hookRoutes: readonly Route[] = [
  { method: 'GET', path: '/app/hook/config', for: 'app', handler: getConfig },
  { method: 'PATCH', path: '/app/hook/config', for: 'app', handler: patchConfig },
  { method: 'GET', path: '/app/hook/deliveries', for: 'app', handler: listDeliveries },
  { method: 'GET', path: '/app/hook/deliveries/:delivery_id', for: 'app', handler: getDelivery },
  { method: 'POST', path: '/app/hook/deliveries/:delivery_id/attempts', for: 'app', handler: redeliverOne },
];

function getConfig(ctx: Ctx): Reply {
  const { webhookUrl } = ctx.state.app;
  return ok({
    content_type: 'json',
    insecure_ssl: '0',
    secret: '********',
    ...(webhookUrl === undefined ? {} : { url: webhookUrl }),
  });
}

const config = z.object({ url: z.string().optional() });

/** The secret is the sandbox's to give, so only the address can be changed. */
function patchConfig(ctx: Ctx): Reply {
  const { url } = ctx.parse(config);
  if (url !== undefined) ctx.state.app.webhookUrl = url;
  return getConfig(ctx);
}

function renderItem(ctx: Ctx, delivery: HookDelivery) {
  return {
    id: delivery.id,
    guid: delivery.guid,
    delivered_at: delivery.deliveredAt,
    redelivery: delivery.redelivery,
    duration: delivery.duration,
    status: delivery.status,
    status_code: delivery.statusCode,
    event: delivery.event,
    action: delivery.action,
    installation_id: ctx.state.app.installationId,
    repository_id: ctx.state.repo.id,
    throttled_at: null,
  };
}

/** Newest first, by cursor: the next page's is in the `Link` header. */
function listDeliveries(ctx: Ctx): Reply {
  const { query } = ctx;
  const perPage = Math.min(100, Math.max(1, Number(query.get('per_page') ?? 30) || 30));
  const cursor = /^v1_(\d+)$/.exec(query.get('cursor') ?? '')?.[1];
  const before = cursor === undefined ? Number.POSITIVE_INFINITY : Number(cursor);
  const status = query.get('status');
  const all = [...ctx.state.deliveries.values()]
    .toSorted((one, other) => other.id - one.id)
    .filter((each) => each.id < before)
    .filter((each) => status === null || (status === 'success') === each.statusCode < 400);
  const shown = all.slice(0, perPage);
  const last = shown.at(-1);
  const body = shown.map((each) => renderItem(ctx, each));
  if (!last || all.length <= perPage) return ok(body);
  const next = new URL(ctx.world.urls.api() + ctx.url);
  next.searchParams.set('cursor', `v1_${last.id}`);
  return ok(body, { link: `<${next.href}>; rel="next"` });
}

function deliveryOf(ctx: Ctx): HookDelivery {
  const delivery = ctx.state.deliveries.get(ctx.number('delivery_id'));
  if (!delivery) throw notFound();
  return delivery;
}

function getDelivery(ctx: Ctx): Reply {
  const delivery = deliveryOf(ctx);
  return ok({
    ...renderItem(ctx, delivery),
    url: delivery.url,
    request: { headers: delivery.request.headers, payload: JSON.parse(delivery.request.payload) },
    response: { headers: delivery.response.headers, payload: delivery.response.payload },
  });
}

function redeliverOne(ctx: Ctx): Reply {
  redeliver(ctx.world, deliveryOf(ctx));
  return { status: 202, body: {} };
}
