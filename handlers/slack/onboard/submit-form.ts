import { z } from 'zod';
import { arrivals } from '../../../src/domain/arrival.ts';
import { checkRequest } from '../../../src/domain/check-request.ts';
import { tenantTitle } from '../../../src/domain/convention.ts';
import type { RepoName } from '../../../src/domain/ids.ts';
import { tenantFiles } from '../../../src/domain/tenant.ts';
import { previewModal } from '../../../src/views/onboard-preview.ts';
import { readForm } from '../../../src/views/read-form.ts';
import { refusalErrors } from '../../../src/views/refusal-errors.ts';
import { decodeTarget } from '../../../src/views/request/change-target.ts';
import { standingAway } from '../../../src/views/request/standing-answer.ts';
import { brokenPolicyForm, unavailableForm } from '../../../src/views/waiting-form.ts';
import type { HandlerDeps } from '../../ports.ts';
import type { FormAnswer } from '../form-answer.ts';
import { type Knowledge, knowledge } from '../knowledge.ts';
import { repoOf } from '../repo-of.ts';

const shape = z.object({
  private_metadata: z.string(),
  state: z.unknown(),
  blocks: z.array(z.looseObject({ block_id: z.string().optional() })),
});

const WAIT_MS = 1_500;

/** Checks a form that was sent; nothing is written, the answer is a preview or what to mend. */
export async function submitForm(
  deps: Pick<HandlerDeps, 'repos' | 'snapshots' | 'marks' | 'now' | 'sleep'>,
  received: unknown,
): Promise<FormAnswer> {
  const view = shape.parse(received);
  const repo = repoOf(deps.repos, view.private_metadata);
  const known = repo && (await knowledge(deps, repo, WAIT_MS));
  // The form stays below, with all that was typed.
  if (!repo || !known) return { response_action: 'push', view: unavailableForm('no-snapshot') };
  return answer(repo, known, view, undefined);
}

/** The same for the form that changes a request which stands. */
export async function submitChangeForm(
  deps: Pick<HandlerDeps, 'repos' | 'snapshots' | 'marks' | 'now' | 'sleep'>,
  received: unknown,
): Promise<FormAnswer> {
  const view = shape.parse(received);
  const target = decodeTarget(view.private_metadata);
  const repo = target && repoOf(deps.repos, target.repo);
  const known = repo && (await knowledge(deps, repo, WAIT_MS));
  if (!target || !repo || !known) return { response_action: 'push', view: standingAway() };
  return answer(repo, known, view, target);
}

function answer(
  repo: RepoName,
  known: Knowledge,
  view: z.output<typeof shape>,
  changes: ReturnType<typeof decodeTarget>,
): FormAnswer {
  const { understanding } = known;
  const openRequests = known.openRequests.filter(({ number }) => number !== changes?.number);
  if (understanding.kind === 'invalid') {
    return { response_action: 'push', view: brokenPolicyForm(understanding.problems) };
  }
  const { policy, platform } = understanding;
  const typed = readForm(view.state);
  const values = changes?.name === undefined ? typed : { ...typed, name: changes.name };
  const checked = checkRequest(values, { policy, platform, openRequests });
  if (checked.kind === 'refused') {
    const blocks = view.blocks.flatMap(({ block_id }) => block_id ?? []);
    return { response_action: 'errors', errors: refusalErrors(checked.refusals, blocks) };
  }
  const { request, adds, unknown } = checked;
  const files = tenantFiles(request, policy, platform);
  const preview = previewModal({
    request,
    files,
    arrivals: arrivals(
      files.map(({ path }) => path),
      platform,
    ),
    title: tenantTitle(request.name, request.clouds),
    adds,
    unknown,
    values,
    repo,
    changes,
  });
  return { response_action: 'push', view: preview };
}
