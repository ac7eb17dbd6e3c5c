import { readSize } from '../../../src/domain/form/size.ts';
import type { SlackUserId } from '../../../src/domain/ids.ts';
import { refusalErrors } from '../../../src/views/refusal-errors.ts';
import { previewLoading } from '../../../src/views/tenant/edit-preview.ts';
import { editRefusalText } from '../../../src/views/tenant/edit-refusal-text.ts';
import { placesField, readResizeForm } from '../../../src/views/tenant/resize-form.ts';
import { fitsPreview, readTenantAbout, tooMuchText } from '../../../src/views/tenant/tenant-actions.ts';
import { tenantUnavailable } from '../../../src/views/tenant/tenant-view.ts';
import type { HandlerDeps } from '../../ports.ts';
import { knowledge } from '../knowledge.ts';
import { repoOf } from '../repo-of.ts';
import { askPreview, type Submitted, sentForm } from './ask-preview.ts';

const WAIT_MS = 1_000;

/** Checks the size that was chosen as far as the policy at hand tells, and asks for the preview. */
export async function submitResize(
  deps: Pick<HandlerDeps, 'repos' | 'modals' | 'intake' | 'snapshots' | 'marks' | 'log' | 'now' | 'sleep'>,
  user: SlackUserId,
  received: unknown,
): Promise<Submitted> {
  const view = sentForm.parse(received);
  const about = readTenantAbout(view.private_metadata);
  const repo = about && repoOf(deps.repos, about.repo);
  if (about === undefined || repo === undefined)
    return { answer: { response_action: 'update', view: tenantUnavailable({ kind: 'stray' }) } };
  const edit = readResizeForm(view.state);
  if (edit.places.length === 0) {
    const errors = { [placesField]: editRefusalText({ code: 'nothing-chosen' }) };
    return { answer: { response_action: 'errors', errors } };
  }
  if (!fitsPreview({ ...about, edit }))
    return { answer: { response_action: 'errors', errors: { [placesField]: tooMuchText } } };
  const understood = (await knowledge(deps, repo, WAIT_MS))?.understanding;
  const refusals = understood?.kind === 'ok' ? readSize(edit, understood.policy).refusals : [];
  if (refusals.length > 0) return { answer: { response_action: 'errors', errors: refusalErrors(refusals) } };
  return {
    answer: { response_action: 'update', view: previewLoading() },
    afterwards: () => askPreview(deps, { repo, user, name: about.name, view, edit }),
  };
}
