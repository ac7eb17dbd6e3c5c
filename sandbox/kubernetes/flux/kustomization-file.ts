import { parse } from 'yaml';
import { z } from 'zod';

const target = z.object({
  group: z.string().optional(),
  version: z.string().optional(),
  kind: z.string().optional(),
  name: z.string().optional(),
  namespace: z.string().optional(),
});

const labels = z.record(z.string(), z.string());

const file = z.looseObject({
  kind: z.enum(['Kustomization', 'Component']).default('Kustomization'),
  resources: z.array(z.string()).default([]),
  bases: z.array(z.string()).default([]),
  components: z.array(z.string()).default([]),
  namespace: z.string().optional(),
  namePrefix: z.string().optional(),
  nameSuffix: z.string().optional(),
  commonLabels: labels.default({}),
  commonAnnotations: labels.default({}),
  labels: z.array(z.object({ pairs: labels })).default([]),
  patches: z
    .array(z.object({ patch: z.string().optional(), path: z.string().optional(), target: target.optional() }))
    .default([]),
});

/** A kustomization file, as far as the sandbox follows it. */
export type KustomizationFile = z.infer<typeof file>;

/** Reads a kustomization file, or says what is wrong with it. */
export function kustomizationFile(text: string): KustomizationFile | string {
  try {
    const read = file.safeParse(parse(text) ?? {});
    if (read.success) return read.data;
    const [issue] = read.error.issues;
    return `${issue?.path.join('.')}: ${issue?.message}`;
  } catch (error) {
    return error instanceof Error ? (error.message.split('\n')[0] ?? error.message) : String(error);
  }
}
