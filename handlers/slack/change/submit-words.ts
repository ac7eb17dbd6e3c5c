import { z } from 'zod';
import type { ChangeWish } from '../../../jobs/change/payloads.ts';
import type { SlackUserId } from '../../../src/domain/ids.ts';
import { changeWaiting } from '../../../src/views/change/change-answer.ts';
import { awayText, changeStray, emptyText } from '../../../src/views/change/door-words.ts';
import {
  externalNumberField,
  readExternalNumberForm,
} from '../../../src/views/change/external-number-form.ts';
import { readRejectForm } from '../../../src/views/change/reject-form.ts';
import type { HandlerDeps } from '../../ports.ts';
import type { FormAnswer } from '../form-answer.ts';
import { actionIdOf } from './action-id-of.ts';
import { ourButton } from './press-change.ts';

type Deps = Pick<HandlerDeps, 'repos' | 'intake' | 'log' | 'now'>;

const shape = z.object({ id: z.string(), private_metadata: z.string(), state: z.unknown() });
type SentForm = z.output<typeof shape>;

/** Takes the form that asks why; Slack is told nothing before Redis has it. */
export async function submitReject(deps: Deps, user: SlackUserId, received: unknown): Promise<FormAnswer> {
  const form = shape.parse(received);
  const { reason } = readRejectForm(form.state);
  if (reason === '') return { response_action: 'errors', errors: { reason: emptyText } };
  return take(deps, user, form, { field: 'reason', wish: { kind: 'reject', reason } });
}

/** Takes the form that asks for a number. */
export async function submitExternalNumber(
  deps: Deps,
  user: SlackUserId,
  received: unknown,
): Promise<FormAnswer> {
  const form = shape.parse(received);
  const { externalNumber } = readExternalNumberForm(form.state);
  const field = externalNumberField;
  if (externalNumber === '') return { response_action: 'errors', errors: { [field]: emptyText } };
  return take(deps, user, form, { field, wish: { kind: 'external-number', externalNumber } });
}

async function take(
  deps: Deps,
  user: SlackUserId,
  { id: viewId, private_metadata }: SentForm,
  { field, wish }: { readonly field: string; readonly wish: ChangeWish },
): Promise<FormAnswer> {
  const button = ourButton(deps.repos, private_metadata);
  if (button === undefined) return { response_action: 'update', view: changeStray('Change') };
  const { repo, change, shown } = button;
  // One form that is sent again after it was not taken for certain is one deed, with the words that came first.
  const actionId = actionIdOf(wish.kind, viewId, user, repo, change);
  try {
    await deps.intake.changeIntent({
      v: 1,
      repo,
      actionId,
      by: { slack: user },
      askedAt: deps.now(),
      change,
      via: 'slack',
      shown,
      wish,
      answer: { kind: 'view', viewId },
    });
  } catch (error) {
    deps.log.warn({ err: error, actionId }, 'failed to leave what was said about a change in the queue');
    return { response_action: 'errors', errors: { [field]: awayText } };
  }
  return { response_action: 'update', view: changeWaiting(`Change ${change}`) };
}
