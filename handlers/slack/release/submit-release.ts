import { z } from 'zod';
import type { SlackUserId } from '../../../src/domain/ids.ts';
import { checkVersion } from '../../../src/domain/release/version.ts';
import { readReleaseForm, readReleaseMetadata } from '../../../src/views/release/read-release-form.ts';
import { releaseTaken } from '../../../src/views/release/release-end.ts';
import { releaseUnavailable } from '../../../src/views/release/release-unavailable.ts';
import { versionErrors } from '../../../src/views/release/version-words.ts';
import type { HandlerDeps } from '../../ports.ts';
import type { FormAnswer } from '../form-answer.ts';
import { repoOf } from '../repo-of.ts';
import { requestIdOf } from '../request-id-of.ts';

const shape = z.object({
  id: z.string(),
  hash: z.string(),
  private_metadata: z.string(),
  state: z.unknown(),
});

/**
 * Takes the release form. The version is checked here, where it is typed; all else the job checks against what GitHub
 * says by then. Slack is told nothing before Redis has it.
 */
export async function submitRelease(
  deps: Pick<HandlerDeps, 'repos' | 'intake' | 'log' | 'now'>,
  user: SlackUserId,
  received: unknown,
): Promise<FormAnswer> {
  const view = shape.parse(received);
  const form = readReleaseMetadata(view.private_metadata);
  const repo = repoOf(deps.repos, form.repo);
  if (!repo) return { response_action: 'update', view: releaseUnavailable({ kind: 'misconfigured' }) };
  const { upTo, ...values } = readReleaseForm(view.state);
  const checked = checkVersion({ ...form, typed: values.version });
  if (!('kind' in checked)) return { response_action: 'errors', errors: { version: versionErrors(checked) } };
  const isEarlier = upTo !== undefined && upTo !== form.shown.commit;
  const { tag, isPrerelease } = checked;
  const requestId = requestIdOf(view.id, `${view.private_metadata}\n${JSON.stringify({ upTo, values })}`);
  const payload = {
    v: 1,
    repo,
    requestId,
    askedBy: user,
    askedAt: deps.now(),
    viewId: view.id,
    tag,
    isPrerelease,
    shown: { ...form.shown, ...(isEarlier ? { commit: upTo } : {}) },
    knowsOfMove: isEarlier,
    values,
  } as const;
  try {
    await deps.intake.cutRelease(payload);
  } catch (error) {
    deps.log.warn({ err: error, requestId }, 'failed to leave a release in the queue');
    return { response_action: 'push', view: releaseUnavailable({ kind: 'queue-away' }) };
  }
  deps.log.info({ requestId, repo, askedBy: user, tag }, 'release taken');
  return { response_action: 'update', view: releaseTaken(tag) };
}
