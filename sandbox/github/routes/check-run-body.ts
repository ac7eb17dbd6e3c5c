import { z } from 'zod';
import type { CheckRunChange } from '../operations/check-runs.ts';
import type { CheckAnnotation } from '../types.ts';

/** At most 50 in one request. https://docs.github.com/rest/checks/runs#create-a-check-run */
const annotation = z.object({
  path: z.string(),
  start_line: z.number().int(),
  end_line: z.number().int(),
  start_column: z.number().int().nullish(),
  end_column: z.number().int().nullish(),
  annotation_level: z.enum(['notice', 'warning', 'failure']),
  message: z.string().max(65_536),
  title: z.string().max(255).nullish(),
  raw_details: z.string().max(65_536).nullish(),
});

const output = z.object({
  title: z.string().nullish(),
  summary: z.string().max(65_535).nullish(),
  text: z.string().max(65_535).nullish(),
  annotations: z.array(annotation).max(50, 'No more than 50 items are allowed').optional(),
  images: z.array(z.object({ alt: z.string(), image_url: z.string() })).optional(),
});

const action = z.object({
  label: z.string().max(20),
  description: z.string().max(40),
  identifier: z.string().max(20),
});

export const checkRunChange = z.object({
  name: z.string().optional(),
  status: z.enum(['queued', 'in_progress', 'completed', 'waiting', 'requested', 'pending']).optional(),
  conclusion: z
    .enum(['success', 'failure', 'neutral', 'cancelled', 'skipped', 'timed_out', 'action_required', 'stale'])
    .optional(),
  details_url: z.string().optional(),
  external_id: z.string().optional(),
  started_at: z.string().optional(),
  completed_at: z.string().optional(),
  output: output.optional(),
  actions: z.array(action).max(3, 'No more than 3 items are allowed').optional(),
});

export const newCheckRun = checkRunChange.extend({
  name: z.string(),
  head_sha: z.string(),
  output: output.extend({ title: z.string(), summary: z.string().max(65_535) }).optional(),
});

/** What a request says, in the words of the operations. */
export function toChange(body: z.infer<typeof checkRunChange>): CheckRunChange {
  const { output: given } = body;
  return {
    name: body.name,
    status: body.status,
    conclusion: body.conclusion,
    detailsUrl: body.details_url,
    externalId: body.external_id,
    startedAt: body.started_at,
    completedAt: body.completed_at,
    actions: body.actions,
    output: given && { ...given, annotations: given.annotations?.map(toAnnotation) },
  };
}

function toAnnotation(given: z.infer<typeof annotation>): CheckAnnotation {
  return {
    path: given.path,
    startLine: given.start_line,
    endLine: given.end_line,
    startColumn: given.start_column ?? null,
    endColumn: given.end_column ?? null,
    level: given.annotation_level,
    message: given.message,
    title: given.title ?? null,
    rawDetails: given.raw_details ?? null,
  };
}
