import type { HandlerDeps } from '../../../handlers/ports.ts';
import type {
  ChangeIntentPayload,
  FreezePayload,
  PromotePayload,
  ShowChangesPayload,
} from '../../../jobs/change/payloads.ts';
import type {
  CutReleasePayload,
  OnboardPayload,
  ShowFleetPayload,
  ShowReleasePayload,
  ShowStatusPayload,
} from '../../../jobs/payloads.ts';
import type { Person, Snapshot } from '../../../jobs/ports.ts';
import type {
  ChangeRequestPayload,
  ShowRequestFormPayload,
  WithdrawRequestPayload,
} from '../../../jobs/request/payloads.ts';
import type { ShowRolloutPayload, ShowWhyPayload, TryAgainPayload } from '../../../jobs/rollout/payloads.ts';
import type { EditTenantPayload, ShowTenantPayload } from '../../../jobs/tenant-life/payloads.ts';
import type { SlackUserId } from '../../../src/domain/ids.ts';
import { understand } from '../../../src/domain/understand.ts';
import { onboardForm } from '../../../src/views/onboard-form.ts';
import { completeForm, REPO, sampleSnapshot } from '../../support/sample-platform.ts';

export const TESS = 'U0TESS' as SlackUserId;

export interface ShownView {
  readonly title: { readonly text: string };
  readonly submit?: { readonly text: string };
  readonly callback_id?: string;
  readonly private_metadata?: string;
  readonly clear_on_close?: boolean;
  readonly blocks: readonly object[];
}

/** How much faster than real time the scene's clock runs. */
const SPEED = 20;

/** The doors' outside in memory, under a clock that runs fast. */
export class HandlerScene {
  readonly opened: ShownView[] = [];
  readonly updated: { readonly id: string; readonly view: ShownView; readonly hash: string | undefined }[] =
    [];
  readonly taken: OnboardPayload[] = [];
  /** Asked for in an open view. */
  readonly shown: (ShowFleetPayload | ShowReleasePayload | ShowStatusPayload | ShowChangesPayload)[] = [];
  /** What names each wish to see changes. */
  readonly shownAs: string[] = [];
  readonly cut: CutReleasePayload[] = [];
  readonly said: ChangeIntentPayload[] = [];
  readonly promoted: PromotePayload[] = [];
  readonly frozen: FreezePayload[] = [];
  readonly rollouts: (ShowRolloutPayload | ShowWhyPayload | TryAgainPayload)[] = [];
  readonly tenants: ShowTenantPayload[] = [];
  readonly edits: EditTenantPayload[] = [];
  readonly requests: (ShowRequestFormPayload | ChangeRequestPayload | WithdrawRequestPayload)[] = [];
  readonly hints: string[] = [];
  snapshot: Snapshot | undefined = sampleSnapshot();
  /** Becomes the snapshot once somebody has asked for a look and this many milliseconds are over. */
  late: { readonly snapshot: Snapshot; readonly at: number } | undefined;
  person: Person | undefined = { id: TESS, name: 'Tess', isMember: true };
  members: readonly SlackUserId[] = [];
  queueFails = false;
  /** Added to the clock, in milliseconds. */
  offset = 0;
  readonly #start = performance.now();

  get now(): number {
    return (performance.now() - this.#start) * SPEED + this.offset;
  }

  readonly deps: HandlerDeps = {
    repos: [REPO],
    ownLogin: () => 'trunkline[bot]',
    intake: {
      onboard: async (payload) => this.#take(payload, this.taken),
      showFleet: async (payload) => this.#take(payload, this.shown),
      lookAtPlatform: async (repo) => void this.hints.push(repo),
      showTenant: async (payload, once) => {
        this.#take(payload, this.tenants);
        this.shownAs.push(once);
      },
      editTenant: async (payload) => this.#take(payload, this.edits),
      showRequestForm: async (payload) => this.#take(payload, this.requests),
      withdrawRequest: async (payload) => this.#take(payload, this.requests),
      changeRequest: async (payload) => this.#take(payload, this.requests),
      showRelease: async (payload) => this.#take(payload, this.shown),
      cutRelease: async (payload) => this.#take(payload, this.cut),
      showStatus: async (payload) => this.#take(payload, this.shown),
      lookAtRequest: async (repo, number) => void this.hints.push(`${repo}#${number}`),
      lookAtIssue: async (repo, number) => void this.hints.push(`issue ${repo}#${number}`),
      lookAtRelease: async (repo, id, tag) => void this.hints.push(`${repo}!${id} ${tag}`),
      changeIntent: async (payload) => this.#take(payload, this.said),
      promote: async (payload) => this.#take(payload, this.promoted),
      freeze: async (payload) => this.#take(payload, this.frozen),
      showChanges: async (payload, once = payload.viewId) => {
        this.#take(payload, this.shown);
        this.shownAs.push(once);
      },
      lookAtPull: async (repo, number) => void this.hints.push(`pull ${repo}#${number}`),
      lookAtConventions: async (repo, number) => void this.hints.push(`conventions ${repo}#${number}`),
      mendTitle: async () => {},
      lookAtChange: async (repo, number) => void this.hints.push(`change ${repo}~${number}`),
      showRollout: async (payload) => this.#take(payload, this.rollouts),
      showWhy: async (payload) => this.#take(payload, this.rollouts),
      tryAgain: async (payload) => this.#take(payload, this.rollouts),
      lookAtChanges: async (repo) => void this.hints.push(`changes ${repo}`),
      answerQueue: async (repo, head) => void this.hints.push(`queue ${repo}@${head}`),
    },
    modals: {
      open: async (_trigger, view) => {
        this.opened.push(view as ShownView);
        return 'V1';
      },
      update: async (id, view, hash) => void this.updated.push({ id, view: view as ShownView, hash }),
    },
    people: {
      find: async () => this.person,
      findByEmail: async () => undefined,
      membersOf: async () => this.members,
    },
    snapshots: {
      current: async () => {
        if (this.late && this.now >= this.late.at) this.snapshot = this.late.snapshot;
        return this.snapshot;
      },
    },
    marks: { get: async () => undefined },
    log: { info: () => {}, warn: () => {}, error: () => {} },
    // Clocks count whole milliseconds.
    now: () => Math.ceil(this.now),
    sleep: (ms) => new Promise((resolve) => setTimeout(resolve, ms / SPEED)),
  };

  #take<Payload>(payload: Payload, into: Payload[]): void {
    if (this.queueFails) throw new Error('Redis is away');
    into.push(payload);
  }
}

/** The words of a view. */
export function wordsOfView(view: ShownView | undefined): string {
  return JSON.stringify(view?.blocks ?? []);
}

/** What Slack sends when the form is sent with these values typed into it. */
export function sentForm(
  over: Parameters<typeof completeForm>[0] = {},
  policy?: string,
  changes?: Parameters<typeof onboardForm>[0]['changes'],
) {
  const understood = understand(sampleSnapshot(policy).files);
  if (understood.kind !== 'ok') throw new Error('the sample policy has mistakes');
  const values = completeForm(over);
  const notices: never[] = [];
  const view = onboardForm({ ...understood, values, notices, metadata: REPO, changes });
  const filled = view.blocks.flatMap((block) => {
    const element = 'element' in block ? block.element : undefined;
    if (block.block_id === undefined || !element || !('action_id' in element)) return [];
    return [[block.block_id, { [String(element.action_id)]: stateOf(element) }] as const];
  });
  const { private_metadata, blocks, callback_id } = view;
  return {
    private_metadata: private_metadata ?? '',
    callback_id,
    state: { values: Object.fromEntries(filled) },
    blocks,
  };
}

function stateOf(element: object): object {
  const has = (key: string) => (key in element ? (element as Record<string, unknown>)[key] : null);
  return {
    value: has('initial_value'),
    selected_option: has('initial_option'),
    selected_options: has('initial_options') ?? [],
  };
}
