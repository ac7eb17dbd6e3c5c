import { arrivals } from '../../src/domain/arrival.ts';
import { type Policy, policySchema } from '../../src/domain/policy.ts';
import { PermanentError } from '../../src/errors.ts';
import { requestDirect } from '../../src/views/request-direct.ts';
import { requestMessage } from '../../src/views/request-message.ts';
import type { RequestMessageStage } from '../../src/views/request-status.ts';
import { requestThread } from '../../src/views/request-thread.ts';
import type { JobDeps } from '../deps.ts';
import type { JobContext } from '../job.ts';
import type { OnboardPayload } from '../payloads.ts';
import type { SaidMessage } from '../ports.ts';
import { askForReview } from './ask-for-review.ts';
import type { Draft, Outcome } from './bring.ts';
import { said } from './keys.ts';
import { type KnownPull, tellOfRequest } from './tell-of-request.ts';

type Opened = Extract<Outcome, { kind: 'opened' }>;

/** What people in Slack hear of one request while its intent is worked on. */
export class RequestNews {
  readonly #deps: JobDeps;
  readonly #payload: OnboardPayload;
  readonly #context: JobContext;
  /** Undefined when it cannot be read: then no channel is known, and the asker alone is told. */
  readonly #policy: Policy | undefined;
  #message: SaidMessage | undefined;

  constructor(deps: JobDeps, payload: OnboardPayload, context: JobContext, policy: Policy | undefined) {
    this.#deps = deps;
    this.#payload = payload;
    this.#context = context;
    this.#policy = policy;
  }

  /** Posts the request's one message. */
  async begin(): Promise<void> {
    if (!this.#policy) return;
    const place = { kind: 'channel', channel: this.#policy.channels.requests } as const;
    const text = this.#text({ kind: 'working' });
    try {
      this.#message = await this.#deps.speaker.sayOnce(said.message(this.#id), place, text, this.#once);
    } catch (error) {
      // The channel is the policy's business, and nobody's request may hang on it.
      if (!(error instanceof PermanentError)) throw error;
      this.#context.log.error({ err: error, place }, 'cannot show a request in its channel');
    }
  }

  /** Shows that a system does not answer and the request waits for it. */
  async waiting(on: 'github' | 'slack'): Promise<void> {
    await this.#show({ kind: 'waiting', on });
  }

  /** Tells what came of the request, each thing once. */
  async tell(outcome: Outcome): Promise<void> {
    if (outcome.kind === 'opened') return this.#tellOpened(outcome);
    await this.#findMessage();
    await this.#show({ kind: outcome.kind });
    const place = { kind: 'person', user: this.#payload.askedBy } as const;
    const text = requestDirect({ ...outcome, values: this.#payload.values });
    await this.#deps.speaker.sayOnce(said.end(this.#id), place, text, this.#once);
  }

  async #tellOpened({ pull, draft, known }: Opened): Promise<void> {
    const { github, hints } = this.#deps;
    this.#context.log.info(
      { repo: pull.repo, number: pull.number, branch: pull.branch },
      'pull request opened',
    );
    await askForReview(github, known.policy, pull, this.#context.log);
    const ours: KnownPull = { ...pull, requestId: this.#id, requestedBy: this.#payload.askedBy };
    const paths = draft ? draft.files.map(({ path }) => path) : pull.paths;
    const told = { ...this.#deps, ...known, log: this.#context.log };
    const message = await tellOfRequest(told, { ...ours, paths });
    if (message && draft) await this.#details(message, draft, known);
    await hints.lookAtRequest(pull.repo, pull.number);
  }

  async #details(
    message: SaidMessage,
    { request, files }: Draft,
    { platform }: Opened['known'],
  ): Promise<void> {
    const arriving = arrivals(
      files.map(({ path }) => path),
      platform,
    );
    const text = requestThread({ request, files, arrivals: arriving });
    const place = { kind: 'thread', ...message } as const;
    try {
      await this.#deps.speaker.sayOnce(said.details(this.#id), place, text, this.#once);
    } catch (error) {
      // The message may have been deleted; the pull request holds the details too.
      if (!(error instanceof PermanentError)) throw error;
      this.#context.log.error({ err: error, place }, 'cannot give the details of a request');
    }
  }

  /** An earlier run may have posted the message; it must not say "working on it" for ever. */
  async #findMessage(): Promise<void> {
    if (this.#message || this.#context.attempt === 1) return;
    const { channels } = this.#policy ?? policySchema.parse({});
    const place = { kind: 'channel', channel: channels.requests } as const;
    try {
      this.#message = await this.#deps.speaker.find(said.message(this.#id), place, this.#payload.askedAt);
    } catch (error) {
      if (!(error instanceof PermanentError)) throw error;
    }
  }

  async #show(stage: RequestMessageStage): Promise<void> {
    if (!this.#message) return;
    try {
      await this.#deps.speaker.update(said.message(this.#id), this.#message, this.#text(stage));
    } catch (error) {
      // Somebody may have deleted it; the asker is told all the same.
      if (!(error instanceof PermanentError)) throw error;
      this.#context.log.error({ err: error }, 'cannot change the message of a request');
    }
  }

  #text(stage: RequestMessageStage) {
    const { values, askedBy } = this.#payload;
    const { name, clouds, environments } = values;
    return requestMessage({ stage, name: name.trim(), clouds, environments, askedBy });
  }

  get #id() {
    return this.#payload.requestId;
  }

  get #once() {
    return { fresh: this.#context.attempt === 1, since: this.#payload.askedAt };
  }
}
