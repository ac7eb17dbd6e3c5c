import { z } from 'zod';
import type { CommitSha, RepoName, RequestId, SlackUserId } from '../src/domain/ids.ts';

export const repo = z
  .string()
  .regex(/^[^/\s]+\/[^/\s]+$/)
  .transform((text) => text as RepoName);
export const requestId = z
  .string()
  .regex(/^req-[0-9a-f]{16}$/)
  .transform((text) => text as RequestId);
export const slackUser = z
  .string()
  .regex(/^[UW][A-Z0-9]+$/)
  .transform((text) => text as SlackUserId);

export const viewId = z.string().regex(/^[A-Z][A-Z0-9]{1,30}$/);
export const commit = z
  .string()
  .regex(/^(?:[0-9a-f]{40}|[0-9a-f]{64})$/)
  .transform((text) => text as CommitSha);
export const releaseTag = z.string().min(1).max(250);
