import type { ModalView } from '@slack/types';
import type { WebClient } from '@slack/web-api';
import { z } from 'zod';
import type { Modals } from '../../../handlers/ports.ts';
import type { Views } from '../../../jobs/ports.ts';
import { callSlack, slackCode } from './slack-errors.ts';

const opened = z.object({ view: z.object({ id: z.string() }) });

/**
 * Opens and replaces forms. A trigger opens one form only, so a second call does nothing more than the first.
 *
 * @param quick the client that neither retries nor waits.
 */
export function createModals(quick: WebClient): Modals {
  return {
    async open(triggerId, view) {
      const told = await callSlack('open a form', 'reads', () =>
        quick.views.open({ trigger_id: triggerId, view: view as ModalView }),
      );
      return opened.parse(told).view.id;
    },
    async update(viewId, view, hash) {
      await callSlack('update a form', 'reads', () =>
        quick.views.update({
          view_id: viewId,
          view: view as ModalView,
          ...(hash === undefined ? {} : { hash }),
        }),
      );
    },
  };
}

/** What Slack says of a view that nobody has open any more. */
const goneCodes: readonly string[] = ['not_found', 'view_not_found', 'expired_trigger_id'];

/** Replaces forms that stand open, for jobs. */
export function createViews(client: WebClient): Views {
  return {
    async update(viewId, view) {
      try {
        await callSlack('update a form', 'reads', () =>
          client.views.update({ view_id: viewId, view: view as ModalView }),
        );
        return 'shown';
      } catch (error) {
        if (goneCodes.includes(slackCode(error) ?? '')) return 'gone';
        throw error;
      }
    },
  };
}
