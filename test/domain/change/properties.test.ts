import fc from 'fast-check';
import { countApprovals } from '../../../src/domain/change/count-approvals.ts';
import { decideGates } from '../../../src/domain/change/decide-gates.ts';
import { resolvePerson } from '../../../src/domain/change/identities.ts';
import { judgeWish } from '../../../src/domain/change/judge-wish.ts';
import type { PullFacts, Pusher } from '../../../src/domain/change/pull-facts.ts';
import type { Deed } from '../../../src/domain/change/record.ts';
import type { CommitSha } from '../../../src/domain/ids.ts';
import {
  changeFrom,
  loginOf,
  membershipOf,
  names,
  openedDeed,
  part,
  person,
  policy,
  slackId,
  subject,
} from './change-samples.ts';

type Name = (typeof names)[number];
type Event =
  | { readonly kind: 'approve' | 'take-back' | 'leave' | 'join'; readonly who: Name }
  | { readonly kind: 'push'; readonly who: Name | undefined }
  | { readonly kind: 'move-tag' }
  | { readonly kind: 'forge'; readonly who: Name };

const name = fc.constantFrom(...names);
const anyEvent: fc.Arbitrary<Event> = fc.oneof(
  { weight: 6, arbitrary: fc.record({ kind: fc.constant('approve' as const), who: name }) },
  fc.record({ kind: fc.constantFrom('take-back' as const, 'leave' as const, 'join' as const), who: name }),
  fc.record({ kind: fc.constant('push' as const), who: fc.option(name, { nil: undefined }) }),
  fc.constant({ kind: 'move-tag' as const }),
  // Recorded without having been judged: counting must not rest on the door.
  fc.record({ kind: fc.constant('forge' as const), who: name }),
);

/** The world that events have led to, kept apart from the code under test. */
class World {
  deeds: Deed[] = [openedDeed];
  version = 0;
  pusher: Pusher = { kind: 'us' };
  group = new Set<Name>(['rita', 'ann', 'bob', 'cleo']);
  approvedAt = new Map<Name, number>();

  get part() {
    const commit = (at: number) => at.toString(16).padStart(40, '0') as CommitSha;
    return { ...part, pusher: this.pusher, subject: { ...subject, head: commit(this.version) } };
  }
  get membership() {
    return membershipOf({ SPLATFORM: [...this.group].map((who) => `U${who.toUpperCase()}`), SOPS: [] });
  }
  get change() {
    return changeFrom(...this.deeds);
  }
  tally(isDamaged = false) {
    const { change, membership } = this;
    return countApprovals({ change, part: this.part, policy, membership, isDamaged });
  }
  gates(isDamaged = false) {
    return decideGates({
      change: this.change,
      pull: { state: 'open', base: 'main', mergeable: 'yes', requiredChecks: [] } as unknown as PullFacts,
      subject: this.part.subject,
      tally: this.tally(isDamaged),
      earlier: [],
      freeze: undefined,
      now: 0,
      policy,
      damage: isDamaged ? 1 : 0,
      defaultBranch: 'main',
    });
  }
  wish(kind: 'approve' | 'take-back', who: Name) {
    const verdict = judgeWish(
      { kind },
      {
        person: resolvePerson({ slack: slackId(`U${who.toUpperCase()}`) }, policy.people),
        change: this.change,
        via: 'slack',
        askedAt: 0,
        parts: [this.part],
        policy,
        membership: this.membership,
        isDamaged: false,
        shown: undefined,
        current: '',
        reviewed: undefined,
      },
    );
    if (verdict.kind === 'record') this.deeds.push(verdict.deed);
    return verdict;
  }
  run(event: Event) {
    switch (event.kind) {
      case 'approve':
        if (this.wish('approve', event.who).kind === 'record') this.approvedAt.set(event.who, this.version);
        return;
      case 'take-back':
        this.wish('take-back', event.who);
        this.approvedAt.delete(event.who);
        return;
      case 'forge': {
        const { subject: forged } = this.part;
        const by = person(event.who);
        this.deeds.push({ kind: 'approved', change: 1, by, subjects: [forged], via: 'slack' });
        this.approvedAt.set(event.who, this.version);
        return;
      }
      case 'leave':
        this.group.delete(event.who);
        return;
      case 'join':
        this.group.add(event.who);
        return;
      case 'push':
        this.version += 1;
        this.pusher =
          event.who === undefined ? { kind: 'unknown' } : { kind: 'person', login: loginOf(event.who) };
        return;
      case 'move-tag':
        this.version += 1;
    }
  }
  /** Who must count, told without the code under test. */
  expected(): readonly Name[] {
    const { pusher } = this;
    if (pusher.kind === 'unknown') return [];
    return names.filter(
      (who) =>
        who !== 'rita' &&
        this.group.has(who) &&
        this.approvedAt.get(who) === this.version &&
        !(pusher.kind === 'person' && pusher.login === who),
    );
  }
}

function after(events: readonly Event[]): World {
  const world = new World();
  for (const event of events) world.run(event);
  return world;
}

const story = fc.array(anyEvent, { maxLength: 25 });

test('exactly those count who approved what is there now and may', () => {
  fc.assert(
    fc.property(story, (events) => {
      const world = after(events);
      const counted = world.tally().given.map(({ by }) => by.login);
      expect(counted.toSorted()).toEqual(world.expected().toSorted());
    }),
  );
});

test('never mergeable with fewer than two distinct people who may', () => {
  let merges = 0;
  fc.assert(
    fc.property(story, (events) => {
      const world = after(events);
      const isMergeable = world.gates().length === 0;
      if (isMergeable) merges += 1;
      expect(isMergeable).toBe(world.expected().length >= 2);
    }),
    { numRuns: 300 },
  );
  // Otherwise the property would say nothing.
  expect(merges).toBeGreaterThan(0);
});

test('after any push no old approval counts', () => {
  fc.assert(
    fc.property(story, name, (events, who) => {
      const world = after([...events, { kind: 'push', who }]);
      expect(world.tally().given).toEqual([]);
    }),
  );
});

test('taking back never raises what is given, and lowers it by whoever counted', () => {
  fc.assert(
    fc.property(story, name, (events, who) => {
      const world = after(events);
      const before = world.tally().given.map(({ by }) => by.login);
      world.run({ kind: 'take-back', who });
      expect(world.tally().given.map(({ by }) => by.login)).toEqual(
        before.filter((login) => login !== loginOf(who)),
      );
    }),
  );
});

test('a damaged ledger never approves', () => {
  fc.assert(
    fc.property(story, (events) => {
      const world = after(events);
      expect(world.tally(true)).toMatchObject({ given: [], eligible: 0, isEnough: false });
      expect(world.gates(true).map(({ kind }) => kind)).toContain('ledger-damaged');
    }),
  );
});
