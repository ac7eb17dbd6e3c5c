import type { RequestId } from '../../src/domain/ids.ts';
import { stageKey } from '../../src/domain/request-stage.ts';
import type { RequestStage } from '../../src/domain/request-state.ts';

/** Keys of what is said about a request; each is said once, whoever comes first to say it. */
export const said = {
  message: (id: RequestId) => `request:${id}`,
  details: (id: RequestId) => `request:${id}:details`,
  stage: (id: RequestId, stage: RequestStage) => `request:${id}:stage:${stageKey(stage)}`,
  end: (id: RequestId) => `request:${id}:end`,
  changed: (id: RequestId, change: RequestId) => `request:${id}:changed:${change}`,
  withdrawn: (id: RequestId) => `request:${id}:withdrawn`,
  notChanged: (change: RequestId) => `request-change:${change}:end`,
} as const;

/** Name of the mark that a write for the request was sent and may not be visible to reads yet. */
export function writtenMark(id: RequestId): string {
  return `written:${id}`;
}

/** GitHub's reads may be this old, in milliseconds; a write of unclear outcome is repeated only after it. */
export const READS_LAG_MS = 35_000;
