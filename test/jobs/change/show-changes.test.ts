import { showChanges } from '../../../jobs/change/show-changes.ts';
import { RetryableError } from '../../../src/errors.ts';
import { ChangeJobScene, idOf, refOf } from './change-scene.ts';

const show = async (scene: ChangeJobScene, what: object, attempt = 1): Promise<string> => {
  await scene.run(showChanges, { askedBy: idOf('ann'), viewId: 'V1', what }, attempt);
  return scene.views.words('V1');
};

function openScene(): ChangeJobScene {
  const scene = new ChangeJobScene();
  scene.open();
  return scene;
}

describe('showing changes', () => {
  it('lists what is open with what it waits for, and nothing that has ended', async () => {
    const scene = openScene();
    expect(await show(scene, { kind: 'all' })).toContain('v0.2.0');
    scene.record({ kind: 'ended', change: 1, why: 'withdrawn', by: refOf('rita'), supersededBy: undefined });
    expect(await show(scene, { kind: 'all' })).not.toContain('v0.2.0');
  });

  it('shows one change, and what it does', async () => {
    const scene = openScene();
    expect(await show(scene, { kind: 'one', change: 1 })).toContain('v0.2.0');
    expect(await show(scene, { kind: 'effects', change: 1 })).not.toBe('[]');
  });

  it('says that there is no such change', async () => {
    const scene = openScene();
    expect(await show(scene, { kind: 'one', change: 99 })).toContain('99');
  });

  it('shows nothing to guests', async () => {
    const scene = openScene();
    scene.gone.add(idOf('ann'));
    for (const what of [
      { kind: 'all' },
      { kind: 'one', change: 1 },
      { kind: 'effects', change: 1 },
      { kind: 'doctor' },
      { kind: 'promote' },
    ]) {
      expect(await show(scene, what)).not.toContain('v0.2.0');
    }
  });

  it('names damage of the ledger to whoever operates it', async () => {
    const scene = openScene();
    scene.book.damage.push({ why: 'forged', where: 'records/forged-one' });
    expect(await show(scene, { kind: 'doctor' })).toContain('records/forged-one');
  });

  it('says what could not be read, and all the rest', async () => {
    const scene = openScene();
    scene.changes.before = (method) => {
      if (method === 'readApprovalRule') throw new RetryableError('away');
    };
    scene.book.trouble = new RetryableError('away');
    const words = await show(scene, { kind: 'doctor' });
    expect(words).toContain('change-approval could not be read');
    expect(words).toContain('The ledger could not be read');
    expect(words).toContain('Approvers for all of production');
    expect(words).toContain('Trunkline is in it');
  });

  it('offers releases and no drafts in the form that promotes', async () => {
    const scene = openScene();
    scene.releases.add('acme/platform' as never, 'v0.2.0');
    scene.releases.add('acme/platform' as never, 'v0.9.0', { isDraft: true });
    const words = await show(scene, { kind: 'promote' });
    expect(words).toContain('v0.2.0');
    expect(words).not.toContain('v0.9.0');
  });

  it('writes nothing anywhere', async () => {
    const scene = openScene();
    for (const kind of ['all', 'doctor', 'promote']) await show(scene, { kind });
    await show(scene, { kind: 'one', change: 1 });
    expect(scene.kinds()).toEqual(['opened']);
    expect(scene.changes.checks).toEqual([]);
    expect(scene.speaker.said).toEqual([]);
    expect(scene.changes.merges).toEqual([]);
  });

  it('comes back while GitHub is away, and not for ever', async () => {
    const scene = openScene();
    scene.book.trouble = new RetryableError('away');
    await expect(show(scene, { kind: 'all' })).rejects.toThrow('away');
    expect(await show(scene, { kind: 'all' }, 5)).not.toBe('[]');
  });
});
