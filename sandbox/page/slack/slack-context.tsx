import { createContext, useContext } from 'react';

import type { ClientChannel, ClientGroup, ClientPerson } from '../../slack/client-types.ts';

interface SlackContext {
  /** The person's id. */
  readonly as: string;
  readonly dark: boolean;
  readonly people: readonly ClientPerson[];
  readonly groups: readonly ClientGroup[];
  readonly channels: readonly ClientChannel[];
}

const context = createContext<SlackContext>({ as: '', dark: false, people: [], groups: [], channels: [] });

export const SlackProvider = context.Provider;

export function useSlack(): SlackContext {
  return useContext(context);
}
