import { parse } from 'yaml';
import { z } from 'zod';
import { allowPortManifest, writeManifest } from '../manifests.ts';
import { canonicalJson } from '../platform/canonical.ts';
import type { PortRule, PortSource } from '../tenant-request.ts';
import type { TenantFolder } from './tenant-texts.ts';
import { yamlObjects } from './yaml-objects.ts';

/** A file that opens one TCP port as the form would, and nothing else. */
export interface PortPolicy {
  readonly path: string;
  readonly port: number;
  readonly rules: readonly PortRule[];
  /** Whether its text is exactly what the form would write, so that writing it anew loses nothing. */
  readonly isPlain: boolean;
}

const label = 'kubernetes.io/metadata.name';
const source = z.union([
  z.strictObject({ ipBlock: z.strictObject({ cidr: z.string() }) }),
  z.strictObject({
    namespaceSelector: z.strictObject({ matchLabels: z.strictObject({ [label]: z.string() }) }),
  }),
]);
const shape = z.object({
  kind: z.literal('NetworkPolicy'),
  spec: z.object({
    ingress: z.tuple([
      z.object({
        from: z.array(source).min(1).optional(),
        ports: z.tuple([z.object({ port: z.int().min(1).max(65_535) })]),
      }),
    ]),
  }),
});

/** The files of a folder that open further ports; what the form could not have written is none of them. */
export function portPolicies(tenant: string, { texts }: TenantFolder): readonly PortPolicy[] {
  return [...texts].flatMap(([path, text]) => {
    const file = yamlObjects(text);
    if (file.kind === 'unreadable' || file.objects.length !== 1) return [];
    const value: unknown = parse(text);
    const read = shape.safeParse(value);
    if (!read.success) return [];
    const [rule] = read.data.spec.ingress;
    const [{ port }] = rule.ports;
    const rules = (rule.from ?? [undefined]).map((from): PortRule => ({ port, from: sourceOf(from) }));
    const manifest = allowPortManifest({ name: tenant }, port, rules);
    if (canonicalJson(value) !== canonicalJson(manifest)) return [];
    return [{ path, port, rules, isPlain: text === writeManifest(manifest) }];
  });
}

function sourceOf(from: z.output<typeof source> | undefined): PortSource {
  if (from === undefined) return { kind: 'anywhere' };
  if ('ipBlock' in from) return { kind: 'cidr', cidr: from.ipBlock.cidr };
  return { kind: 'namespace', name: from.namespaceSelector.matchLabels[label] };
}

/** Rules as the form's lines: `8080 from namespace monitoring`. */
export function portLines(rules: readonly PortRule[]): string {
  return rules
    .map(({ port, from }) => {
      if (from.kind === 'anywhere') return `${port} from anywhere`;
      return from.kind === 'cidr' ? `${port} from ${from.cidr}` : `${port} from namespace ${from.name}`;
    })
    .join('\n');
}
