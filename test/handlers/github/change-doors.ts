import { createRequire } from 'node:module';
import { registerGitHubHandlers } from '../../../handlers/github/index.ts';
import type { Intake } from '../../../handlers/ports.ts';
import { type ChangeIntentPayload, changeIntentPayload } from '../../../jobs/change/payloads.ts';
import { mendTitlePayload } from '../../../jobs/conventions/payloads.ts';
import type { RepoName } from '../../../src/domain/ids.ts';

type Handler = (context: { readonly id: string; readonly payload: unknown }) => Promise<void>;
interface Example {
  readonly name: string;
  readonly examples: readonly object[];
}

const catalogue: readonly Example[] = createRequire(import.meta.url)(
  '@octokit/webhooks-examples/api.github.com/index.json',
);

/** GitHub's own examples of an event, of one action when it is named. */
export function examplesOf(name: string, action?: string): readonly object[] {
  const all = catalogue.find((event) => event.name === name)?.examples ?? [];
  const found = all.filter(
    (example) => action === undefined || ('action' in example && example.action === action),
  );
  if (found.length === 0) throw new Error(`there is no example of ${name} ${action ?? ''}`);
  return found;
}

/** The repository of most of GitHub's examples. */
export const HELLO = 'Codertocat/Hello-World' as RepoName;

/** The doors as they are registered, with an intake in memory. */
export function openDoors(repos: readonly RepoName[] = [HELLO]) {
  const handlers = new Map<string, Handler>();
  const app = { on: (name: string, handler: Handler) => void handlers.set(name, handler) };
  const hints: string[] = [];
  const intents: ChangeIntentPayload[] = [];
  const state = { redisIsAway: false };
  const take = async (hint: string) => {
    if (state.redisIsAway) throw new Error('Redis is away');
    hints.push(hint);
  };
  const intake: Partial<Intake> = {
    lookAtPlatform: (repo) => take(`platform ${repo}`),
    lookAtRequest: (repo, number) => take(`request ${repo}#${number}`),
    lookAtRelease: (repo, id) => take(`release ${repo}!${id}`),
    lookAtPull: (repo, number) => take(`pull ${repo}#${number}`),
    lookAtConventions: (repo, number, again) => take(`conventions ${repo}#${number}${again ? ' again' : ''}`),
    mendTitle: async (payload) => {
      mendTitlePayload.parse(payload);
      await take(`mend ${payload.repo}#${payload.number} ${payload.actionId}`);
    },
    lookAtChanges: (repo) => take(`changes ${repo}`),
    answerQueue: (repo, head, ref) => take(`queue ${repo}@${head} ${ref}`),
    changeIntent: async (payload) => {
      await take(`intent ${payload.actionId}`);
      intents.push(changeIntentPayload.parse(payload));
    },
  };
  registerGitHubHandlers(app as never, { repos, intake: intake as Intake, ownLogin: () => 'trunkline[bot]' });
  return {
    hints,
    intents,
    state,
    deliver: async (name: string, payload: unknown) => handlers.get(name)?.({ id: 'delivery-1', payload }),
  };
}
