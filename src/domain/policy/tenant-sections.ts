import { z } from 'zod';
import { isLabelKey, isLabelValue } from '../names.ts';
import { parseQuantity, quantityFault } from '../quantity.ts';
import { levelName } from './layout-sections.ts';

const notQuantity = 'must be a Kubernetes quantity such as 500m or 1Gi';

/** A quantity as text; a bare number, as YAML reads `cpu: 2`, is one too. */
const quantity = z
  .union([z.string(), z.number()], { error: notQuantity })
  .transform(String)
  .refine((text) => parseQuantity(text) !== undefined, notQuantity);
const cpu = quantity.refine(
  (text) => quantityFault(text, 'cpu') === undefined,
  'must be above zero, in whole thousandths (1m)',
);
const memory = quantity.refine(
  (text) => quantityFault(text, 'memory') === undefined,
  'must be above zero, in whole bytes',
);

const compute = z.strictObject({
  requestsMemory: memory.describe('requests.memory of the quota, such as 1Gi.'),
  limitsMemory: memory.describe('limits.memory of the quota, such as 1Gi.'),
  requestsCpu: cpu.describe('requests.cpu of the quota, such as 1000m.'),
  limitsCpu: cpu.describe('limits.cpu of the quota, such as 1000m.'),
});

export const sizesSection = z
  .strictObject({
    default: z.string().default('small').describe('Size that the form proposes; a key of sizes.named.'),
    named: z
      .record(levelName, compute)
      .default({
        small: { requestsMemory: '1Gi', limitsMemory: '1Gi', requestsCpu: '1000m', limitsCpu: '1000m' },
        medium: { requestsMemory: '5Gi', limitsMemory: '10Gi', requestsCpu: '2000m', limitsCpu: '5000m' },
        large: { requestsMemory: '10Gi', limitsMemory: '20Gi', requestsCpu: '4000m', limitsCpu: '10000m' },
      })
      .describe('The sizes to choose from, each a compute quota.'),
    maximum: compute
      .default({ requestsMemory: '32Gi', limitsMemory: '64Gi', requestsCpu: '16000m', limitsCpu: '32000m' })
      .describe('The most that a tenant can ask for with own figures.'),
  })
  .prefault({})
  .describe("How much a tenant's pods may use together.");

const perContainer = (cpuDefault: string, memoryDefault: string) =>
  z.strictObject({ cpu: cpu.default(cpuDefault), memory: memory.default(memoryDefault) }).prefault({});

export const containersSection = z
  .strictObject({
    limits: perContainer('100m', '100Mi').describe('Limits of a container that names none.'),
    requests: perContainer('50m', '50Mi').describe('Requests of a container that names none.'),
  })
  .prefault({})
  .describe('The limit range: what a container gets that says nothing.');

export const objectsSection = z
  .record(
    z.string().regex(/^[a-z0-9]([a-z0-9./-]{0,200}[a-z0-9])?$/),
    z.union([z.int().nonnegative(), quantity]),
  )
  .default({
    configmaps: 20,
    persistentvolumeclaims: 0,
    replicationcontrollers: 20,
    'requests.storage': '0Gi',
    resourcequotas: 20,
    secrets: 20,
    services: 20,
    pods: 20,
    'services.loadbalancers': 0,
    'services.nodeports': 0,
  })
  .describe('The objects quota: how many objects of each kind, in the order in which they are written.');

export const accessSection = z
  .strictObject({
    roles: z
      .record(
        levelName,
        z.string().regex(/^[a-z0-9]([a-z0-9.:-]{0,250}[a-z0-9])?$/, 'must be the name of a ClusterRole'),
      )
      .refine((roles) => Object.keys(roles).length > 0, 'needs at least one level')
      .default({ admin: 'namespace-admin', reader: 'namespace-reader' })
      .describe('Level of access -> ClusterRole that it binds.'),
    default: levelName.default('reader').describe('Level proposed in environments that are not listed.'),
    groups: z
      .array(
        z.strictObject({
          name: z
            .string()
            .regex(
              /^[\p{L}\p{N}][\p{L}\p{N}\p{M}:_./@ -]{0,148}$/u,
              "must be a group's name of at most 149 plain characters",
            )
            .describe("The group as the clusters' RBAC knows it."),
          title: z.string().min(1).max(75).optional().describe('What the form calls it.'),
        }),
      )
      .max(100)
      .default([])
      .describe("Groups that can get access besides the tenant's service account."),
  })
  .prefault({})
  .describe('Who gets what in a tenant.');

export const ingressSection = z
  .strictObject({
    selector: z
      .record(
        z.string().refine(isLabelKey, "must be a label's key"),
        z.string().refine(isLabelValue, "must be a label's value"),
      )
      .refine(
        (labels) => Object.keys(labels).length > 0,
        'needs a label; an empty selector would let every namespace in',
      )
      .default({ 'app.kubernetes.io/name': 'ingress-nginx' })
      .describe("Labels of the ingress controller's namespace."),
  })
  .prefault({})
  .describe('The ingress controller that may reach a tenant.');
