import type { RequestStage } from '../domain/request-state.ts';
import { listing } from './listing.ts';

/** Where a request stands: its way on GitHub, or that it got no further than to us. */
export type RequestMessageStage = RequestStage | { readonly kind: 'refused' } | { readonly kind: 'failed' };

/** A stage in words: one or two sentences, with a mark that the eye finds. */
export function statusWords(stage: RequestMessageStage): { readonly mark: string; readonly text: string } {
  switch (stage.kind) {
    case 'working':
      return { mark: '⏳', text: 'Working on it.' };
    case 'waiting':
      return {
        mark: '⏳',
        text: `${systems[stage.on]} does not answer just now. It goes on by itself as soon as it does.`,
      };
    case 'opened':
      return { mark: '🔵', text: 'The pull request is open and waits for a review.' };
    case 'changes-asked':
      return { mark: '🟠', text: `${people(stage.by)} asked for changes.` };
    case 'approved':
      return { mark: '🟢', text: `Approved by ${people(stage.by)}. It waits to be merged.` };
    case 'merged':
      return { mark: '✅', text: `Merged${by(stage.by)}.` };
    case 'closed':
      return {
        mark: '⚪',
        text: `Closed${by(stage.by)} without a merge. Nothing has changed on the platform.`,
      };
    case 'refused':
      return { mark: '⚪', text: 'Not possible as it was asked. The reasons went to the person who asked.' };
    case 'failed':
      return { mark: '🔴', text: 'This did not work. The person who asked knows what to do.' };
  }
}

const systems = { github: 'GitHub', slack: 'Slack' } as const;

function people(logins: readonly string[]): string {
  return logins.length === 0 ? 'Somebody' : listing(logins);
}

function by(login: string | undefined): string {
  return login === undefined ? '' : ` by ${login}`;
}
