import type { Failure, Outcome } from '../../../src/domain/rollout/outcome.ts';
import type { Progress } from '../../../src/domain/rollout/progress.ts';
import { requestLiveNote } from '../../../src/views/request-live-note.ts';
import { rolloutComment } from '../../../src/views/rollout-comment.ts';
import { rolloutEnd } from '../../../src/views/rollout-end.ts';
import { rolloutMessage, rolloutThread } from '../../../src/views/rollout-message.ts';
import { notAllowedNote, releaseRolloutNote } from '../../../src/views/rollout-note.ts';
import {
  type RolloutRefusal,
  rolloutRefused,
  rolloutView,
  rolloutWaiting,
  triedAgain,
} from '../../../src/views/rollout-view.ts';
import { rolloutWhy } from '../../../src/views/rollout-why.ts';
import { condition, kustomization, start } from '../../domain/rollout/samples.ts';
import { hostileTexts } from '../../domain/samples.ts';
import { expectMessage, expectView, readAloud } from './read-aloud.ts';
import { approvedBy, now, pullRequest, requestedBy, story } from './stories.ts';

const LONG = 'x'.repeat(2_000);
/** Many letters that may not be cut apart. */
const FAMILY = '👩‍👩‍👧‍👦 <!channel> '.repeat(60);
const failures = (count: number, text: string): readonly Failure[] =>
  Array.from({ length: count }, (_, index) => ({
    management: text,
    cluster: index % 2 ? text : undefined,
    object: { kind: index % 3 ? 'kustomization' : 'source', id: `${text}/${index}` },
    reason: text,
    line: text,
  }));

/** Many clusters in which everything fails with long words, and nothing has arrived. */
function progress(managements: number, clusters: number, text: string): Progress {
  const failed = { kind: 'failed', reason: text, line: text, retrying: true } as const;
  return {
    movedAt: start,
    managements: Array.from({ length: managements }, (_, m) => ({
      management: `${text.slice(0, 200)}-${m}`,
      silence: undefined,
      seenAt: start,
      legs: [
        {
          source: `${text}/main`,
          isWay: true,
          sourceState: { kind: 'failed', reason: text, line: text },
          fetchedAt: undefined,
          movedAt: start,
          members: [
            { id: `${text}/mgmt`, cluster: undefined, state: failed, appliedAt: undefined, helm: [] },
          ],
        },
        {
          source: `${text}/release`,
          isWay: false,
          sourceState: { kind: 'missing-tag', tag: text, line: text },
          fetchedAt: undefined,
          movedAt: start,
          members: Array.from({ length: clusters * 3 }, (_, index) => ({
            id: `${text}/tenants-${index}`,
            cluster: `${text.slice(0, 200)}-${m}-${index % clusters}`,
            state: failed,
            appliedAt: undefined,
            helm: [],
          })),
        },
      ],
    })),
  };
}

const failed = (count: number, text: string): Outcome => ({
  kind: 'failed',
  failures: failures(count, text),
});

describe('what is told of rollouts stays within what Slack takes', () => {
  it.each([
    [1, 1],
    [1, 20],
    [4, 5],
    [20, 1],
    [7, 3],
    [10, 10],
    [4, 40],
    [100, 2],
  ])(
    'though all Kustomizations of %d management clusters with %d clusters each fail with long words',
    (m, n) => {
      for (const text of [LONG, FAMILY]) {
        const told = story([], {
          version: text,
          progress: progress(m, n, text),
          outcome: failed(m * n * 3, text),
          pullRequests: Array.from({ length: 30 }, () => ({ ...pullRequest, title: text })),
          approvedBy: Array.from({ length: 30 }, () => approvedBy[0] ?? requestedBy),
          change: {
            repo: 'o/r',
            number: 7,
            url: 'https://slack.test/x',
            isPromotion: true,
            isUnapproved: true,
          },
        });
        expectMessage(rolloutMessage(told, now));
        for (const page of rolloutThread(told, now)) expectMessage(page);
        const outcome = failed(m * n * 3, text) as Extract<Outcome, { kind: 'failed' }>;
        const end = rolloutEnd({ ...told, outcome }, { requestedBy, onCall: 'S0ONCALL01' }, now);
        expectMessage(end);
        expect((rolloutComment(told, 'https://slack.test/x') ?? '').length).toBeLessThan(65_536);
      }
    },
  );

  it('says how many management clusters it does not name', () => {
    const told = story([], { progress: progress(12, 1, 'x'), outcome: { kind: 'under-way' } });
    expect(readAloud(rolloutMessage(told, now).blocks)).toContain('and 7 more on the way');
  });

  it('every cluster of a hundred stands in the thread once', () => {
    const told = story([], { progress: progress(10, 10, 'c'), outcome: { kind: 'under-way' } });
    const pages = rolloutThread(told, now);
    const text = pages.map(({ blocks }) => readAloud(blocks)).join('');
    for (let index = 0; index < 100; index += 1)
      expect(text.split(`c-${Math.floor(index / 10)}-${index % 10}:`)).toHaveLength(2);
    expect(pages).toHaveLength(4);
  });

  it.each(hostileTexts.map((text, index) => [index, text] as const))(
    'with hostile text %d',
    (_index, text) => {
      expectMessage(notAllowedNote(Array.from({ length: 200 }, () => text)));
      expectMessage(releaseRolloutNote(text, 'https://slack.test/x'));
      expectMessage(
        requestLiveNote({
          pullRequest: { ...pullRequest, title: text },
          clusters: Array.from({ length: 200 }, () => text),
          tookMs: 90_000,
        }),
      );
      expectView(triedAgain(text));
      expectView(triedAgain(`${text.repeat(20)}`));
      const message = `${text} ${LONG}${LONG}`;
      const object = kustomization('v1@a', {
        id: text,
        suspended: true,
        ready: condition('False', text, { message }),
        stalled: condition('True', text, { message }),
        reconciling: condition('True', text, { message }),
      });
      const event = { at: start, isWarning: true, reason: text, message, count: 7 };
      const events = Array.from({ length: 100 }, () => event);
      expectView(rolloutView(rolloutWhy({ management: text, id: text, object, events }, now)));
      expectView(rolloutView(rolloutWhy({ management: text, id: text, object: undefined, events }, now)));
    },
  );

  it.each<RolloutRefusal>([
    'not-a-member',
    'not-allowed',
    'policy-invalid',
    'unknown-cluster',
    'stray',
    'away',
    'unreadable',
    'no-right',
    'gone',
  ])('the answer %s', (why) => {
    expectView(rolloutRefused(why));
    expectView(rolloutWaiting());
  });
});

describe('what a merged pull request is told', () => {
  it('is nothing while it is under way', () => {
    expect(rolloutComment(story([], { outcome: { kind: 'under-way' } }), undefined)).toBeUndefined();
  });

  it.each<[string, Outcome, string]>([
    [
      'live',
      { kind: 'applied', tookMs: 65_000, clusters: [] },
      '✅ **v2** is live, 1 min 5 s after the merge, in:',
    ],
    ['failed', { kind: 'failed', failures: failures(10, 'x') }, '- and 2 more'],
    [
      'stuck',
      { kind: 'stuck', sinceMs: 900_000 },
      '🟠 **v2** is stuck: nothing moves any more, and not every cluster runs it.',
    ],
    [
      'overtaken',
      { kind: 'superseded', by: 'v3', ran: false },
      '⚪ **v2** was overtaken by v3 before it ran everywhere.',
    ],
    [
      'what ran before',
      { kind: 'superseded', by: 'v3', ran: true },
      '⚪ **v2** ran everywhere until v3 took its place.',
    ],
  ])('%s', (_name, outcome, words) => {
    expect(rolloutComment(story([], { outcome }), undefined)).toContain(words);
    expect(rolloutComment(story([], { outcome }), 'https://slack.test/x')).toMatch(
      /\n\n\[The rollout in Slack\]\(https:\/\/slack\.test\/x\)$/,
    );
  });

  it('mentions nobody, whatever a cluster says', () => {
    for (const text of hostileTexts) {
      const told = story([], { version: text, outcome: { kind: 'failed', failures: failures(3, text) } });
      const comment = rolloutComment(told, undefined) ?? '';
      expect(comment).not.toMatch(/(^|[^\\])@[a-z]/i);
      expect(comment).not.toMatch(/(^|[^\\])<(?!!--)[a-z/]/i);
    }
  });
});
