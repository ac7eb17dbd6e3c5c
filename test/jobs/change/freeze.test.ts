import { freeze } from '../../../jobs/change/freeze.ts';
import { lookAtChange } from '../../../jobs/look-at-change.ts';
import { RetryableError } from '../../../src/errors.ts';
import { ChangeJobScene, idOf } from './change-scene.ts';

const ask = (scene: ChangeJobScene, wish: object, by = 'cleo', actionId = scene.actionId(), attempt = 1) =>
  scene.run(freeze, { actionId, askedBy: idOf(by), askedAt: 1, wish, viewId: 'V1' }, attempt);
const cold = { kind: 'freeze', reason: 'audit' };

describe('a freeze', () => {
  it('is recorded with its reason, told, and brings a look at every change', async () => {
    const scene = new ChangeJobScene();
    await ask(scene, { ...cold, until: '2026-03-09T00:00:00Z' });
    expect(scene.deeds('frozen')).toMatchObject([
      { by: { login: 'cleo' }, reason: 'audit', until: '2026-03-09T00:00:00Z' },
    ]);
    expect(scene.hints).toEqual(['changes']);
    expect(scene.views.shown.size).toBe(1);
  });

  it('is one, however often the form comes', async () => {
    const scene = new ChangeJobScene();
    for (let runs = 0; runs < 3; runs += 1) await ask(scene, cold, 'cleo', 'action-same');
    expect(scene.deeds('frozen')).toHaveLength(1);
  });

  it('is for operators alone', async () => {
    const scene = new ChangeJobScene();
    await ask(scene, cold, 'ann');
    scene.gone.add(idOf('cleo'));
    await ask(scene, cold, 'cleo');
    expect(scene.book.records).toEqual([]);
    expect(scene.views.shown.size).toBe(1);
  });

  it('ends once, and what is not frozen cannot end', async () => {
    const scene = new ChangeJobScene();
    await ask(scene, { kind: 'unfreeze' });
    expect(scene.book.records).toEqual([]);
    await ask(scene, cold);
    await ask(scene, { kind: 'unfreeze' });
    await ask(scene, { kind: 'unfreeze' });
    expect(scene.kinds()).toEqual(['frozen', 'unfrozen']);
  });

  it('stops a merge that had read every gate before it, and only then is told', async () => {
    const scene = new ChangeJobScene();
    scene.open();
    scene.approve('ann', 'bob');
    let isAsked = false;
    scene.changes.before = async (method) => {
      if (method !== 'merge' || isAsked) return;
      isAsked = true;
      await ask(scene, cold);
      expect(scene.views.shown.size).toBe(1);
      expect(scene.pull.ownCheck?.status).toBe('in_progress');
    };
    await scene.run(lookAtChange, { number: 1 });
    expect(isAsked).toBe(true);
    expect(scene.changes.merges).toEqual([]);
    expect(scene.pull.ownCheck?.title).toContain('the end of a freeze');
  });

  it('leaves the checks alone of what waits for something else as well', async () => {
    const scene = new ChangeJobScene();
    scene.open();
    scene.approve('ann');
    await ask(scene, cold);
    expect(scene.changes.checks).toEqual([]);
  });

  it('is never told while the ledger is away', async () => {
    const scene = new ChangeJobScene();
    scene.book.trouble = new RetryableError('away');
    await expect(ask(scene, cold)).rejects.toThrow('away');
    expect(scene.views.shown.size).toBe(0);
    await ask(scene, cold, 'cleo', scene.actionId(), 5);
    expect(scene.views.shown.size).toBe(1);
    expect(scene.hints).toEqual([]);
    expect(scene.book.records).toEqual([]);
  });
});
