import type { Faults } from '../faults.ts';

/** How the bot gets what people do. */
type DeliveryMode =
  | { readonly kind: 'socket' }
  | { readonly kind: 'http'; readonly eventsUrl: string; readonly signingSecret: string };

/** Times and rates; each may be changed for a test. Times in ms. */
export interface Limits {
  /** How long the app may take to acknowledge. https://docs.slack.dev/interactivity/handling-user-interaction */
  readonly ackMs: number;
  /** How long a trigger lives. */
  readonly triggerMs: number;
  /** How long after a failed delivery of an event each new attempt is made. */
  readonly eventRetryMs: readonly number[];
  readonly responseUrlMs: number;
  readonly responseUrlUses: number;
  readonly maxSockets: number;
  /** Calls a minute in each tier. https://docs.slack.dev/apis/web-api/rate-limits */
  readonly perMinute: {
    readonly tier1: number;
    readonly tier2: number;
    readonly tier3: number;
    readonly tier4: number;
  };
  /** Posts: one a second in a channel, and this many at once before that is enforced. */
  readonly postBurst: number;
  /** False lets every call through. */
  readonly rateLimits: boolean;
}

export const DEFAULT_LIMITS: Limits = {
  ackMs: 3000,
  triggerMs: 3000,
  eventRetryMs: [0, 60_000, 300_000],
  responseUrlMs: 30 * 60_000,
  responseUrlUses: 5,
  maxSockets: 10,
  perMinute: { tier1: 10, tier2: 20, tier3: 50, tier4: 100 },
  postBurst: 5,
  rateLimits: true,
};

export interface SlackOptions {
  readonly faults: Faults;
  /** Where the site is reached, without a trailing slash: `http://127.0.0.1:4000/slack`. */
  readonly publicUrl: () => string;
  readonly mode: DeliveryMode;
  /** The app's slash commands, each with its slash. */
  readonly commands: readonly string[];
  /** Scopes of the bot's token. */
  readonly scopes: readonly string[];
  /** Events the app subscribed to, in Slack's names (`message.im`, `app_mention`, `app_home_opened`). */
  readonly events?: readonly string[];
  /** Where channels, messages, Home tabs and tokens are kept between two starts. */
  readonly keepFile?: string;
  /** Milliseconds since 1970. */
  readonly now?: () => number;
  readonly limits?: Partial<Limits>;
}
