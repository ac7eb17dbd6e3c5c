import type { Levers } from './control.ts';
import { redeliver } from './github/events.ts';
import type { GitHub } from './github/github.ts';
import type { HookDelivery } from './github/types.ts';
import { Refusal } from './json-http.ts';
import { PEOPLE } from './people.ts';
import type { Slack } from './slack/slack.ts';

interface Parts {
  readonly url: string;
  /** `owner/name`. */
  readonly repo: string;
  readonly commands: readonly { readonly name: string; readonly hint: string }[];
  readonly slackMode: 'socket' | 'http';
  readonly botUrl: string;
  readonly github: GitHub;
  readonly slack: Slack;
  /** A file; undefined when there are no clusters. */
  readonly adminKubeconfig: string | undefined;
}

/** What the control API can do to these two services. */
export function levers(parts: Parts): Levers {
  const { url, repo, commands, slackMode, botUrl, github, slack, adminKubeconfig } = parts;
  let staleReadsMs = 0;
  return {
    cutSockets: () => {
      slack.cutSockets();
      return { cut: true };
    },
    expireTokens: () => {
      github.expireTokens();
      return { expired: true };
    },
    staleReads: (ms) => {
      github.setStaleReads(ms);
      staleReadsMs = ms;
      return { ms };
    },
    redeliver: async (delivery) => sendAgain(github, delivery),
    state: () => ({
      url,
      repo,
      cloneUrl: github.world.urls.clone(),
      commands,
      slackMode,
      botUrl,
      staleReadsMs,
      ...(adminKubeconfig === undefined ? {} : { adminKubeconfig }),
      people: PEOPLE.map((person) => {
        const token = person.githubLogin && github.personalTokens.get(person.githubLogin);
        return { ...person, ...(token ? { token } : {}) };
      }),
    }),
  };
}

function sendAgain(github: GitHub, id: number | undefined): { readonly redelivered: readonly number[] } {
  const { deliveries } = github.world.state;
  const one = id === undefined ? undefined : deliveries.get(id);
  if (id !== undefined && !one) throw new Refusal(404, `there is no delivery ${id}`);
  const chosen = one ? [one] : unanswered([...deliveries.values()]);
  for (const delivery of chosen) redeliver(github.world, delivery);
  return { redelivered: chosen.map((delivery) => delivery.id) };
}

/** The webhooks that the bot never took, each once however often it was tried. */
function unanswered(deliveries: readonly HookDelivery[]): readonly HookDelivery[] {
  const taken = new Set(deliveries.filter(wasTaken).map(({ guid }) => guid));
  const missing = deliveries.filter(({ guid }) => !taken.has(guid));
  return [...new Map(missing.map((delivery) => [delivery.guid, delivery])).values()];
}

function wasTaken({ statusCode }: HookDelivery): boolean {
  return statusCode >= 200 && statusCode < 300;
}
