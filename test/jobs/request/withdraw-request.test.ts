import { withdrawRequest } from '../../../jobs/request/withdraw-request.ts';
import type { SlackUserId } from '../../../src/domain/ids.ts';
import { PermanentError, RetryableError } from '../../../src/errors.ts';
import { ID, RequestScene, TESS } from '../../support/request-scene.ts';
import { REPO } from '../../support/sample-platform.ts';

const PAT = 'U0PAT' as SlackUserId;
const payload = (askedBy = TESS) => ({
  v: 1,
  repo: REPO,
  number: 7,
  actionId: 'req-00000000000000ee',
  askedBy,
  askedAt: 1,
  viewId: 'V1',
});

/** A scene whose GitHub closes what it is told to close. */
function sceneOf(policy?: string) {
  const scene = new RequestScene(policy);
  const done: string[] = [];
  const branches: string[] = [];
  scene.changes.comment = async (_repo, number, key, markdown) =>
    void done.push(`${number} ${key} ${markdown}`);
  scene.changes.close = async () => {
    done.push('close');
    scene.over({ state: 'closed' });
  };
  scene.github.releaseBranch = async (_repo, branch) => void branches.push(branch);
  return { scene, done, branches };
}

describe('a withdrawal', () => {
  it('comments, closes, deletes the branch, and tells', async () => {
    const { scene, done, branches } = sceneOf();
    await scene.run(payload(), 1, withdrawRequest);
    expect(done).toEqual([expect.stringContaining('7 withdrawn Tess withdrew this request'), 'close']);
    expect(branches).toEqual(['tenant-shop']);
    expect(scene.views.words('V1')).toContain('is withdrawn');
    expect(scene.speaker.textOf(`request:${ID}:withdrawn`)).toBe('The request was withdrawn.');
    expect(scene.hints).toEqual([7]);
  });

  it('goes on where an earlier run ended, and closes once', async () => {
    const { scene, done, branches } = sceneOf();
    scene.github.releaseBranch = async () => {
      throw new RetryableError('away');
    };
    await expect(scene.run(payload(), 1, withdrawRequest)).rejects.toThrow(RetryableError);
    scene.github.releaseBranch = async (_repo, branch) => void branches.push(branch);
    await scene.run(payload(), 2, withdrawRequest);
    expect(done.filter((each) => each === 'close')).toHaveLength(1);
    expect(branches).toEqual(['tenant-shop']);
    expect(scene.views.words('V1')).toContain('is withdrawn');
  });

  it('says that it waits when GitHub stays away, and is done in the end', async () => {
    const { scene, done } = sceneOf();
    let away = true;
    scene.requests.before = () => {
      if (away) throw new RetryableError('away');
    };
    for (const attempt of [1, 2, 3]) {
      await expect(scene.run(payload(), attempt, withdrawRequest)).rejects.toThrow(RetryableError);
    }
    expect(scene.views.words('V1')).toContain('as soon as it does');
    away = false;
    await scene.run(payload(), 4, withdrawRequest);
    expect(done).toContain('close');
  });

  it('leaves a branch that somebody else pushed to', async () => {
    const { scene, done, branches } = sceneOf();
    scene.requests.push([], [], 'by hand');
    await scene.run(payload(), 1, withdrawRequest);
    expect(done).toContain('close');
    expect(branches).toEqual([]);
  });

  it.each([
    ['it is merged', (scene: RequestScene) => scene.over({ state: 'merged' }), 'has ended'],
    ['it is closed', (scene: RequestScene) => scene.over({ state: 'closed' }), 'has ended'],
    ['it is none of ours', (scene: RequestScene) => scene.over({ ours: false }), 'no request'],
  ])('does nothing once %s', async (_what, befall, words) => {
    const { scene, done } = sceneOf();
    befall(scene);
    await scene.run(payload(), 1, withdrawRequest);
    expect(done).toEqual([]);
    expect(scene.views.words('V1')).toContain(words);
  });

  it('tells why when GitHub refuses', async () => {
    const { scene } = sceneOf();
    scene.changes.close = async () => {
      throw new PermanentError('forbidden', 'no');
    };
    await scene.run(payload(), 1, withdrawRequest);
    expect(scene.views.words('V1')).toContain('does not let Trunkline write');
  });

  it.each([
    ['somebody else, where the policy names no platform team', undefined, PAT, true, false],
    [
      'somebody else, whom the policy does not name',
      'onboarding: { platformTeam: { usergroups: [S0X] } }\n',
      PAT,
      true,
      false,
    ],
    ['the platform team', 'onboarding: { platformTeam: members }\n', PAT, true, true],
    ['an asker who is a guest now', undefined, TESS, false, false],
  ])('by %s', async (_who, policy, user, isMember, isDone) => {
    const { scene, done } = sceneOf(policy);
    scene.people.set(user, { id: user, name: 'Somebody', isMember });
    await scene.run(payload(user), 1, withdrawRequest);
    expect(done.includes('close')).toBe(isDone);
    if (!isDone) expect(scene.views.words('V1')).toContain('Only who asked for it');
  });
});
