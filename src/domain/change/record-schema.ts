import { z } from 'zod';
import type { CommitSha, GitHubLogin, RepoName, SlackUserId } from '../ids.ts';
import type { LedgerRecord } from './record.ts';

/** Absent keys are read as undefined, for JSON has no word for it. */
function maybe<T extends z.ZodType>(type: T) {
  return type.optional().transform((value) => value);
}

const sha = z
  .string()
  .regex(/^(?:[0-9a-f]{40}|[0-9a-f]{64})$/)
  .transform((text) => text as CommitSha);
const slack = z
  .string()
  .regex(/^[UW][A-Z0-9]+$/)
  .transform((text) => text as SlackUserId);
const login = z
  .string()
  .min(1)
  .transform((text) => text as GitHubLogin);
const repo = z
  .string()
  .regex(/^[\w-]+\/[\w.-]+$/)
  .transform((text) => text as RepoName);
/** ISO 8601 in UTC: the ledger's years and months are UTC's. */
const instant = z.iso.datetime();

const number = z.int().positive();
const person = z.strictObject({ slack: maybe(slack), login: maybe(login) });
const turn = z.strictObject({
  source: z.string(),
  from: z.string(),
  running: maybe(sha),
  to: z.string(),
  target: maybe(sha),
});
const subject = z.strictObject({ pull: number, head: sha, turns: z.array(turn) });
const subjects = z.array(subject);
const via = z.enum(['slack', 'comment', 'review']);
const place = z.strictObject({ name: z.string(), branch: z.string(), wave: z.int().min(0) });
const what = z.discriminatedUnion('kind', [
  z.strictObject({
    kind: z.literal('promotion'),
    tag: z.string(),
    target: maybe(sha),
    automatic: z.boolean(),
    back: z.boolean(),
  }),
  z.strictObject({ kind: z.literal('other') }),
]);

function deedOf<Kind extends string, Shape extends z.ZodRawShape>(kind: Kind, shape: Shape) {
  return z.strictObject({ kind: z.literal(kind), ...shape });
}

const reason = z.string();
const about = { change: number, by: person };

const deed = z.discriminatedUnion('kind', [
  deedOf('opened', {
    change: number,
    what,
    requester: person,
    places: z.array(place),
    pull: maybe(number),
    externalNumber: maybe(z.string()),
  }),
  deedOf('approved', { ...about, subjects, via }),
  deedOf('rejected', { ...about, reason, subjects, via }),
  deedOf('taken-back', { ...about, via }),
  deedOf('held', { ...about, reason }),
  deedOf('hold-lifted', about),
  deedOf('externally-numbered', { ...about, externalNumber: z.string() }),
  deedOf('go', { ...about, subjects }),
  deedOf('override-asked', { ...about, reason }),
  deedOf('override-confirmed', about),
  deedOf('frozen', { by: person, reason, until: maybe(z.string()) }),
  deedOf('unfrozen', { by: person }),
  deedOf('merged', {
    change: number,
    pull: number,
    commit: sha,
    subject: maybe(subject),
    past: maybe(login),
    approvedBy: z.array(person),
    last: maybe(z.literal(true)),
  }),
  deedOf('applied', { change: number, pull: number, outcome: z.enum(['applied', 'failed']) }),
  deedOf('ended', {
    change: number,
    why: z.enum(['withdrawn', 'superseded', 'expired', 'done']),
    by: maybe(person),
    supersededBy: maybe(number),
  }),
]);

const record = z.strictObject({
  v: z.literal(1),
  // It becomes a file's name.
  id: z.string().regex(/^[A-Za-z0-9][A-Za-z0-9._-]{0,149}$/),
  seq: number,
  previous: maybe(z.string().regex(/^[0-9a-f]{64}$/)),
  at: instant,
  repo,
  policy: sha,
  deed,
  key: z.string().regex(/^[0-9a-f]{16}$/),
  signature: z.string().min(1),
});

/** What a record's file or commit holds; undefined when it is none that this version knows. Proves nothing yet. */
export function parseRecord(value: unknown): LedgerRecord | undefined {
  return record.safeParse(value).data;
}
