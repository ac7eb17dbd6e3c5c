import { readPorts } from '../../../src/domain/form/ports.ts';
import type { SlackUserId } from '../../../src/domain/ids.ts';
import { refusalText } from '../../../src/views/refusal-text.ts';
import { previewLoading } from '../../../src/views/tenant/edit-preview.ts';
import { readPortsForm } from '../../../src/views/tenant/ports-form.ts';
import { fitsPreview, readTenantAbout, tooMuchText } from '../../../src/views/tenant/tenant-actions.ts';
import { tenantUnavailable } from '../../../src/views/tenant/tenant-view.ts';
import type { HandlerDeps } from '../../ports.ts';
import { repoOf } from '../repo-of.ts';
import { askPreview, type Submitted, sentForm } from './ask-preview.ts';

/** Checks the ports that were typed, and asks for the preview. */
export function submitPorts(
  deps: Pick<HandlerDeps, 'repos' | 'modals' | 'intake' | 'log'>,
  user: SlackUserId,
  received: unknown,
): Submitted {
  const view = sentForm.parse(received);
  const about = readTenantAbout(view.private_metadata);
  const repo = about && repoOf(deps.repos, about.repo);
  if (about === undefined || repo === undefined)
    return { answer: { response_action: 'update', view: tenantUnavailable({ kind: 'stray' }) } };
  const { edit, blocks } = readPortsForm(view.state);
  const errors = edit.places.flatMap(({ ports }, index) => {
    const texts = readPorts(ports).refusals.map(refusalText);
    return texts.length === 0 ? [] : [[blocks[index] ?? '', texts.join(' ').slice(0, 1000)] as const];
  });
  if (errors.length > 0) return { answer: { response_action: 'errors', errors: Object.fromEntries(errors) } };
  if (!fitsPreview({ ...about, edit }))
    return { answer: { response_action: 'errors', errors: { [blocks[0] ?? '']: tooMuchText } } };
  return {
    answer: { response_action: 'update', view: previewLoading() },
    afterwards: () => askPreview(deps, { repo, user, name: about.name, view, edit }),
  };
}
