import { changeIntent } from '../../../jobs/change/change-intent.ts';
import type { GitHubLogin } from '../../../src/domain/ids.ts';
import { RetryableError } from '../../../src/errors.ts';
import { ChangeJobScene, HEAD, idOf, PULL, PUSHED } from './change-scene.ts';

interface Said {
  readonly by?: object;
  readonly wish?: object;
  readonly over?: object;
}

function openScene(): ChangeJobScene {
  const scene = new ChangeJobScene();
  scene.open();
  return scene;
}

const say = (
  scene: ChangeJobScene,
  { by = { slack: idOf('ann') }, wish = { kind: 'approve' }, over = {} }: Said = {},
) =>
  scene.run(changeIntent, {
    actionId: scene.actionId(),
    by,
    askedAt: scene.changes.at,
    change: 1,
    via: 'slack',
    shown: scene.shown,
    wish,
    answer: { kind: 'view', viewId: 'V1' },
    ...over,
  });

describe('an approval', () => {
  it('is on the ledger with exactly what it is about, before the person is told', async () => {
    const scene = openScene();
    scene.book.before = () => expect(scene.views.shown.size).toBe(0);
    await say(scene);
    expect(scene.deeds('approved')).toMatchObject([{ by: { login: 'ann' }, subjects: [scene.subject] }]);
    expect(scene.views.shown.size).toBe(1);
    expect(scene.changes.checks.at(-1)?.title).toContain('Waits for 1 more approval');
  });

  it('is on the ledger even if what follows cannot be done now, which a look does later', async () => {
    const scene = openScene();
    scene.changes.before = (method) => {
      if (method === 'reportCheck') throw new RetryableError('GitHub is away');
    };
    await say(scene);
    expect(scene.deeds('approved')).toHaveLength(1);
    expect(scene.hints).toEqual(['change 1']);
  });

  it('is one, however often the click comes, and after a crash at the record', async () => {
    const scene = openScene();
    const again = { over: { actionId: 'action-same' } };
    scene.book.done = () => {
      throw new Error('killed');
    };
    await expect(say(scene, again)).rejects.toThrow('killed');
    scene.restart();
    await say(scene, again);
    await say(scene, again);
    expect(scene.deeds('approved')).toHaveLength(1);
    expect(scene.views.words('V1')).not.toBe('[]');
  });

  describe('of somebody whom the policy does not name', () => {
    const dora = { slack: idOf('dora') };
    function strangers(): ChangeJobScene {
      const scene = openScene();
      scene.groups.set('SPLATFORM', [...(scene.groups.get('SPLATFORM') ?? []), idOf('dora')]);
      scene.emails.set(idOf('dora'), 'dora@acme.example');
      return scene;
    }

    it('counts by the address that the organisation has verified, from Slack and from GitHub', async () => {
      const scene = strangers();
      scene.changes.verified.set('dora-hub', ['dora@acme.example', 'dora@other.example']);
      await say(scene, { by: dora });
      await say(scene, {
        by: { login: 'dora-hub' },
        over: { via: 'comment', shown: undefined, answer: { kind: 'comment', pull: PULL } },
      });
      const ref = { slack: idOf('dora'), login: 'dora-hub' };
      expect(scene.deeds('approved').map(({ by }) => by)).toEqual([ref, ref]);
    });

    it.each<[string, (scene: ChangeJobScene) => void, string]>([
      ['no address is verified', () => {}, 'Nothing tells which accounts'],
      [
        'Slack has no address confirmed',
        (scene) => {
          scene.emails.clear();
          scene.changes.verified.set('dora-hub', ['dora@acme.example']);
        },
        'Nothing tells which accounts',
      ],
      [
        'the address leads to two accounts',
        (scene) =>
          void scene.changes.verified
            .set('dora-hub', ['dora@acme.example'])
            .set('dora-two', ['dora@acme.example']),
        'More than one person',
      ],
      [
        'the address leads to an account that the policy gives to somebody else',
        (scene) => void scene.changes.verified.set('bob', ['dora@acme.example']),
        'More than one person',
      ],
    ])('does not count where %s', async (_what, prepare, words) => {
      const scene = strangers();
      prepare(scene);
      await say(scene, { by: dora });
      expect(scene.deeds('approved')).toEqual([]);
      expect(scene.views.words('V1')).toContain(words);
    });

    it('does not count when that account asked for it', async () => {
      const scene = new ChangeJobScene();
      scene.record({
        kind: 'opened',
        change: 1,
        what: { kind: 'promotion', tag: 'v0.2.0', automatic: false, back: false },
        requester: { slack: undefined, login: 'dora-hub' as GitHubLogin },
        places: [],
        pull: PULL,
        externalNumber: undefined,
      });
      scene.groups.set('SPLATFORM', [idOf('dora')]);
      scene.emails.set(idOf('dora'), 'dora@acme.example');
      scene.changes.verified.set('dora-hub', ['dora@acme.example']);
      await say(scene, { by: dora });
      expect(scene.deeds('approved')).toEqual([]);
      expect(scene.views.words('V1')).toContain('You asked for this change');
    });

    it('asks nobody about whom the policy names', async () => {
      const scene = openScene();
      scene.emails.set(idOf('ann'), 'ann@acme.example');
      scene.changes.verified.set('bob', ['ann@acme.example']);
      await say(scene);
      expect(scene.deeds('approved')).toMatchObject([{ by: { login: 'ann' } }]);
    });
  });

  it('of two people at once counts twice', async () => {
    const scene = openScene();
    await Promise.all([say(scene), say(scene, { by: { slack: idOf('bob') } })]);
    expect(
      scene
        .deeds('approved')
        .map(({ by }) => by.login)
        .toSorted(),
    ).toEqual(['ann', 'bob']);
  });

  it.each<[string, Said, (scene: ChangeJobScene) => void]>([
    ['of the requester', { by: { slack: idOf('rita') } }, () => {}],
    ['of a stranger', { by: { slack: 'U0EVIL' } }, () => {}],
    ['of a login that nobody knows', { by: { login: 'mallory' } }, () => {}],
    ['of somebody who left', {}, (scene) => void scene.gone.add(idOf('ann'))],
    ['of somebody outside the group', {}, (scene) => void scene.groups.set('SPLATFORM', [idOf('bob')])],
    ['of an empty group', {}, (scene) => void scene.groups.set('SPLATFORM', [])],
    ['on an outdated message', { over: { shown: 'e'.repeat(40) } }, () => {}],
    [
      'by a review of another head',
      { over: { via: 'review', shown: undefined, reviewed: PUSHED } },
      () => {},
    ],
    ['of a damaged ledger', {}, (scene) => void scene.book.damage.push({ why: 'forged', where: 'x' })],
    ['of a change that nobody knows', { over: { change: 99 } }, () => {}],
    [
      'while the policy has mistakes',
      {},
      (scene) => {
        scene.policy = 'changes: 7';
      },
    ],
    [
      'of what was pushed meanwhile',
      {},
      (scene) => {
        const { shown } = scene;
        void shown;
        scene.book.before = () => scene.push();
      },
    ],
  ])('%s records nothing that is approved, and is answered', async (what, said, spoil) => {
    const scene = openScene();
    spoil(scene);
    await say(scene, said);
    // What was pushed while the record was under way stays approved for the head that was seen alone.
    const approved = scene.deeds('approved').flatMap(({ subjects }) => subjects.map(({ head }) => head));
    expect(approved).toEqual(what.includes('pushed') ? [HEAD] : []);
    expect(scene.views.shown.size).toBe(1);
  });

  it('as a comment finds its change by the pull request, and is answered there', async () => {
    const scene = openScene();
    const over = {
      change: undefined,
      pull: PULL,
      via: 'comment',
      shown: undefined,
      actionId: 'comment-1234',
      answer: { kind: 'comment', pull: PULL },
    };
    await say(scene, { by: { login: 'Ann' }, over });
    expect(scene.deeds('approved')).toHaveLength(1);
    expect([...scene.changes.comments.keys()]).toEqual([`${PULL} answer-comment-1234`, `${PULL} change`]);
  });

  it('on a pull request that is no change is not answered at all', async () => {
    const scene = openScene();
    await say(scene, {
      over: { change: undefined, pull: 99, via: 'comment', answer: { kind: 'comment', pull: 99 } },
    });
    expect(scene.deeds('approved')).toEqual([]);
    expect(scene.changes.comments.size).toBe(0);
  });

  it('while the ledger is away is neither told to count nor refused', async () => {
    const scene = openScene();
    scene.book.trouble = new Error('away');
    await expect(say(scene)).rejects.toThrow('away');
    expect(scene.views.shown.size).toBe(0);
  });
});

describe('what stops a merge', () => {
  it.each([
    ['ann', { kind: 'reject', reason: 'no' }],
    ['cleo', { kind: 'hold', reason: 'wait' }],
    ['rita', { kind: 'withdraw' }],
    ['ann', { kind: 'take-back' }],
  ])('%s, %j: record first, then the check turns back, then the answer', async (by, wish) => {
    const scene = openScene();
    scene.approve('ann');
    const before = scene.book.records.length;
    scene.changes.before = (method) => {
      if (method !== 'reportCheck') return;
      expect(scene.book.records.length).toBe(before + 1);
      expect(scene.views.shown.size).toBe(0);
    };
    await say(scene, { by: { slack: idOf(by) }, wish });
    expect(scene.changes.checks).toMatchObject([{ head: HEAD, status: 'in_progress' }]);
  });

  it('is done by the next run when the process dies before the check', async () => {
    const scene = openScene();
    const said = { wish: { kind: 'reject', reason: 'no' }, over: { actionId: 'action-same' } };
    scene.changes.before = (method) => {
      if (method === 'reportCheck') throw new Error('killed');
    };
    await expect(say(scene, said)).rejects.toThrow('killed');
    scene.restart();
    await say(scene, said);
    expect(scene.deeds('rejected')).toHaveLength(1);
    expect(scene.changes.checks).toMatchObject([{ status: 'in_progress' }]);
  });
});
