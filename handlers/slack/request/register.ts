import type { App, ViewSubmitAction } from '@slack/bolt';
import type { SlackUserId } from '../../../src/domain/ids.ts';
import { changeFormCallback, changePreviewCallback } from '../../../src/views/request/change-target.ts';
import { requestChangeAction, requestWithdrawAction } from '../../../src/views/request/request-buttons.ts';
import type { HandlerDeps } from '../../ports.ts';
import { submitChangeForm } from '../onboard/submit-form.ts';
import { pressChange } from './press-change.ts';
import { pressWithdraw } from './press-withdraw.ts';
import { submitChange } from './submit-change.ts';

/** Registers the buttons of requests that stand, and what their forms send. */
export function registerRequestHandlers(app: Pick<App, 'action' | 'view'>, deps: HandlerDeps): void {
  app.action(requestChangeAction, async ({ ack, body }) => {
    await ack();
    await pressChange(deps, body);
  });
  app.action(requestWithdrawAction, async ({ ack, body }) => {
    await ack();
    await pressWithdraw(deps, body);
  });
  app.view<ViewSubmitAction>(changeFormCallback, async ({ ack, view }) =>
    ack(await submitChangeForm(deps, view)),
  );
  app.view<ViewSubmitAction>(changePreviewCallback, async ({ ack, view, body }) => {
    await ack(await submitChange(deps, body.user.id as SlackUserId, view));
  });
}
