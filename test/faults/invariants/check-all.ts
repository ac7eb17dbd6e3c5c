import { createProofs } from '../../../src/adapters/github/ledger/ledger-keys.ts';
import { verifyLedger } from '../../../src/domain/change/chain.ts';
import { recordText } from '../../../src/domain/change/record-text.ts';
import type { Stage } from '../stage.ts';
import { LEDGER_KEY } from '../world/ledger-key.ts';
import { recordsNow } from '../world/ledger-truth.ts';

const proofs = createProofs([LEDGER_KEY.privateKeyPem]);

/** Points of GraphQL and requests that a seed may cost in a minute; a loop costs far more. */
const MOST_CALLS_A_MINUTE = 600;

/** What must hold in every line once all has been quiet, by the outside world's own records. */
export function checkAll(stage: Stage): void {
  ledgerIsWhole(stage);
  nothingStandsTwice(stage);
  nothingWaits(stage);
  limitsAreKept(stage);
  headsAreAnswered(stage);
  secretsStayIn(stage);
  recordsBearGitHubsTime(stage);
  theSweepGoesOn(stage);
}

function ledgerIsWhole(stage: Stage): void {
  const records = recordsNow(stage.world.github);
  const entries = records.map((record) => ({ where: record.id, text: recordText(record) }));
  const { damage } = verifyLedger(entries, proofs, undefined);
  if (damage.length > 0) stage.accuse('I5', `the ledger is damaged: ${JSON.stringify(damage)}`);
  const ids = records.map(({ id }) => id);
  if (new Set(ids).size < ids.length) stage.accuse('I5', `the ledger says something twice: ${ids.join(' ')}`);
}

/** I2: no two messages that say the same in one place. */
function nothingStandsTwice(stage: Stage): void {
  const seen = new Set<string>();
  for (const { channel, metadata, tombstone } of stage.world.slack.workspace.messages) {
    const payload = metadata?.['event_payload'] as { readonly key?: string } | undefined;
    if (payload?.key === undefined || tombstone) continue;
    const key = `${channel} ${payload.key}`;
    if (seen.has(key)) stage.accuse('I2', `two messages stand in ${key}`);
    seen.add(key);
  }
}

/** I6: no wish is left in the queue, and nobody reads "One moment" any more whose wish came there. */
function nothingWaits(stage: Stage): void {
  for (const { name, id, state } of stage.world.queues.intents.jobs()) {
    if (state === 'waiting' || state === 'active' || state === 'delayed')
      stage.accuse('I6', `the wish ${name} ${id} is still ${state}`);
  }
  for (const { view, intent } of stage.world.wishes) {
    const open = stage.world.slack.workspace.view(view);
    if (open !== undefined && JSON.stringify(open.blocks).includes('One moment'))
      stage.accuse('I6', `whoever sent ${intent} still reads "One moment"`);
  }
}

/** I8 */
function limitsAreKept(stage: Stage): void {
  const { world } = stage;
  if (world.limited > 0) stage.accuse('I8', `GitHub refused ${world.limited} requests as too many`);
  const minutes = new Map<number, number>();
  for (const { doneAt, service } of world.calls) {
    if (doneAt === undefined || service === 'redis') continue;
    const minute = Math.floor(doneAt / 60_000);
    minutes.set(minute, (minutes.get(minute) ?? 0) + 1);
  }
  const most = Math.max(0, ...minutes.values());
  if (most > MOST_CALLS_A_MINUTE) stage.accuse('I8', `${most} calls in one minute`);
}

/** A required check that is never reported hangs a pull request for ever. */
function headsAreAnswered(stage: Stage): void {
  const { state } = stage.world.github;
  for (const pull of state.pulls.values()) {
    if (pull.state !== 'open') continue;
    const isAnswered = [...state.checkRuns.values()].some(
      (run) => run.headSha === pull.headSha && run.name === 'change-approval',
    );
    if (!isAnswered) stage.accuse('I6', `the head of #${pull.number} has no answer`);
  }
}

/** What Slack and the ledger trust the bot with, and what must be found nowhere. */
const CANARIES = [
  'sandbox-verification-token',
  'http://slack.test/commands',
  'http://slack.test/actions',
  LEDGER_KEY.privateKeyPem.split('\n')[1] ?? '',
];

function secretsStayIn(stage: Stage): void {
  const { world } = stage;
  const { state } = world.github;
  const places: Readonly<Record<string, string>> = {
    Redis: world.redis.dump(),
    'the queues': JSON.stringify(Object.values(world.queues).map((queue) => queue.jobs())),
    'the log': world.story.lines.join('\n'),
    messages: JSON.stringify(world.slack.workspace.messages),
    'pull requests': JSON.stringify([...state.pulls.values()].map(({ title, body }) => [title, body])),
    'comments and checks': JSON.stringify([[...state.comments.values()], [...state.checkRuns.values()]]),
    releases: JSON.stringify([...state.releases.values()]),
    'the ledger': JSON.stringify(recordsNow(world.github)),
  };
  for (const [place, text] of Object.entries(places)) {
    const found = CANARIES.find((canary) => text.includes(canary));
    if (found !== undefined) stage.accuse('secret', `${place} holds ${found.slice(0, 12)}…`);
  }
}

/** Times that decide are GitHub's, whatever the own clock says. */
function recordsBearGitHubsTime(stage: Stage): void {
  const now = stage.world.scheduler.now;
  for (const { id, at } of recordsNow(stage.world.github)) {
    const age = now - Date.parse(at);
    if (age < -60_000 || age > 560_000) stage.accuse('clock', `the record ${id} bears ${at}`);
  }
}

/** Whatever Redis has lost, a sweep comes every 20 s again. */
function theSweepGoesOn(stage: Stage): void {
  const isPlanned = stage.world.queues.looks
    .jobs()
    .some(({ name, state }) => name === 'sweep' && state === 'delayed');
  if (!isPlanned) stage.accuse('I6', 'no sweep is planned any more');
}
