import type { RequestPull, RequestStage } from './request-state.ts';

/**
 * Where a request stands, worked out from its pull request alone, so that it does not matter which event told of it
 * or in which order.
 */
export function requestStage(pull: RequestPull): RequestStage {
  if (pull.state === 'merged') return { kind: 'merged', by: pull.endedBy };
  if (pull.state === 'closed') return { kind: 'closed', by: pull.endedBy };
  const asking = pull.reviews.filter((review) => review.opinion === 'changes-asked');
  // Whoever is asked for another review has not said yet whether the changes are what was asked for.
  const open = asking.filter((review) => !pull.awaitedReviewers.includes(review.by));
  if (open.length > 0) return { kind: 'changes-asked', by: open.map((review) => review.by) };
  const approving = pull.reviews.filter((review) => review.opinion === 'approved');
  if (approving.length > 0 && asking.length === 0) {
    return { kind: 'approved', by: approving.map((review) => review.by) };
  }
  return { kind: 'opened' };
}

/** A name for the stage that changes exactly when something new is to be told: it keys what is said about it. */
export function stageKey(stage: RequestStage): string {
  return 'by' in stage && Array.isArray(stage.by) ? `${stage.kind}:${stage.by.join(',')}` : stage.kind;
}

/** Whether nothing more will come of the request. */
export function isEnd(stage: RequestStage): boolean {
  return stage.kind === 'merged' || stage.kind === 'closed';
}
