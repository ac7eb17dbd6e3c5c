import type { RequestId, SlackUserId } from '../../src/domain/ids.ts';
import { type Policy, policySchema } from '../../src/domain/policy.ts';
import type { RequestPull } from '../../src/domain/request-state.ts';
import { PermanentError } from '../../src/errors.ts';
import type { RequestMessageStage } from '../../src/views/request-status.ts';
import type { JobDeps } from '../deps.ts';
import type { JobContext } from '../job.ts';
import type { Understood } from '../known-platform.ts';
import type { SaidMessage, SlackText } from '../ports.ts';
import { askForReview } from './ask-for-review.ts';
import { said } from './keys.ts';
import { type KnownPull, tellOfRequest } from './tell-of-request.ts';

/** A request whose pull request stands; `draft` is what it brings, where that can be told. */
export interface OpenedRequest<Draft> {
  readonly kind: 'opened';
  readonly pull: RequestPull;
  readonly draft: Draft | undefined;
  readonly known: Understood;
}

/** Which request it is, and what is said of it. */
export interface NewsSubject<Ended, Draft> {
  readonly requestId: RequestId;
  readonly askedBy: SlackUserId;
  /** Milliseconds since the epoch. */
  readonly askedAt: number;
  message(stage: RequestMessageStage): SlackText;
  /** To the asker: that nothing came of it, and why. */
  end(ended: Ended): SlackText;
  /** For the thread, once the pull request stands. */
  details(draft: Draft, known: Understood): SlackText;
  paths(draft: Draft): readonly string[];
}

/** What people in Slack hear of one request while its intent is worked on. */
export class RequestNews<Ended extends { readonly kind: 'refused' | 'failed' }, Draft> {
  readonly #deps: JobDeps;
  readonly #subject: NewsSubject<Ended, Draft>;
  readonly #context: JobContext;
  /** Undefined when it cannot be read: then no channel is known, and the asker alone is told. */
  readonly #policy: Policy | undefined;
  #message: SaidMessage | undefined;

  constructor(
    deps: JobDeps,
    subject: NewsSubject<Ended, Draft>,
    context: JobContext,
    policy: Policy | undefined,
  ) {
    this.#deps = deps;
    this.#subject = subject;
    this.#context = context;
    this.#policy = policy;
  }

  /** Posts the request's one message. */
  async begin(): Promise<void> {
    if (!this.#policy) return;
    const place = { kind: 'channel', channel: this.#policy.channels.requests } as const;
    const text = this.#subject.message({ kind: 'working' });
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
  async tell(outcome: Ended | OpenedRequest<Draft>): Promise<void> {
    if (outcome.kind === 'opened') return this.#tellOpened(outcome);
    await this.#findMessage();
    await this.#show({ kind: outcome.kind });
    const place = { kind: 'person', user: this.#subject.askedBy } as const;
    const text = this.#subject.end(outcome);
    await this.#deps.speaker.sayOnce(said.end(this.#id), place, text, this.#once);
  }

  async #tellOpened({ pull, draft, known }: OpenedRequest<Draft>): Promise<void> {
    const { github, hints } = this.#deps;
    this.#context.log.info(
      { repo: pull.repo, number: pull.number, branch: pull.branch },
      'pull request opened',
    );
    await askForReview(github, known.policy, pull, this.#context.log);
    const ours: KnownPull = { ...pull, requestId: this.#id, requestedBy: this.#subject.askedBy };
    const paths = draft ? this.#subject.paths(draft) : pull.paths;
    const told = { ...this.#deps, ...known, log: this.#context.log };
    const message = await tellOfRequest(told, { ...ours, paths });
    if (message && draft) await this.#details(message, draft, known);
    await hints.lookAtRequest(pull.repo, pull.number);
  }

  async #details(message: SaidMessage, draft: Draft, known: Understood): Promise<void> {
    const text = this.#subject.details(draft, known);
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
    if (this.#message) return;
    const { channels } = this.#policy ?? policySchema.parse({});
    const place = { kind: 'channel', channel: channels.requests } as const;
    try {
      this.#message = await this.#deps.speaker.find(said.message(this.#id), place, this.#subject.askedAt);
    } catch (error) {
      if (!(error instanceof PermanentError)) throw error;
    }
  }

  async #show(stage: RequestMessageStage): Promise<void> {
    if (!this.#message) return;
    try {
      await this.#deps.speaker.update(said.message(this.#id), this.#message, this.#subject.message(stage));
    } catch (error) {
      // Somebody may have deleted it; the asker is told all the same.
      if (!(error instanceof PermanentError)) throw error;
      this.#context.log.error({ err: error }, 'cannot change the message of a request');
    }
  }

  get #id() {
    return this.#subject.requestId;
  }

  get #once() {
    return {
      since: this.#subject.askedAt,
    };
  }
}
