import { requestCodeowners } from './operations/codeowners.ts';
import { requestSuite } from './operations/request-suite.ts';
import type { Listeners } from './world.ts';

/** What else happens on a change, in this order. */
export const listeners: Listeners = {
  pullOpened: [requestCodeowners],
  refMoved: [requestSuite],
};
