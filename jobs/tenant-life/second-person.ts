import { comparePersons } from '../../src/domain/change/identities.ts';
import type { SlackUserId } from '../../src/domain/ids.ts';
import type { Policy } from '../../src/domain/policy.ts';
import { draftEdit } from '../../src/domain/tenant-life/draft-edit.ts';
import { PermanentError } from '../../src/errors.ts';
import {
  confirmRefused,
  editDirect,
  offboardCalledOff,
  offboardWaiting,
} from '../../src/views/tenant/edit-news.ts';
import { authorise } from '../authorise.ts';
import type { JobDeps } from '../deps.ts';
import type { JobContext } from '../job.ts';
import { freshPlatform } from '../known-platform.ts';
import { said } from '../onboard/keys.ts';
import type { Person } from '../ports.ts';
import type { EditTenantPayload } from './payloads.ts';
import { readEditFacts } from './read-edit-facts.ts';

/** How long what the second person said holds against another press, in milliseconds. */
const DECIDED_MS = 30 * 24 * 60 * 60_000;

type Answer = NonNullable<EditTenantPayload['answer']>;

/** Asks in the requests channel for a second person; the message itself keeps what they are asked. */
export async function askForSecond(
  deps: JobDeps,
  payload: EditTenantPayload,
  { log }: JobContext,
  policy: Policy,
): Promise<void> {
  const { repo, requestId, askedBy, askedAt, name, edit } = payload;
  const once = { since: askedAt };
  const { commit } = await freshPlatform(deps, repo);
  const drafted = draftEdit(name, edit, await readEditFacts(deps, repo, commit, name));
  const person = { kind: 'person', user: askedBy } as const;
  if (drafted.kind === 'refused') {
    await deps.speaker.sayOnce(said.end(requestId), person, editDirect(name, drafted), once);
    return;
  }
  const waiting = { repo, name, id: requestId, by: askedBy, at: askedAt };
  const text = offboardWaiting(waiting, askedBy, drafted.draft);
  const place = { kind: 'channel', channel: policy.channels.requests } as const;
  try {
    await deps.speaker.sayOnce(said.message(requestId), place, text, once);
  } catch (error) {
    if (!(error instanceof PermanentError)) throw error;
    // Without the channel nobody can confirm it.
    log.error({ err: error, place }, 'cannot ask for the second person of an offboarding');
    const end = editDirect(name, { kind: 'failed', code: error.code });
    await deps.speaker.sayOnce(said.end(requestId), person, end, once);
  }
}

/** What the second person's press means: somebody who confirmed, or that all is done. */
export async function hearSecond(
  deps: JobDeps,
  payload: EditTenantPayload,
  answer: Answer,
  policy: Policy,
): Promise<{ readonly kind: 'confirmed'; readonly person: Person } | { readonly kind: 'done' }> {
  const isAsker = answer.by === payload.askedBy;
  if (answer.kind === 'confirm' && isSamePerson(payload.askedBy, answer.by, policy))
    return refuse(deps, payload, answer, 'same-person');
  const person = await authorise(deps.people, policy.tenants.confirm, answer.by);
  if (!person && !isAsker) return refuse(deps, payload, answer, 'not-allowed');
  // Of two who press at once the first decides; a run that is repeated finds its own word.
  const decided = await deps.marks.take(`second:${payload.requestId}`, answer.kind, DECIDED_MS);
  if (decided !== answer.kind) return { kind: 'done' };
  if (answer.kind === 'confirm' && person) return { kind: 'confirmed', person };
  await callOff(deps, payload, answer.by, policy);
  return { kind: 'done' };
}

/** Whether two accounts are one person's, by all that the policy says of them. */
function isSamePerson(one: SlackUserId, other: SlackUserId, policy: Policy): boolean {
  const ref = (slack: SlackUserId) => ({ slack, login: undefined });
  return comparePersons(ref(one), ref(other), policy) === 'same';
}

async function refuse(
  { speaker }: JobDeps,
  { requestId, askedAt, name }: EditTenantPayload,
  { by }: Answer,
  why: 'same-person' | 'not-allowed',
): Promise<{ readonly kind: 'done' }> {
  const key = `${said.end(requestId)}:not-yours:${by}`;
  const place = { kind: 'person', user: by } as const;
  await speaker.sayOnce(key, place, confirmRefused(name, why), { since: askedAt });
  return { kind: 'done' };
}

async function callOff(
  { speaker }: JobDeps,
  { requestId, askedBy, askedAt, name }: EditTenantPayload,
  by: SlackUserId,
  policy: Policy,
): Promise<void> {
  const key = said.message(requestId);
  const place = { kind: 'channel', channel: policy.channels.requests } as const;
  const message = await speaker.find(key, place, askedAt);
  if (message) await speaker.update(key, message, offboardCalledOff(name, askedBy, by));
}
