import type { Platform } from '../platform.ts';
import type { Policy } from '../policy.ts';
import { type FormValues, fieldLimits } from './values.ts';

/** What the form shows when it opens: the name from the command, the policy's proposals, a cloud that is the only one. */
export function initialFormValues(name: string, policy: Policy, platform: Platform | undefined): FormValues {
  const [cloud, ...others] = platform?.clouds ?? [];
  return {
    name: name.trim().slice(0, fieldLimits.name),
    clouds: cloud !== undefined && others.length === 0 ? [cloud.name] : [],
    environments: [],
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
