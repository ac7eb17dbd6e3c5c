import { answerQueue } from '../../../jobs/answer-queue.ts';
import { samplePlatform } from '../../support/sample-platform.ts';
import { ChangeJobScene, HEAD, PULL, refOf, sha } from './change-scene.ts';

const queued = sha('e');
const ask = (scene: ChangeJobScene, ref = `gh-readonly-queue/main/pr-${PULL}-${HEAD}`) =>
  scene.run(answerQueue, { head: queued, ref });

function approvedScene(...who: readonly string[]): ChangeJobScene {
  const scene = new ChangeJobScene();
  scene.open();
  scene.approve(...who);
  scene.change({ isInMergeQueue: true });
  return scene;
}

describe('a head of the merge queue', () => {
  it('passes as its pull request would', async () => {
    const scene = approvedScene('ann', 'bob');
    await ask(scene);
    expect(scene.changes.checks).toMatchObject([{ head: queued, conclusion: 'success' }]);
  });

  it('passes at once when it changes nothing in production', async () => {
    const scene = new ChangeJobScene();
    scene.hold(HEAD, samplePlatform(scene.policy));
    await ask(scene);
    expect(scene.changes.checks).toMatchObject([{ head: queued, conclusion: 'success' }]);
  });

  it.each<[string, (scene: ChangeJobScene) => void]>([
    ['one approval', (scene) => void scene.book.records.pop()],
    ['a push since', (scene) => scene.push()],
    [
      'a freeze',
      (scene) => scene.record({ kind: 'frozen', by: refOf('cleo'), reason: 'x', until: undefined }),
    ],
    ['no change on the ledger', (scene) => void scene.book.records.splice(0)],
    ['damage', (scene) => void scene.book.damage.push({ why: 'edited', where: 'x' })],
  ])('is refused with %s', async (_what, spoil) => {
    const scene = approvedScene('ann', 'bob');
    spoil(scene);
    await ask(scene);
    expect(scene.changes.checks).toMatchObject([{ head: queued, conclusion: 'failure' }]);
  });

  it('is told to have been checked for conventions on its pull request', async () => {
    const scene = new ChangeJobScene();
    await ask(scene);
    expect(scene.changes.conventionChecks).toMatchObject([
      { head: queued, check: 'conventions', conclusion: 'success' },
    ]);
    await ask(scene, `gh-readonly-queue/main/pr-99-${HEAD}`);
    expect(scene.changes.conventionChecks).toHaveLength(1);
  });

  it('is told that no change is about it, where none is', async () => {
    const scene = approvedScene();
    scene.book.records.splice(0);
    await ask(scene);
    expect(scene.changes.checks).toMatchObject([{ title: 'No open change is about this' }]);
  });

  it('gets no green check when its pull request is gone, or its name tells none', async () => {
    const scene = approvedScene('ann', 'bob');
    await ask(scene, `gh-readonly-queue/main/pr-99-${HEAD}`);
    await ask(scene, 'gh-readonly-queue/main/else');
    expect(scene.changes.checks.filter(({ conclusion }) => conclusion === 'success')).toEqual([]);
  });
});
