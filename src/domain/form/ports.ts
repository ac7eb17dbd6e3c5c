import { z } from 'zod';
import { isDnsLabel } from '../names.ts';
import type { PortRule, PortSource } from '../tenant-request.ts';
import { cleanLines } from './clean-text.ts';
import type { PortFault, Refusal } from './refusal.ts';
import { fieldLimits, mostPorts } from './values.ts';

const line = /^(\d{1,9})(?:\/tcp)?\s+from\s+(?:(anywhere)|namespace\s+(\S+)|(\S*[./:]\S*))$/i;
const cidr = z.union([z.cidrv4(), z.cidrv6()]);

/**
 * Reads the further ports, one a line: `8080 from namespace monitoring`, `5432 from 10.0.0.0/8`,
 * `9000 from anywhere`. A line that stands twice counts once.
 */
export function readPorts(text: string): {
  readonly ports: readonly PortRule[];
  readonly refusals: readonly Refusal[];
} {
  if (text.length > fieldLimits.ports) {
    const tooLong = {
      field: 'ports',
      code: 'text-too-long',
      maximum: fieldLimits.ports,
      length: text.length,
    } as const;
    return { ports: [], refusals: [tooLong] };
  }
  const ports = new Map<string, PortRule>();
  const refusals: Refusal[] = [];
  for (const [index, raw] of cleanLines(text).split('\n').entries()) {
    const trimmed = raw.trim();
    if (trimmed === '') continue;
    const read = readLine(trimmed);
    if (typeof read === 'string')
      refusals.push({ field: 'ports', code: 'port-line', line: index + 1, text: trimmed, fault: read });
    else ports.set(JSON.stringify(read), read);
  }
  if (ports.size + refusals.length > mostPorts)
    refusals.unshift({ field: 'ports', code: 'too-many-ports', maximum: mostPorts });
  return { ports: [...ports.values()], refusals };
}

function readLine(text: string): PortRule | PortFault {
  const match = line.exec(text);
  if (match === null) return 'form';
  const [, digits, anywhere, namespace, network] = match;
  const port = Number(digits);
  if (port < 1 || port > 65_535) return 'port';
  const from = readSource(anywhere, namespace, network);
  return typeof from === 'string' ? from : { port, from };
}

function readSource(anywhere?: string, namespace?: string, network = ''): PortSource | PortFault {
  if (anywhere !== undefined) return { kind: 'anywhere' };
  if (namespace !== undefined)
    return isDnsLabel(namespace) ? { kind: 'namespace', name: namespace } : 'namespace';
  if (!cidr.safeParse(network).success) return 'cidr';
  return hasHostBits(network) ? 'host-bits' : { kind: 'cidr', cidr: network };
}

/** Whether an IPv4 network has bits set behind its prefix, as `10.1.2.3/8` has; Kubernetes warns of those. */
function hasHostBits(network: string): boolean {
  const [address = '', prefix = ''] = network.split('/');
  if (address.includes(':')) return false;
  const bits = address.split('.').reduce((sum, part) => sum * 256 + Number(part), 0);
  return bits % 2 ** (32 - Number(prefix)) !== 0;
}
