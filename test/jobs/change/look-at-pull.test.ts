import { lookAtPull } from '../../../jobs/look-at-pull.ts';
import type { GitHubLogin } from '../../../src/domain/ids.ts';
import { BASE, samplePlatform } from '../../support/sample-platform.ts';
import { ChangeJobScene, HEAD, PULL, refOf } from './change-scene.ts';

const look = (scene: ChangeJobScene) => scene.run(lookAtPull, { number: PULL });

function harmless(): ChangeJobScene {
  const scene = new ChangeJobScene();
  scene.hold(HEAD, samplePlatform(scene.policy));
  return scene;
}

describe('a pull request that changes nothing in production', () => {
  it('gets its green check at once, and no change', async () => {
    const scene = harmless();
    await look(scene);
    await look(scene);
    expect(scene.changes.checks).toMatchObject([{ head: HEAD, status: 'completed', conclusion: 'success' }]);
    expect(scene.book.records).toEqual([]);
  });

  it('gets none once it is closed or merged', async () => {
    for (const state of ['closed', 'merged'] as const) {
      const scene = harmless();
      scene.change({ state });
      await look(scene);
      expect(scene.changes.checks).toEqual([]);
    }
  });

  it('is green on another base, whose merge reaches no cluster', async () => {
    const scene = new ChangeJobScene();
    scene.change({ base: 'other' });
    await look(scene);
    expect(scene.changes.checks).toMatchObject([{ conclusion: 'success' }]);
    expect(scene.book.records).toEqual([]);
  });
});

describe('a pull request that changes production', () => {
  it('becomes a promotion by whoever opened it, once, and is never green', async () => {
    const scene = new ChangeJobScene();
    await look(scene);
    await look(scene);
    expect(scene.deeds('opened')).toMatchObject([
      {
        change: 1,
        pull: PULL,
        what: { kind: 'promotion', tag: 'v0.2.0', back: false },
        requester: { login: 'rita' },
      },
    ]);
    expect(scene.changes.checks.filter(({ conclusion }) => conclusion === 'success')).toEqual([]);
    expect(scene.hints).toEqual(['change 1', 'change 1']);
  });

  it('is no promotion when it touches the policy as well', async () => {
    const scene = new ChangeJobScene();
    const files = scene.turnedTo('v0.2.0');
    const path = '.github/trunkline.yaml';
    const texts = new Map([...files.texts, [path, `${scene.policy}# lower\n`]]);
    scene.hold(HEAD, { ...files, paths: [...new Set([...files.paths, path])], texts });
    await look(scene);
    expect(scene.deeds('opened')).toMatchObject([{ what: { kind: 'other' } }]);
  });

  it('lowers no quorum by its own policy: the default branch decides', async () => {
    const scene = new ChangeJobScene();
    const files = samplePlatform(scene.policy.replace('needed: 2', 'needed: 1'));
    scene.hold(HEAD, files);
    await look(scene);
    expect(scene.deeds('opened')).toMatchObject([{ what: { kind: 'other' }, pull: PULL }]);
    expect(scene.book.records[0]?.policy).toBe(BASE);
  });

  it('is opened by one of two looks at once', async () => {
    const scene = new ChangeJobScene();
    await Promise.all([look(scene), look(scene), look(scene)]);
    expect(scene.deeds('opened')).toHaveLength(1);
  });

  it('merged before anybody looked becomes a change all the same, for the record of it', async () => {
    const scene = new ChangeJobScene();
    const merged = { commit: BASE, by: 'rita' as GitHubLogin, byUs: false, at: '2026-03-02T10:00:00Z' };
    scene.change({ state: 'merged', merged });
    await look(scene);
    expect(scene.deeds('opened')).toHaveLength(1);
    expect(scene.hints).toEqual(['change 1', 'rollouts']);
  });

  it('closed before anybody looked is no change', async () => {
    const scene = new ChangeJobScene();
    scene.change({ state: 'closed' });
    await look(scene);
    expect(scene.book.records).toEqual([]);
  });

  it('of ours goes to the change that opened it; one of somebody else with its branch does not', async () => {
    for (const ours of [true, false]) {
      const scene = new ChangeJobScene();
      scene.record({
        kind: 'opened',
        change: 1,
        what: { kind: 'promotion', tag: 'v0.2.0', automatic: false, back: false },
        requester: refOf('rita'),
        places: [{ name: 'aws-v1-prod', branch: 'by-hand', wave: 0 }],
        pull: undefined,
        externalNumber: undefined,
      });
      scene.change({ ours });
      await look(scene);
      expect(scene.deeds('opened')).toHaveLength(ours ? 1 : 2);
      expect(scene.hints).toEqual([`change ${ours ? 1 : 2}`]);
    }
  });

  it('is opened once though the process dies at the record', async () => {
    for (const when of ['before', 'done'] as const) {
      const scene = new ChangeJobScene();
      scene.book[when] = () => {
        throw new Error('killed');
      };
      await expect(look(scene)).rejects.toThrow('killed');
      expect(scene.changes.checks).toEqual([]);
      scene.restart();
      await look(scene);
      expect(scene.deeds('opened')).toHaveLength(1);
      expect(scene.hints).toContain('change 1');
    }
  });
});

describe('what cannot be read', () => {
  it('lets nothing pass while the policy has mistakes', async () => {
    const scene = harmless();
    scene.policy = 'changes: 7';
    await look(scene);
    expect(scene.changes.checks).toMatchObject([{ status: 'in_progress', conclusion: undefined }]);
  });

  it('lets nothing pass while the ledger cannot be read', async () => {
    const scene = harmless();
    scene.book.trouble = new Error('away');
    await expect(look(scene)).rejects.toThrow('away');
    expect(scene.changes.checks).toEqual([]);
  });

  it('is nothing for a pull request that is not there', async () => {
    const scene = new ChangeJobScene();
    await scene.run(lookAtPull, { number: 99 });
    expect(scene.changes.checks).toEqual([]);
  });
});
