import type { ComputeQuota } from '../../domain/tenant-request.ts';

/** A size with its figures: `small: CPU 1000m, memory 1Gi`, requests before limits where they differ. */
export function sizeTitle(name: string, compute: ComputeQuota): string {
  const cpu = span(compute.requestsCpu, compute.limitsCpu);
  const memory = span(compute.requestsMemory, compute.limitsMemory);
  return `${name}: CPU ${cpu}, memory ${memory}`;
}

function span(requests: string, limits: string): string {
  return requests === limits ? limits : `${requests} to ${limits}`;
}
