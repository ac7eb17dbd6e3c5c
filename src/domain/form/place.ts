import { refuseName } from '../names.ts';
import type { Platform, TenantPlace } from '../platform.ts';
import type { Policy } from '../policy.ts';
import type { Place, Refusal } from './refusal.ts';
import type { FormValues } from './values.ts';

export interface OpenRequestFact {
  readonly name: string;
  readonly url: string;
  readonly number: number;
}

/** The name as it is meant: without spaces around it. Nothing else is changed behind a person's back. */
export function readName(values: FormValues): string {
  return values.name.trim();
}

/** Refusals of the name alone: its form, the policy's rules, what is taken, a request that is open for it. */
export function refuseTenantName(
  name: string,
  policy: Policy,
  platform: Platform | undefined,
  open: readonly OpenRequestFact[] | undefined,
): readonly Refusal[] {
  const refusal = refuseName(name, policy.names, platform);
  if (refusal !== undefined) return [{ ...refusal, field: 'name' }];
  const other = open?.find((request) => request.name === name);
  return other === undefined
    ? []
    : [{ field: 'name', code: 'request-open', url: other.url, number: other.number }];
}

/** Refusals of where the tenant is to stand. Without the platform's facts only that something was chosen. */
export function refusePlaces(
  name: string,
  clouds: readonly string[],
  environments: readonly string[],
  platform: Platform | undefined,
): readonly Refusal[] {
  const refusals: Refusal[] = [];
  if (clouds.length === 0) refusals.push({ field: 'clouds', code: 'none-chosen' });
  if (environments.length === 0) refusals.push({ field: 'environments', code: 'none-chosen' });
  if (platform === undefined) return refusals;
  for (const cloud of clouds) {
    const known = platform.clouds.find((one) => one.name === cloud)?.environments;
    if (known === undefined) {
      refusals.push({
        field: 'clouds',
        code: 'unknown-choice',
        choice: cloud,
        known: platform.clouds.map((one) => one.name),
      });
      continue;
    }
    const environment = environments.find((one) => !known.includes(one));
    if (environment !== undefined) {
      refusals.push({ field: 'environments', code: 'environment-unknown', cloud, environment, known });
    }
  }
  return refusals.length > 0 ? refusals : refuseStanding(name, clouds, environments, platform);
}

function refuseStanding(
  name: string,
  clouds: readonly string[],
  environments: readonly string[],
  platform: Platform,
): readonly Refusal[] {
  const stands = ({ cloud, environment }: Place) =>
    platform.tenants.some((one) => one.tenant === name && one.cloud === cloud && one.folder === environment);
  const places = clouds
    .flatMap((cloud) => environments.map((environment) => ({ cloud, environment })))
    .filter(stands);
  if (places.length === 0) return [];
  const free = platform.clouds
    .flatMap((cloud) => cloud.environments.map((environment) => ({ cloud: cloud.name, environment })))
    .filter((place) => !stands(place));
  return [{ field: 'environments', code: 'tenant-exists', name, places, free }];
}

/** Where a tenant of this name stands already. */
export function placesOf(name: string, platform: Platform | undefined): readonly TenantPlace[] {
  return platform?.tenants.filter(({ tenant }) => tenant === name) ?? [];
}
