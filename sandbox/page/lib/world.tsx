import { createContext, useContext } from 'react';

/** `GET /control/state`, as far as the page needs it. */
export interface WorldState {
  readonly url: string;
  readonly repo: string;
  readonly cloneUrl: string;
  readonly commands: readonly { readonly name: string; readonly hint: string }[];
  readonly staleReadsMs: number;
  readonly people: readonly Person[];
}

export interface Person {
  readonly slackId: string;
  readonly handle: string;
  readonly name: string;
  readonly role: string;
  readonly githubLogin?: string;
  readonly token?: string;
}

export interface World extends WorldState {
  /** The person who sits at this page. */
  readonly me: Person;
}

const context = createContext<World | undefined>(undefined);

export const WorldProvider = context.Provider;

export function useWorld(): World {
  const world = useContext(context);
  if (!world) throw new Error('useWorld is for components inside WorldProvider');
  return world;
}
