import { registerGitHubHandlers } from '../../handlers/github/index.ts';
import { registerSlackHandlers } from '../../handlers/slack/index.ts';
import type { Outside } from './outside.ts';

/** Registers what the doors do with what comes in. */
export function registerHandlers({ slack, github, handlerDeps }: Outside): void {
  registerSlackHandlers(slack.app, handlerDeps);
  registerGitHubHandlers(github.probot, handlerDeps);
}
