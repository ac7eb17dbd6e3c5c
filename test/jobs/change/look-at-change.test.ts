import { changeIntent } from '../../../jobs/change/change-intent.ts';
import { lookAtChange } from '../../../jobs/look-at-change.ts';
import type { GitHubLogin } from '../../../src/domain/ids.ts';
import { BASE, REPO } from '../../support/sample-platform.ts';
import { ChangeJobScene, HEAD, idOf, MOVED, PULL, policyText, refOf } from './change-scene.ts';

const look = (scene: ChangeJobScene) => scene.run(lookAtChange, { number: 1 });

function approvedScene(policy?: string): ChangeJobScene {
  const scene = new ChangeJobScene(policy);
  scene.open();
  scene.approve('ann', 'bob');
  return scene;
}

/** Looks until there is nothing to be done, as the queue does after a failure. */
async function lookToTheEnd(scene: ChangeJobScene): Promise<number> {
  for (let runs = 1; runs <= 6; runs += 1) {
    try {
      await look(scene);
      return runs;
    } catch {
      // the queue runs it again
    }
  }
  throw new Error('never ends');
}

describe('a change that enough people approved', () => {
  it('merges by its head, once, and is recorded with who approved', async () => {
    const scene = approvedScene();
    await look(scene);
    await look(scene);
    expect(scene.changes.merges).toEqual([{ number: PULL, head: HEAD }]);
    expect(scene.kinds()).toEqual(['opened', 'approved', 'approved', 'merged']);
    expect(scene.deeds('merged')).toMatchObject([
      { pull: PULL, past: undefined, approvedBy: [{ login: 'ann' }, { login: 'bob' }] },
    ]);
    expect(scene.deeds('merged')).toMatchObject([{ last: true }]);
  });

  it('has its check turned green, is read again, and then merged', async () => {
    const scene = approvedScene();
    const calls: string[] = [];
    scene.changes.before = (method) => void calls.push(method);
    await look(scene);
    const merge = calls.indexOf('merge');
    const green = calls.indexOf('reportCheck');
    expect(green).toBeLessThan(merge);
    const between = calls.slice(green + 1, merge);
    expect(between).toContain('readChangeFacts');
    expect(scene.changes.checks[0]).toMatchObject({ head: HEAD, conclusion: 'success' });
  });

  it.each<[string, (scene: ChangeJobScene) => void]>([
    ['one approval only', (scene) => void scene.book.records.splice(2)],
    [
      'a rejection',
      (scene) =>
        scene.record({
          kind: 'rejected',
          change: 1,
          by: refOf('cleo'),
          reason: 'no',
          subjects: [scene.subject],
          via: 'slack',
        }),
    ],
    ['a hold', (scene) => scene.record({ kind: 'held', change: 1, by: refOf('cleo'), reason: 'wait' })],
    [
      'a freeze',
      (scene) => scene.record({ kind: 'frozen', by: refOf('cleo'), reason: 'audit', until: undefined }),
    ],
    [
      'an approval taken back',
      (scene) => scene.record({ kind: 'taken-back', change: 1, by: refOf('ann'), via: 'slack' }),
    ],
    ['a damaged ledger', (scene) => void scene.book.damage.push({ why: 'edited', where: 'records/x' })],
    ['an approver who left', (scene) => void scene.gone.add(idOf('ann'))],
    ['an approver out of the group', (scene) => void scene.groups.set('SPLATFORM', [idOf('bob')])],
    ['an empty group', (scene) => void scene.groups.set('SPLATFORM', [])],
    [
      'an approver who pushed',
      (scene) => {
        scene.changes.pusher = { kind: 'person', login: 'ann' as GitHubLogin };
      },
    ],
    [
      'nobody known who pushed',
      (scene) => {
        scene.changes.pusher = { kind: 'unknown' };
      },
    ],
    ['a fork', (scene) => scene.change({ isFork: true })],
    ['a push since', (scene) => scene.push()],
    ['a moved tag', (scene) => void scene.changes.tags.set('v0.2.0', MOVED)],
    ['a deleted tag', (scene) => void scene.changes.tags.delete('v0.2.0')],
    ['a moved tag of what runs', (scene) => void scene.changes.tags.set('v0.1.0', MOVED)],
    ['a draft', (scene) => scene.change({ isDraft: true })],
    ['a conflict', (scene) => scene.change({ mergeable: 'conflicting' })],
    ['a mergeability that is not known', (scene) => scene.change({ mergeable: 'unknown' })],
    ['another base', (scene) => scene.change({ base: 'other' })],
    [
      'a required check that failed',
      (scene) => scene.change({ requiredChecks: [{ name: 'ci', state: 'failed' }] }),
    ],
    [
      'a required check that is pending',
      (scene) => scene.change({ requiredChecks: [{ name: 'ci', state: 'pending' }] }),
    ],
    ['being in the merge queue', (scene) => scene.change({ isInMergeQueue: true })],
    ['being closed', (scene) => scene.change({ state: 'closed' })],
  ])('does not merge with %s, and its check is not green', async (_what, spoil) => {
    const scene = approvedScene();
    spoil(scene);
    await look(scene);
    expect(scene.changes.merges).toEqual([]);
    expect(scene.pull.ownCheck?.conclusion).not.toBe('success');
  });

  it('waits for its window, and for a Go that the policy asks for', async () => {
    for (const more of [
      '  windows: [{ days: [sat], from: "10:00", to: "12:00", zone: UTC }]',
      '  go: true',
    ]) {
      const scene = approvedScene(policyText(more));
      await look(scene);
      expect(scene.changes.merges).toEqual([]);
    }
  });

  it('goes into the merge queue where one is required, and is not merged past it', async () => {
    const scene = approvedScene();
    scene.changes.refusal = { kind: 'queue-required' };
    await look(scene);
    expect(scene.changes.enqueued).toEqual([PULL]);
    expect(scene.changes.merges).toEqual([]);
    expect(scene.kinds()).not.toContain('merged');
  });

  it('is looked at again when its head moved before GitHub merged it', async () => {
    const scene = approvedScene();
    scene.changes.refusal = { kind: 'head-moved' };
    await expect(look(scene)).rejects.toThrow('head moved');
    expect(scene.kinds()).not.toContain('merged');
    scene.changes.refusal = undefined;
    await look(scene);
    expect(scene.changes.merges).toHaveLength(1);
  });

  it('says what GitHub has against the merge, and asks ever more seldom', async () => {
    const scene = approvedScene();
    scene.changes.refusal = { kind: 'refused', message: 'Not now' };
    let asked = 0;
    scene.changes.before = (method) => {
      if (method === 'merge') asked += 1;
    };
    const gaps: number[] = [];
    for (let last = 0; asked < 4; scene.changes.at += 1_000) {
      const before = asked;
      await look(scene);
      if (asked > before) {
        gaps.push(scene.changes.at - last);
        last = scene.changes.at;
      }
    }
    expect(gaps.slice(1)).toEqual([5_000, 10_000, 20_000]);
    expect(scene.pull.ownCheck).toMatchObject({
      status: 'in_progress',
      title: expect.stringContaining('GitHub to take the merge'),
    });
    scene.changes.refusal = undefined;
    scene.changes.at += 40_000;
    await look(scene);
    expect(scene.changes.merges).toHaveLength(1);
  });

  it('waits for a review that the rules of the branch want on GitHub', async () => {
    const scene = approvedScene();
    scene.change({ missingReview: 'missing' });
    await look(scene);
    expect(scene.changes.merges).toEqual([]);
    expect(scene.pull.ownCheck?.title).toContain('a review on GitHub');
    scene.change({ missingReview: undefined });
    await look(scene);
    expect(scene.changes.merges).toHaveLength(1);
  });

  it('of a damaged ledger is neither recorded as merged nor ended', async () => {
    const scene = approvedScene();
    scene.change({
      state: 'merged',
      merged: { commit: HEAD, by: undefined, byUs: true, at: '2026-03-02T09:30:00Z' },
    });
    scene.book.damage.push({ why: 'edited', where: 'x' });
    await look(scene);
    expect(scene.kinds()).toEqual(['opened', 'approved', 'approved']);
    scene.book.damage.splice(0);
    await look(scene);
    expect(scene.kinds()).toContain('merged');
  });
});

const methods = ['readChangeFacts', 'readPusher', 'reportCheck', 'merge'] as const;
const moments = methods.flatMap((method) => [1, 2, 3, 4].map((nth) => [method, nth] as const));

/** What happens on GitHub in between, each of which voids the approvals. */
const events: readonly (readonly [what: string, strike: (scene: ChangeJobScene) => void])[] = [
  ['a push', (scene) => scene.push()],
  ['a moved tag', (scene) => void scene.changes.tags.set('v0.2.0', MOVED)],
  ['a deleted tag', (scene) => void scene.changes.tags.delete('v0.2.0')],
  ['another pusher of the same head', (scene) => pushedBy(scene, 'ann')],
  ['a draft again', (scene) => scene.change({ isDraft: true })],
  ['a closed pull request', (scene) => scene.change({ state: 'closed' })],
  ['an approver who leaves', (scene) => void scene.gone.add(idOf('ann'))],
  ['damage of the ledger', (scene) => void scene.book.damage.push({ why: 'forged', where: 'records/x' })],
];

function pushedBy(scene: ChangeJobScene, login: string): void {
  scene.changes.pusher = { kind: 'person', login: login as GitHubLogin };
  // Only by force can a head leave its commit and come back.
  scene.change({ lastMove: `force-pushed-by-${login}` });
}

describe.each(events)('%s', (what, strike) => {
  it.each(moments)('before %s number %i never lets merge what was not approved', async (method, nth) => {
    const scene = approvedScene();
    let seen = 0;
    let readSince = false;
    let mergedBefore = false;
    scene.changes.before = (called) => {
      if (seen >= nth && called === 'readChangeFacts' && scene.changes.merges.length === 0) readSince = true;
      if (called !== method) return;
      seen += 1;
      if (seen !== nth) return;
      mergedBefore = scene.changes.merges.length > 0;
      // The ledger is read before GitHub is; all else is asked for after that.
      readSince = method === 'readChangeFacts' && !what.includes('ledger');
      strike(scene);
    };
    await lookToTheEnd(scene);
    const heads = scene.changes.merges.map(({ head }) => head);
    expect(heads.every((head) => head === HEAD)).toBe(true);
    if (seen < nth || mergedBefore) return;
    if (what === 'a push' || readSince) expect(heads).toEqual([]);
  });
});

/** What somebody says in between, told that it counts before the merge is asked for. */
const words: readonly (readonly [by: string, wish: object])[] = [
  ['ann', { kind: 'take-back' }],
  ['cleo', { kind: 'reject', reason: 'no' }],
  ['cleo', { kind: 'hold', reason: 'wait' }],
  ['rita', { kind: 'withdraw' }],
];

describe.each(words)('%s, who says %j', (by, wish) => {
  const say = (scene: ChangeJobScene) =>
    scene.run(changeIntent, {
      actionId: scene.actionId(),
      by: { slack: idOf(by) },
      askedAt: scene.changes.at,
      change: 1,
      via: 'slack',
      wish,
      answer: { kind: 'view', viewId: 'V1' },
    });

  it.each(moments)('before %s number %i, stops the merge', async (method, nth) => {
    const scene = approvedScene();
    let seen = 0;
    let isStruck = false;
    let mergedBefore = false;
    scene.changes.before = async (called) => {
      if (isStruck || called !== method) return;
      seen += 1;
      if (seen !== nth) return;
      isStruck = true;
      mergedBefore = scene.changes.merges.length > 0;
      await say(scene);
    };
    await lookToTheEnd(scene);
    if (isStruck && !mergedBefore) expect(scene.changes.merges).toEqual([]);
  });

  it('stops the merge even when all was read before the check turned green', async () => {
    const scene = approvedScene();
    const { promise: mayRecord, resolve: record } = Promise.withResolvers<void>();
    const { promise: hasRead, resolve: read } = Promise.withResolvers<void>();
    scene.book.before = async () => {
      scene.book.before = () => {};
      read();
      await mayRecord;
    };
    const said = say(scene);
    await hasRead;
    scene.changes.before = async (called) => {
      if (called !== 'merge') return;
      scene.changes.before = () => {};
      record();
      await said;
    };
    await lookToTheEnd(scene);
    expect(scene.changes.merges).toEqual([]);
  });
});

describe('a change that waits for somebody', () => {
  const reminders = (scene: ChangeJobScene) =>
    scene.speaker.said.filter(({ key }) => key.includes(':reminder:'));
  const hour = 60 * 60 * 1000;

  it('is brought up once for each span of the policy, also after a crash and without Redis', async () => {
    const scene = approvedScene();
    scene.book.records.splice(2);
    await look(scene);
    expect(reminders(scene)).toEqual([]);
    scene.changes.at += 25 * hour;
    await look(scene);
    scene.restart();
    scene.marks.flush();
    await look(scene);
    expect(reminders(scene)).toHaveLength(1);
    expect(JSON.stringify(reminders(scene)[0])).toContain('still waits');
    scene.changes.at += 24 * hour;
    await look(scene);
    await look(scene);
    expect(reminders(scene)).toHaveLength(2);
  });
});

describe('a crash', () => {
  const writes = ['reportCheck', 'merge'] as const;
  const reads = ['readChangeFacts', 'readPusher', 'comment'] as const;
  const cases = [
    ...[...reads, ...writes].flatMap((method) => [1, 2, 3].map((nth) => ['before', method, nth] as const)),
    ...writes.flatMap((method) => [1, 2].map((nth) => ['after', method, nth] as const)),
  ];

  it.each(cases)('%s %s number %i merges once all the same', async (when, method, nth) => {
    const scene = approvedScene();
    let seen = 0;
    const die = (called: string) => {
      if (called !== method) return;
      seen += 1;
      if (seen === nth) throw new Error('killed');
    };
    if (when === 'before') scene.changes.before = die;
    else scene.changes.done = die;
    await look(scene).catch(() => undefined);
    scene.restart();
    await look(scene);
    await look(scene);
    expect(scene.changes.merges).toEqual([{ number: PULL, head: HEAD }]);
    expect(scene.deeds('merged')).toMatchObject([
      { past: undefined, approvedBy: [{ login: 'ann' }, { login: 'bob' }] },
    ]);
    expect(scene.deeds('merged')).toHaveLength(1);
  });

  it.each([1, 2])('before record %i is written, and after it stands', async (nth) => {
    for (const when of ['before', 'done'] as const) {
      const scene = approvedScene();
      let seen = 0;
      scene.book[when] = () => {
        seen += 1;
        if (seen === nth) throw new Error('killed');
      };
      await look(scene).catch(() => undefined);
      scene.restart();
      await look(scene);
      expect(scene.changes.merges).toHaveLength(1);
      expect(scene.kinds()).toEqual(['opened', 'approved', 'approved', 'merged']);
    }
  });

  it('of the ledger reads nothing as empty: nothing merges', async () => {
    const scene = approvedScene();
    scene.book.trouble = new Error('away');
    await expect(look(scene)).rejects.toThrow('away');
    expect(scene.changes.merges).toEqual([]);
    expect(scene.changes.checks).toEqual([]);
  });
});

describe('what happened past us', () => {
  const merged = { commit: BASE, by: 'rita' as GitHubLogin, byUs: false, at: '2026-03-02T10:00:00Z' };

  it('a merge by somebody else is recorded as past the approval, whoever had agreed', async () => {
    const scene = approvedScene();
    scene.change({ state: 'merged', merged });
    await look(scene);
    expect(scene.changes.merges).toEqual([]);
    expect(scene.deeds('merged')).toMatchObject([{ past: 'rita', approvedBy: [] }]);
    expect(JSON.stringify(scene.speaker.said)).toContain('rita');
  });

  it('a change that nobody knows is left alone', async () => {
    const scene = new ChangeJobScene();
    await look(scene);
    expect(scene.changes.checks).toEqual([]);
    expect(scene.speaker.said).toEqual([]);
  });

  it('a push that takes production out of it ends it, with a green check', async () => {
    const scene = approvedScene();
    scene.hold(MOVED, scene.turnedTo('v0.1.0'));
    scene.push(MOVED);
    await look(scene);
    expect(scene.deeds('ended')).toMatchObject([{ why: 'withdrawn' }]);
    expect(scene.changes.merges).toEqual([]);
    expect(scene.pull.ownCheck).toMatchObject({ conclusion: 'success' });
  });

  it('says once what voided the approvals', async () => {
    const scene = approvedScene();
    scene.push();
    await look(scene);
    await look(scene);
    const voided = scene.speaker.textsTo('thread').filter((text) => text.includes('→'));
    expect(voided).toHaveLength(1);
    expect(voided[0]).toContain('ddddddd');
  });

  it('shows one message and one comment, however often it is looked at', async () => {
    const scene = new ChangeJobScene();
    scene.open();
    for (let runs = 0; runs < 3; runs += 1) await look(scene);
    expect(scene.speaker.textsTo('channel')).toHaveLength(1);
    expect([...scene.changes.comments.keys()]).toEqual([`${PULL} change`]);
    expect(scene.changes.checks).toHaveLength(1);
    expect(scene.speaker.said[0]?.key).toBe(`change:${REPO}:1`);
  });
});
