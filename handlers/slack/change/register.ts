import type { App, ViewSubmitAction } from '@slack/bolt';
import type { SlackUserId } from '../../../src/domain/ids.ts';
import {
  changeApproveAction,
  changeBackAction,
  changeConfirmOverrideAction,
  changeExternalNumberAction,
  changeGoAction,
  changeRejectAction,
  changeShowAction,
  changeTakeBackAction,
  externalNumberFormCallback,
  promoteFormCallback,
  rejectFormCallback,
  releasePromoteAction,
} from '../../../src/views/change/action-ids.ts';
import type { HandlerDeps } from '../../ports.ts';
import { pressBack, pressShow, pressWish } from './press-change.ts';
import { pressExternalNumber, pressPromote, pressReject } from './press-form.ts';
import { submitPromote } from './submit-promote.ts';
import { submitExternalNumber, submitReject } from './submit-words.ts';

type Pressed = (deps: HandlerDeps, body: unknown) => Promise<void>;

/** What each button does. */
const BUTTONS: Readonly<Record<string, Pressed>> = {
  [changeApproveAction]: (deps, body) => pressWish(deps, body, { kind: 'approve' }),
  [changeTakeBackAction]: (deps, body) => pressWish(deps, body, { kind: 'take-back' }),
  [changeGoAction]: (deps, body) => pressWish(deps, body, { kind: 'go' }),
  [changeConfirmOverrideAction]: (deps, body) => pressWish(deps, body, { kind: 'confirm-override' }),
  [changeShowAction]: pressShow,
  [changeBackAction]: pressBack,
  [changeRejectAction]: pressReject,
  [changeExternalNumberAction]: pressExternalNumber,
  [releasePromoteAction]: pressPromote,
};

/** What each form leads to. */
const FORMS = {
  [rejectFormCallback]: submitReject,
  [externalNumberFormCallback]: submitExternalNumber,
  [promoteFormCallback]: submitPromote,
} as const;

/** Registers the buttons and forms of changes. */
export function registerChangeHandlers(app: Pick<App, 'action' | 'view'>, deps: HandlerDeps): void {
  for (const [action, press] of Object.entries(BUTTONS)) {
    app.action(action, async ({ ack, body }) => {
      await ack();
      await press(deps, body);
    });
  }
  for (const [callback, submit] of Object.entries(FORMS)) {
    app.view<ViewSubmitAction>(callback, async ({ ack, view, body }) => {
      await ack(await submit(deps, body.user.id as SlackUserId, view));
    });
  }
}
