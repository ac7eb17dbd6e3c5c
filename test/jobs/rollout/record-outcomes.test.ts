import { knownPlatform } from '../../../jobs/known-platform.ts';
import { readRollouts } from '../../../jobs/rollout/read-rollouts.ts';
import { recordOutcomes } from '../../../jobs/rollout/record-outcomes.ts';
import type { Outcome } from '../../../src/domain/rollout/outcome.ts';
import { REPO } from '../../support/sample-platform.ts';
import { RolloutScene, restoreClocks } from './rollout-scene.ts';

afterEach(restoreClocks);

const log = { info() {}, warn() {}, error() {} };
const applied: Outcome = { kind: 'applied', tookMs: 0, clusters: [] };
const failed: Outcome = { kind: 'failed', failures: [] };

/** Records an outcome by what the ledger held when it was read. */
async function reader(scene: RolloutScene) {
  const deps = { ...scene.deps, log };
  const known = await knownPlatform(deps, REPO);
  const read = await readRollouts(deps, REPO, new Map());
  const [rollout] = read?.rollouts ?? [];
  if (rollout === undefined || known.kind === 'invalid') throw new Error('nothing rolls out');
  return (outcome: Outcome) => {
    const outcomes = new Map([[7, outcome]]);
    const told = { outcomes } as never as Parameters<typeof recordOutcomes>[1]['told'];
    return recordOutcomes(deps, { rollout, told, known, now: scene.now });
  };
}

function merged(): RolloutScene {
  const scene = new RolloutScene();
  scene.promote('aws', 'gcp');
  scene.merge('aws');
  return scene;
}

describe('how a rollout ended, on the ledger', () => {
  it('is recorded, and has the change looked at, for waves hang on it', async () => {
    const scene = merged();
    expect(await (await reader(scene))(applied)).toBe(true);
    expect(scene.ends).toEqual(['7 applied']);
    expect(scene.hints).toEqual(['change 1']);
  });

  it.each<Outcome>([{ kind: 'under-way' }, { kind: 'stuck', sinceMs: 1 }, { kind: 'superseded', by: 'v3' }])(
    'is not recorded while it is %j',
    async (outcome) => {
      const scene = merged();
      expect(await (await reader(scene))(outcome)).toBe(false);
      expect(scene.ends).toEqual([]);
      expect(scene.hints).toEqual([]);
    },
  );

  it('is recorded once by two that saw the same, and by one that dies before it hears of it', async () => {
    const scene = merged();
    const [one, other] = [await reader(scene), await reader(scene)];
    await Promise.all([one(failed), other(failed)]);
    await one(failed);
    expect(scene.ends).toEqual(['7 failed']);
  });

  it('is recorded each time that it changes', async () => {
    const scene = merged();
    scene.merge('gcp');
    for (const outcome of [failed, applied, failed, applied]) await (await reader(scene))(outcome);
    expect(scene.ends).toEqual(['7 failed', '7 applied', '7 failed', '7 applied']);
    expect(new Set(scene.book.records.map(({ id }) => id)).size).toBe(scene.book.records.length);
  });

  it('stays as somebody quicker recorded it', async () => {
    const scene = merged();
    const late = await reader(scene);
    await (await reader(scene))(failed);
    await (await reader(scene))(applied);
    await late(applied);
    expect(scene.ends).toEqual(['7 failed', '7 applied']);
  });
});
