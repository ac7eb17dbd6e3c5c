import type { LedgerRecord, PersonRef } from '../../../src/domain/change/record.ts';
import type { Stage } from '../stage.ts';
import { LEDGER, recordsAt, recordsNow } from '../world/ledger-truth.ts';
import { NAMES } from '../world/people.ts';
import { toldIn } from './told.ts';

type Opened = Extract<LedgerRecord['deed'], { kind: 'opened' }>;

/** What could be known at a time, for whoever was read last then. */
interface Moment {
  readonly at: number;
  readonly ledger: string | undefined;
  readonly tags: ReadonlyMap<string, string>;
  readonly approvers: ReadonlySet<string>;
}

/**
 * Judges every merge of the bot's at the moment GitHub does it, by the outside world's own records alone (I3, I4). What
 * cannot be compared and swapped, the ledger, tags and groups, counts as the merging job read it last; what somebody
 * was told, and the head, count to the very moment.
 */
export function watchMerges(stage: Stage): void {
  const { world } = stage;
  const moments: Moment[] = [];
  /** When each piece of work last asked for what. */
  const reads = new Map<string, number>();
  const note = () => void moments.push(momentNow(stage));
  note();
  world.slack.workspace.on(note);
  let accusations: readonly (readonly [string, string])[] = [];
  world.beforeGitHub = (call, { method, url }) => {
    note();
    const [, number] = /\/pulls\/(\d+)\/merge$/.exec(url) ?? [];
    if (method !== 'PUT' || number === undefined) return;
    // Once the check is green every gate is to be read again, whatever was read before.
    const greenAt = reads.get(`${call.work} green`) ?? 0;
    const readAt = (what: string) => Math.max(greenAt, reads.get(`${call.work} ${what}`) ?? 0);
    const staleMs = world.weather.isOver ? 0 : world.weather.climate.staleReadsMs;
    const asOf = (at: number) => moments.findLast((moment) => moment.at <= at) ?? (moments[0] as Moment);
    accusations = judge(stage, Number(number), {
      ledger: asOf(readAt('github graphql Ledger') - staleMs).ledger,
      tags: asOf(readAt('github graphql ChangeFacts') - staleMs).tags,
      tagsNow: momentNow(stage).tags,
      approvers: asOf(
        Math.min(
          readAt('slack usergroups.users.list'),
          readAt('github graphql TeamMembers'),
          readAt('slack users.info'),
        ),
      ).approvers,
    });
  };
  world.afterGitHub = (call, { method, url, body }, reply) => {
    if (url.includes('/check-runs') && (body as { readonly conclusion?: string })?.conclusion === 'success')
      reads.set(`${call.work} green`, world.scheduler.now);
    reads.set(`${call.work} ${call.service} ${call.name}`, world.scheduler.now);
    if (method === 'PUT' && /\/pulls\/\d+\/merge$/.test(url) && reply.status === 200) {
      stage.world.marks.add('ended');
      for (const [invariant, what] of accusations) stage.accuse(invariant, what);
    }
    note();
  };
  world.afterSlack = (call) =>
    void reads.set(`${call.work} ${call.service} ${call.name}`, world.scheduler.now);
}

function momentNow({ world: { github, slack, scheduler } }: Stage): Moment {
  const tags = [...github.state.refs].filter(([ref]) => ref.startsWith('refs/tags/'));
  const group = slack.workspace.groups.find(({ id }) => id === 'S0APPROVER');
  const team = github.state.teams.get('change-approvers');
  return {
    at: scheduler.now,
    ledger: github.state.refs.get(LEDGER),
    tags: new Map(tags.map(([ref, oid]) => [ref.slice('refs/tags/'.length), oid])),
    approvers: new Set(
      slack.workspace.people
        .filter(({ slackId, githubLogin, isDeactivated }) => {
          const isInTeam = team?.members.some(({ login }) => login === githubLogin) ?? false;
          return !isDeactivated && (isInTeam || group?.users.includes(slackId));
        })
        .map(({ slackId }) => slackId),
    ),
  };
}

interface Known {
  readonly ledger: string | undefined;
  readonly tags: ReadonlyMap<string, string>;
  readonly tagsNow: ReadonlyMap<string, string>;
  readonly approvers: ReadonlySet<string>;
}

function judge(stage: Stage, number: number, known: Known): readonly (readonly [string, string])[] {
  const { github } = stage.world;
  const pull = github.state.pulls.get(number);
  if (pull === undefined) return [];
  const wrong: (readonly [string, string])[] = [];
  const records = recordsNow(github);
  const opened = openedFor(records, number, pull.headRef);
  if (opened === undefined) return [['I4', `#${number} was merged and is no change on the ledger`]];
  const { change, requester } = opened;
  const read =
    recordsAt(github, known.ledger).length > records.length ? records : recordsAt(github, known.ledger);
  const stop = standingStop(read, change);
  if (stop !== undefined) wrong.push(['I4', `#${number} was merged although change ${change} was ${stop}`]);
  const told = toldStop(stage, records, change);
  if (told !== undefined) wrong.push(['I4', `#${number} was merged after ${told}`]);
  const given = approvalsOf(records, read, change).filter(({ by }) => !same(by, requester));
  const ofHead = given.filter(({ subjects }) =>
    subjects.some((each) => each.pull === number && each.head === pull.headSha),
  );
  const ofTag = ofHead.filter(({ subjects }) =>
    subjects.every(({ turns }) =>
      turns.every(({ to, target }) => {
        const tag = to.replace(/^tag /, '');
        return target === undefined || target === known.tagsNow.get(tag) || target === known.tags.get(tag);
      }),
    ),
  );
  const people = new Set(
    ofTag.flatMap(({ by }) => (by.slack && known.approvers.has(by.slack) ? [by.slack] : [])),
  );
  if (ofHead.length < 2 && given.length >= 2)
    wrong.push([
      'I3',
      `#${number} was merged at ${pull.headSha.slice(0, 7)}, which ${ofHead.length} approved`,
    ]);
  else if (ofTag.length < 2 && ofHead.length >= 2)
    wrong.push(['I3', `#${number} was merged although the tag points to what nobody approved`]);
  else if (people.size < 2)
    wrong.push(['I4', `#${number} of change ${change} was merged with ${people.size} live approvals`]);
  return wrong;
}

function openedFor(records: readonly LedgerRecord[], pull: number, branch: string): Opened | undefined {
  const all = records.flatMap(({ deed }) => (deed.kind === 'opened' ? [deed] : []));
  return all.findLast((deed) => deed.pull === pull || deed.places.some((place) => place.branch === branch));
}

/** The last approval of each person that was not taken back, by what the merging process could have read. */
function approvalsOf(records: readonly LedgerRecord[], read: readonly LedgerRecord[], change: number) {
  const lost = (id: string, by: PersonRef) => {
    const at = read.findIndex((record) => record.id === id);
    return (
      at >= 0 &&
      read
        .slice(at + 1)
        .some(
          ({ deed }) =>
            ['taken-back', 'rejected', 'approved'].includes(deed.kind) &&
            'change' in deed &&
            deed.change === change &&
            'by' in deed &&
            deed.by !== undefined &&
            same(deed.by, by),
        )
    );
  };
  return records.flatMap(({ id, deed }) =>
    deed.kind === 'approved' && deed.change === change && !lost(id, deed.by) ? [deed] : [],
  );
}

function same(one: PersonRef, other: PersonRef): boolean {
  return (
    (one.slack !== undefined && one.slack === other.slack) ||
    (one.login !== undefined && one.login === other.login)
  );
}

/** What keeps a change from merging by its records alone. */
function standingStop(records: readonly LedgerRecord[], change: number): string | undefined {
  let held = false;
  let frozen = false;
  let ended = false;
  const against = new Set<string>();
  for (const { deed } of records) {
    if (deed.kind === 'frozen') frozen = true;
    if (deed.kind === 'unfrozen') frozen = false;
    if (!('change' in deed) || deed.change !== change) continue;
    const by = 'by' in deed ? (deed.by?.slack ?? '') : '';
    if (deed.kind === 'held') held = true;
    if (deed.kind === 'hold-lifted') held = false;
    if (deed.kind === 'rejected') against.add(by);
    if (deed.kind === 'taken-back') against.delete(by);
    if (deed.kind === 'ended') ended = true;
  }
  if (ended) return 'over';
  if (frozen) return 'frozen';
  if (held) return 'held';
  return against.size > 0 ? 'rejected' : undefined;
}

/** Whether somebody was told that they stopped it, and nobody let it go on since. */
function toldStop(stage: Stage, records: readonly LedgerRecord[], change: number): string | undefined {
  if (standingStop(records, change) === undefined) return undefined;
  const told = toldIn(stage).findLast(
    (each) =>
      each.kind === 'frozen' || (each.change === change && ['rejected', 'held', 'ended'].includes(each.kind)),
  );
  return told && `${NAMES[told.who]} had been told that it is ${told.kind}`;
}
