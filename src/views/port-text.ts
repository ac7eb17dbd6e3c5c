import type { Refusal } from '../domain/form/refusal.ts';
import { clip } from './clip.ts';

type PortRefusal = Extract<Refusal, { readonly code: 'port-line' | 'too-many-ports' }>;

const advice = {
  form: 'write it like "8080 from namespace monitoring", "5432 from 10.0.0.0/8" or "9000 from anywhere".',
  port: 'a port is a number from 1 to 65535.',
  namespace: "the namespace's name can hold lower-case letters, digits and dashes only.",
  cidr: 'write the network like 10.0.0.0/8 or fd00::/8.',
  'host-bits': 'the address goes on behind the prefix; write where the network begins, such as 10.0.0.0/8.',
} as const;

/** What is wrong with the further ports. */
export function portText(refusal: PortRefusal): string {
  if (refusal.code === 'too-many-ports')
    return `At most ${refusal.maximum} lines fit here. Please take some out.`;
  return `Line ${refusal.line}, "${clip(refusal.text, 40)}": ${advice[refusal.fault]}`;
}
