import type { CheckRunChange } from '../operations/check-runs.ts';
import { unprocessable } from '../problem.ts';
import type { CheckAnnotation, CheckConclusion, CheckStatus } from '../types.ts';

interface Annotation {
  readonly path: string;
  readonly annotationLevel: 'FAILURE' | 'NOTICE' | 'WARNING';
  readonly message: string;
  readonly title?: string | null;
  readonly rawDetails?: string | null;
  readonly location: {
    readonly startLine: number;
    readonly endLine: number;
    readonly startColumn?: number | null;
    readonly endColumn?: number | null;
  };
}

/** What `createCheckRun` and `updateCheckRun` take. */
export interface CheckRunInput {
  readonly name?: string | null;
  readonly status?: string | null;
  readonly conclusion?: string | null;
  readonly detailsUrl?: string | null;
  readonly externalId?: string | null;
  readonly startedAt?: string | null;
  readonly completedAt?: string | null;
  readonly output?: {
    readonly title: string;
    readonly summary: string;
    readonly text?: string | null;
    readonly annotations?: readonly Annotation[] | null;
  } | null;
  readonly actions?: readonly { label: string; description: string; identifier: string }[] | null;
}

const statuses: Readonly<Record<string, CheckStatus>> = {
  QUEUED: 'queued',
  IN_PROGRESS: 'in_progress',
  COMPLETED: 'completed',
  WAITING: 'waiting',
  PENDING: 'pending',
};

const conclusions: Readonly<Record<string, CheckConclusion>> = {
  SUCCESS: 'success',
  FAILURE: 'failure',
  NEUTRAL: 'neutral',
  CANCELLED: 'cancelled',
  SKIPPED: 'skipped',
  TIMED_OUT: 'timed_out',
  ACTION_REQUIRED: 'action_required',
  STALE: 'stale',
};

const levels = { FAILURE: 'failure', NOTICE: 'notice', WARNING: 'warning' } as const;

/** @throws Problem 422 for more than 3 actions, 50 annotations or 65,535 characters of summary or text. */
export function toChange(input: CheckRunInput): CheckRunChange {
  const { output, actions } = input;
  if ((actions?.length ?? 0) > 3) throw unprocessable('A maximum of 3 actions can be specified');
  if ((output?.annotations?.length ?? 0) > 50)
    throw unprocessable('A maximum of 50 annotations can be specified');
  if (Math.max(output?.summary.length ?? 0, output?.text?.length ?? 0) > 65_535)
    throw unprocessable('Only 65535 characters are allowed');
  return {
    name: input.name ?? undefined,
    status: input.status == null ? undefined : statuses[input.status],
    conclusion: input.conclusion == null ? undefined : conclusions[input.conclusion],
    detailsUrl: input.detailsUrl ?? undefined,
    externalId: input.externalId ?? undefined,
    startedAt: input.startedAt ?? undefined,
    completedAt: input.completedAt ?? undefined,
    actions: actions ? [...actions] : undefined,
    output: output ? { ...output, annotations: output.annotations?.map(toAnnotation) } : undefined,
  };
}

function toAnnotation(given: Annotation): CheckAnnotation {
  const { path, message, location } = given;
  return {
    path,
    message,
    startLine: location.startLine,
    endLine: location.endLine,
    startColumn: location.startColumn ?? null,
    endColumn: location.endColumn ?? null,
    level: levels[given.annotationLevel],
    title: given.title ?? null,
    rawDetails: given.rawDetails ?? null,
  };
}
