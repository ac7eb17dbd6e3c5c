import type { App, ViewSubmitAction } from '@slack/bolt';
import type { SlackUserId } from '../../src/domain/ids.ts';
import { onboardFormCallback, platformAction, sizeAction } from '../../src/views/onboard-form.ts';
import { onboardPreviewCallback } from '../../src/views/onboard-preview.ts';
import { releaseFormCallback } from '../../src/views/release/release-form.ts';
import { showWhyAction, tryAgainAction } from '../../src/views/rollout-actions.ts';
import type { HandlerDeps } from '../ports.ts';
import { registerChangeHandlers } from './change/register.ts';
import { openForm } from './onboard/open-form.ts';
import { redrawForm } from './onboard/redraw-form.ts';
import { submitForm } from './onboard/submit-form.ts';
import { submitPreview } from './onboard/submit-preview.ts';
import { submitRelease } from './release/submit-release.ts';
import { registerRequestHandlers } from './request/register.ts';
import { pressShowWhy, pressTryAgain } from './rollout/press-rollout.ts';
import { registerTenantHandlers } from './tenant/register.ts';
import { trunkline } from './trunkline.ts';

const ROLLOUT_BUTTONS = { [showWhyAction]: pressShowWhy, [tryAgainAction]: pressTryAgain } as const;

/** Registers what Trunkline answers to in Slack: two commands, what their forms send, and the buttons of changes, rollouts and tenants. */
export function registerSlackHandlers(app: App, deps: HandlerDeps): void {
  app.command('/onboard-tenant', async ({ ack, command }) => {
    await ack();
    const user = command.user_id as SlackUserId;
    await openForm(deps, { user, triggerId: command.trigger_id, name: command.text });
  });
  app.command('/trunkline', async ({ ack, command }) => {
    const reaction = trunkline(command.text);
    if (reaction.kind === 'answer') return ack(reaction.answer);
    await ack();
    await reaction.open(deps, { user: command.user_id as SlackUserId, triggerId: command.trigger_id });
  });
  app.view<ViewSubmitAction>(onboardFormCallback, async ({ ack, view }) => ack(await submitForm(deps, view)));
  app.view<ViewSubmitAction>(onboardPreviewCallback, async ({ ack, view, body }) => {
    await ack(await submitPreview(deps, body.user.id as SlackUserId, view));
  });
  app.view<ViewSubmitAction>(releaseFormCallback, async ({ ack, view, body }) => {
    await ack(await submitRelease(deps, body.user.id as SlackUserId, view));
  });
  for (const action of [sizeAction, platformAction]) {
    app.action(action, async ({ ack, body }) => {
      await ack();
      await redrawForm(deps, body);
    });
  }
  for (const [action, press] of Object.entries(ROLLOUT_BUTTONS)) {
    app.action(action, async ({ ack, body }) => {
      await ack();
      await press(deps, body);
    });
  }
  registerRequestHandlers(app, deps);
  registerChangeHandlers(app, deps);
  registerTenantHandlers(app, deps);
}
