import { readAccess } from './form/access.ts';
import { type OpenRequestFact, placesOf, readName, refusePlaces, refuseTenantName } from './form/place.ts';
import { readPorts } from './form/ports.ts';
import type { Refusal } from './form/refusal.ts';
import { readSize } from './form/size.ts';
import { readLabels, readTexts } from './form/texts.ts';
import { type FormField, type FormValues, packedLimit, packFormValues } from './form/values.ts';
import type { Platform, TenantPlace } from './platform.ts';
import type { Policy } from './policy.ts';
import type { TenantRequest } from './tenant-request.ts';

export { formValuesSchema } from './form/values.ts';
export type { FormValues, Refusal };

/** What was typed, checked: all of a tenant request but who asks and its id. */
export type CheckedRequest = Omit<TenantRequest, 'id' | 'askedBy'>;

/** What the check has to go by; undefined stands for what is not known now. */
export interface RequestCheckFacts {
  readonly policy: Policy;
  readonly platform: Platform | undefined;
  readonly openRequests: readonly OpenRequestFact[] | undefined;
}

export type RequestCheck =
  | {
      readonly kind: 'ok';
      readonly request: CheckedRequest;
      /** Where the tenant stands already; the request adds to it. */
      readonly adds: readonly TenantPlace[];
      /** What could not be checked. */
      readonly unknown: readonly ('platform' | 'open-requests')[];
    }
  | { readonly kind: 'refused'; readonly refusals: readonly Refusal[] };

/**
 * Checks what was put into the form; the form and the job ask the same function.
 * @returns the request, or every refusal at once, each at its field.
 */
export function checkRequest(values: FormValues, facts: RequestCheckFacts): RequestCheck {
  const { policy, platform, openRequests } = facts;
  const name = readName(values);
  const clouds = chosen(values.clouds);
  const environments = chosen(values.environments);
  const size = readSize(values, policy);
  const access = readAccess(values, environments, policy);
  const texts = readTexts(values);
  const ports = readPorts(values.ports);
  const labels = readLabels(values, policy);
  const refusals = [
    ...refuseTenantName(name, policy, platform, openRequests),
    ...refuseTemplates(platform),
    ...refusePlaces(name, clouds, environments, platform),
    ...[size, access, texts, ports, labels].flatMap((part) => part.refusals),
  ];
  const crowded = refusals.length > 0 ? undefined : refuseCrowd(values);
  if (crowded !== undefined || refusals.length > 0) {
    return { kind: 'refused', refusals: crowded === undefined ? refusals : [crowded] };
  }
  return {
    kind: 'ok',
    request: {
      name,
      clouds,
      environments,
      size: size.size,
      access: access.access,
      ...texts.texts,
      reach: {
        sameNamespace: values.reach.includes('same-namespace'),
        ingress: values.reach.includes('ingress'),
        ports: ports.ports,
      },
      labels: labels.labels,
    },
    adds: placesOf(name, platform),
    unknown: [
      ...(platform === undefined ? (['platform'] as const) : []),
      ...(openRequests === undefined ? (['open-requests'] as const) : []),
    ],
  };
}

/** What the platform repository's own templates have wrong, nobody can be given. */
function refuseTemplates(platform: Platform | undefined): readonly Refusal[] {
  const problems = platform?.templates?.problems ?? [];
  const [first] = problems;
  return first === undefined
    ? []
    : [{ field: 'name', code: 'template-mistake', ...first, all: problems.length }];
}

/** Names once each, sorted: the order of clicks must not change titles or files. */
function chosen(names: readonly string[]): readonly string[] {
  return [...new Set(names.map((name) => name.trim()).filter((name) => name !== ''))].sort();
}

/** Slack keeps what was typed while the preview is open, up to a limit; the longest text gives way. */
function refuseCrowd(values: FormValues): Refusal | undefined {
  const excess = packFormValues(values).length - packedLimit;
  if (excess <= 0) return undefined;
  const texts = ['purpose', 'ports', 'contact', 'owner'] as const;
  const field: FormField = texts.reduce((longest, one) =>
    values[one].length > values[longest].length ? one : longest,
  );
  return { field, code: 'too-much-together', excess };
}
