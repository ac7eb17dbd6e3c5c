import type { Platform } from '../platform.ts';
import type { Policy } from '../policy.ts';
import type { FormValues } from './values.ts';

/** What a new form proposes: every environment, the policy's size, the reach that nearly everybody wants. */
export function firstValues(name: string, policy: Policy, platform: Platform): FormValues {
  const [cloud, ...others] = platform.clouds;
  return {
    name,
    clouds: cloud !== undefined && others.length === 0 ? [cloud.name] : [],
    environments: [...new Set(platform.clouds.flatMap(({ environments }) => environments))].sort(),
    size: policy.sizes.default,
    requestsMemory: '',
    limitsMemory: '',
    requestsCpu: '',
    limitsCpu: '',
    access: {},
    groups: {},
    owner: '',
    contact: '',
    reach: ['same-namespace', 'ingress'],
    ports: '',
    labels: {},
    purpose: '',
  };
}
