import { z } from 'zod';
import { platformAction } from '../../../src/views/onboard-form.ts';
import { readForm } from '../../../src/views/read-form.ts';
import { decodeTarget } from '../../../src/views/request/change-target.ts';
import type { HandlerDeps } from '../../ports.ts';
import { knowledge } from '../knowledge.ts';
import { repoOf } from '../repo-of.ts';
import { drawForm } from './open-form.ts';

const body = z.object({
  view: z.object({
    id: z.string(),
    hash: z.string(),
    private_metadata: z.string(),
    state: z.unknown(),
  }),
  actions: z
    .array(z.object({ action_id: z.string(), selected_option: z.object({ value: z.string() }).nullish() }))
    .min(1),
});

const WAIT_MS = 1_000;

/** Draws an open form again after a choice that changes which fields it has; what was typed stays. */
export async function redrawForm(
  deps: Pick<HandlerDeps, 'repos' | 'snapshots' | 'marks' | 'modals' | 'now' | 'sleep'>,
  received: unknown,
): Promise<void> {
  const { view, actions } = body.parse(received);
  const chosen = actions.find((action) => action.action_id === platformAction)?.selected_option?.value;
  const changes = decodeTarget(view.private_metadata);
  const repo = repoOf(deps.repos, chosen ?? changes?.repo ?? view.private_metadata);
  const known = repo ? await knowledge(deps, repo, WAIT_MS) : undefined;
  // A form that cannot be drawn anew stays as it is; sending it tells why.
  if (!repo || known?.understanding.kind !== 'ok') return;
  const { understanding, staleMinutes } = known;
  const typed = readForm(view.state);
  const values = changes?.name === undefined ? typed : { ...typed, name: changes.name };
  const form = drawForm(deps.repos, repo, { ...understanding, staleMinutes }, values, changes);
  await deps.modals.update(view.id, form, view.hash);
}
