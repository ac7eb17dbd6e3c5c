import type { Listeners } from './world.ts';

/** What else happens on a change, in this order. */
export const listeners: Listeners = {
  pullOpened: [],
  refMoved: [],
};
