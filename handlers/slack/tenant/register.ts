import type { App, ViewSubmitAction } from '@slack/bolt';
import type { SlackUserId } from '../../../src/domain/ids.ts';
import {
  callOffOffboardAction,
  confirmOffboardAction,
  editPreviewCallback,
  offboardAction,
  portsAction,
  portsFormCallback,
  resizeAction,
  resizeFormCallback,
} from '../../../src/views/tenant/tenant-actions.ts';
import type { HandlerDeps } from '../../ports.ts';
import { pressCallOff, pressConfirm } from './press-second.ts';
import { pressOffboard, pressPorts, pressResize } from './press-tenant.ts';
import { submitEdit } from './submit-edit.ts';
import { submitPorts } from './submit-ports.ts';
import { submitResize } from './submit-resize.ts';

/** What each button does. */
const BUTTONS = {
  [resizeAction]: pressResize,
  [portsAction]: pressPorts,
  [offboardAction]: pressOffboard,
  [confirmOffboardAction]: pressConfirm,
  [callOffOffboardAction]: pressCallOff,
} as const;

/** What each form of a change leads to. */
const FORMS = { [resizeFormCallback]: submitResize, [portsFormCallback]: submitPorts } as const;

/** Registers the buttons and forms of tenants that stand. */
export function registerTenantHandlers(app: Pick<App, 'action' | 'view'>, deps: HandlerDeps): void {
  for (const [action, press] of Object.entries(BUTTONS)) {
    app.action(action, async ({ ack, body }) => {
      await ack();
      await press(deps, body);
    });
  }
  for (const [callback, submit] of Object.entries(FORMS)) {
    app.view<ViewSubmitAction>(callback, async ({ ack, view, body }) => {
      const { answer, afterwards } = await submit(deps, body.user.id as SlackUserId, view);
      await ack(answer);
      // Not before: what the job draws would be drawn over by the answer.
      await afterwards?.();
    });
  }
  app.view<ViewSubmitAction>(editPreviewCallback, async ({ ack, view, body }) => {
    await ack(await submitEdit(deps, body.user.id as SlackUserId, view));
  });
}
