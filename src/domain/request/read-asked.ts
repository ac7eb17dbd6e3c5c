import { z } from 'zod';
import { ownSize } from '../form/size.ts';
import { type FormValues, quantityFields } from '../form/values.ts';
import { itemsOf, readDocuments } from '../platform/documents.ts';
import type { Policy } from '../policy.ts';
import { compareAmounts, parseQuantity } from '../quantity.ts';
import type { ComputeQuota } from '../tenant-request.ts';
import { type TenantFolderFile, tenantFolderFile } from './tenant-folder-file.ts';

/** What was written in words, as far as the pull request's text tells. */
export type AskedWords = Pick<FormValues, 'owner' | 'contact' | 'purpose'>;

export interface AskedFacts {
  readonly name: string;
  /** Path -> text: the files of the tenant at the head of the request's branch. */
  readonly files: ReadonlyMap<string, string>;
  /** Those of them that the request brings; the others stood before. */
  readonly brought: ReadonlySet<string>;
  /** What the Namespace's annotations do not keep. */
  readonly words: AskedWords;
}

/**
 * What a request asks for, as its branch has it now: whatever a reviewer pushed to the branch counts as asked. Where
 * clouds or environments differ in what the form has one field for, the first one is read.
 */
export function readAsked({ name, files, brought, words }: AskedFacts, policy: Policy): FormValues {
  const places = [...files.keys()].flatMap((path) => tenantFolderFile(path, name, policy.layout) ?? []);
  const own = places.filter(({ path }) => brought.has(path));
  const objects = places.flatMap((place) => readObjects(place, files.get(place.path) ?? ''));
  const environments = unique(
    own.map(({ folder }) => folder).filter((folder) => folder !== policy.layout.shared),
  );
  return {
    name,
    clouds: unique(own.map(({ cloud }) => cloud)),
    environments,
    ...readQuota(objects, policy),
    ...readBindings(objects, name, environments, policy),
    ...readNamespace(objects, words, policy),
    ...readReach(objects),
  };
}

const object = z.looseObject({
  kind: z.string(),
  metadata: z.looseObject({
    name: z.string(),
    labels: z.record(z.string(), z.unknown()).nullish(),
    annotations: z.record(z.string(), z.unknown()).nullish(),
  }),
  spec: z.unknown().optional(),
});

type Found = z.output<typeof object> & { readonly place: TenantFolderFile };

function readObjects(place: TenantFolderFile, text: string): readonly Found[] {
  return itemsOf(readDocuments(text).documents).flatMap((item) => {
    const read = object.safeParse(item);
    return read.success ? [{ ...read.data, place }] : [];
  });
}

function find(objects: readonly Found[], kind: string, name: string): Found | undefined {
  return objects.find((each) => each.kind === kind && each.metadata.name === name);
}

const scalar = z.union([z.string(), z.number().transform(String)]);
const hard = z.object({
  hard: z.object({
    'requests.memory': scalar,
    'limits.memory': scalar,
    'requests.cpu': scalar,
    'limits.cpu': scalar,
  }),
});

type SizeValues = Pick<FormValues, 'size' | (typeof quantityFields)[number]>;

function readQuota(objects: readonly Found[], policy: Policy): SizeValues {
  const none = { size: '', requestsMemory: '', limitsMemory: '', requestsCpu: '', limitsCpu: '' };
  const read = hard.safeParse(find(objects, 'ResourceQuota', 'compute')?.spec).data?.hard;
  // A request for a further environment of a tenant that stands may bring no quota; its size has no effect then.
  if (read === undefined) return { ...none, size: policy.sizes.default };
  const compute: ComputeQuota = {
    requestsMemory: read['requests.memory'],
    limitsMemory: read['limits.memory'],
    requestsCpu: read['requests.cpu'],
    limitsCpu: read['limits.cpu'],
  };
  const named = Object.entries(policy.sizes.named).find(([, figures]) => isSame(compute, figures));
  return named === undefined ? { size: ownSize, ...compute } : { ...none, size: named[0] };
}

function isSame(one: ComputeQuota, other: ComputeQuota): boolean {
  return quantityFields.every((field) => {
    const [amount, second] = [parseQuantity(one[field]), parseQuantity(other[field])];
    return amount !== undefined && second !== undefined && compareAmounts(amount, second) === 0;
  });
}

const binding = z.looseObject({
  roleRef: z.object({ name: z.string() }),
  subjects: z.array(z.object({ kind: z.string(), name: z.string() })).nullish(),
});

function readBindings(
  objects: readonly Found[],
  name: string,
  environments: readonly string[],
  policy: Policy,
): Pick<FormValues, 'access' | 'groups'> {
  const access: Record<string, string> = {};
  const groups: Record<string, string[]> = {};
  for (const each of objects) {
    const { folder } = each.place;
    if (each.kind !== 'RoleBinding' || !environments.includes(folder) || access[folder] !== undefined)
      continue;
    const read = binding.safeParse(each).data;
    const level = Object.entries(policy.access.roles).find(
      ([key, role]) => role === read?.roleRef.name && each.metadata.name === `${name}-${key}`,
    )?.[0];
    if (read === undefined || level === undefined) continue;
    access[folder] = level;
    const members = (read.subjects ?? []).filter(({ kind }) => kind === 'Group').map((one) => one.name);
    if (members.length > 0) groups[folder] = members;
  }
  return { access, groups };
}

function readNamespace(
  objects: readonly Found[],
  words: AskedWords,
  policy: Policy,
): AskedWords & Pick<FormValues, 'labels'> {
  const { labels, annotations } = objects.find(({ kind }) => kind === 'Namespace')?.metadata ?? {};
  const kept = (field: keyof AskedWords) => {
    const key = policy.annotations[field];
    const text = key === undefined ? undefined : scalar.safeParse(annotations?.[key]).data;
    return text ?? words[field];
  };
  const asked = policy.labels.flatMap(({ key }) => {
    const text = scalar.safeParse(labels?.[key]).data;
    return text === undefined ? [] : [[key, text] as const];
  });
  return {
    owner: kept('owner'),
    contact: kept('contact'),
    purpose: kept('purpose'),
    labels: Object.fromEntries(asked),
  };
}

const from = z.union([
  z.object({ ipBlock: z.object({ cidr: z.string() }) }).transform(({ ipBlock }) => ipBlock.cidr),
  z
    .object({
      namespaceSelector: z.object({
        matchLabels: z.object({ 'kubernetes.io/metadata.name': z.string() }),
      }),
    })
    .transform((one) => `namespace ${one.namespaceSelector.matchLabels['kubernetes.io/metadata.name']}`),
]);
const portRules = z.object({
  ingress: z.array(
    z.object({ from: z.array(from).optional(), ports: z.array(z.object({ port: z.int() })).min(1) }),
  ),
});

function readReach(objects: readonly Found[]): Pick<FormValues, 'reach' | 'ports'> {
  const stands = (name: string) => find(objects, 'NetworkPolicy', name) !== undefined;
  const lines = objects
    .filter(({ kind, metadata }) => kind === 'NetworkPolicy' && /^allow-tcp-\d+$/.test(metadata.name))
    .flatMap(({ spec }) => portRules.safeParse(spec).data?.ingress ?? [])
    .flatMap((rule) =>
      rule.ports.flatMap(({ port }) => (rule.from ?? ['anywhere']).map((one) => `${port} from ${one}`)),
    );
  return {
    reach: [
      ...(stands('allow-same-namespace') ? (['same-namespace'] as const) : []),
      ...(stands('allow-ingress') ? (['ingress'] as const) : []),
    ],
    ports: unique(lines).join('\n'),
  };
}

function unique(texts: readonly string[]): string[] {
  return [...new Set(texts)].sort();
}
