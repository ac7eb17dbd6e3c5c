import { knownPlatform } from '../../../jobs/known-platform.ts';
import { askFlux } from '../../../jobs/rollout/ask-flux.ts';
import { readRollouts } from '../../../jobs/rollout/read-rollouts.ts';
import { PermanentError, RetryableError } from '../../../src/errors.ts';
import { REPO } from '../../support/sample-platform.ts';
import { policyText } from '../change/change-scene.ts';
import { AWS, GCP, RolloutScene, ranBefore, restoreClocks, START, silent } from './rollout-scene.ts';

afterEach(restoreClocks);

const quietLog = { info() {}, warn() {}, error() {} };

/** Asks once for the promotion to some clouds, so many milliseconds after it was merged. */
async function ask(scene: RolloutScene, ageMs = 0): Promise<readonly string[]> {
  const deps = { ...scene.deps, log: quietLog };
  const read = await readRollouts(deps, REPO, new Map());
  const known = await knownPlatform(deps, REPO);
  const [rollout] = read?.rollouts ?? [];
  if (rollout === undefined || known.kind === 'invalid') throw new Error('nothing rolls out');
  return askFlux(deps, rollout, known, START + ageMs);
}

function merged(policy = policyText()): RolloutScene {
  const scene = new RolloutScene(policy);
  scene.fleet.answer = 'asked';
  scene.promote('aws', 'gcp');
  scene.merge('aws');
  scene.merge('gcp');
  return scene;
}

describe('asking Flux to fetch a merge', () => {
  it('asks the source of main of each management cluster once, by the time of the merge', async () => {
    const scene = merged();
    await ask(scene);
    await ask(scene);
    const at = new Date(START).toISOString();
    expect(scene.fleet.asked).toEqual([
      { management: AWS, kind: 'source', id: 'flux-system/main', at },
      { management: GCP, kind: 'source', id: 'flux-system/main', at },
    ]);
  });

  it('asks again after Redis was flushed, with the same time, which Flux takes for the same request', async () => {
    const scene = merged();
    await ask(scene);
    scene.marks.flush();
    await ask(scene);
    expect(new Set(scene.fleet.asked.map(({ at }) => at)).size).toBe(1);
  });

  it('names where it may not, also to whoever comes after a crash', async () => {
    const scene = merged();
    scene.fleet.answer = 'not-allowed';
    expect(await ask(scene)).toEqual([AWS, GCP]);
    expect(await ask(scene)).toEqual([AWS, GCP]);
    expect(scene.fleet.asked).toHaveLength(2);
  });

  it('asks later where a cluster does not answer, and no more where it refuses for good', async () => {
    const scene = merged();
    scene.fleet.answer = new RetryableError('no answer');
    expect(await ask(scene)).toEqual([]);
    await ask(scene);
    expect(scene.fleet.asked).toHaveLength(4);
    scene.fleet.answer = new PermanentError('unauthorized', 'no');
    await ask(scene);
    await ask(scene);
    expect(scene.fleet.asked).toHaveLength(6);
  });

  it('asks for nothing that was merged more than ten minutes ago', async () => {
    const scene = merged();
    await ask(scene, 10 * 60_000 + 1);
    expect(scene.fleet.asked).toEqual([]);
  });

  it('asks for nothing where the policy does not want it', async () => {
    const scene = merged(`${policyText()}rollout: { requestReconciliation: false }\n`);
    await ask(scene);
    expect(scene.fleet.asked).toEqual([]);
  });

  it('is said once in the thread where the bot may not', async () => {
    const scene = merged();
    scene.fleet.answer = 'not-allowed';
    await scene.shows(ranBefore('aws'));
    await scene.shows(ranBefore('gcp'));
    for (let turn = 0; turn < 2; turn += 1) {
      await scene.look();
      await scene.after(4_000);
      scene.restart();
    }
    expect(scene.thread).toEqual([expect.stringContaining('may not ask Flux')]);
  });

  it('is asked once a cluster answers again, and keeps nobody waiting meanwhile', async () => {
    const scene = merged();
    scene.fleet.requestReconciliation = () => new Promise(() => {});
    await scene.shows(ranBefore('aws'));
    await scene.shows(silent('gcp', scene.now));
    await scene.look();
    await scene.after(4_000);
    expect(scene.message).toContain('is rolling out');
    const asked: string[] = [];
    scene.fleet.requestReconciliation = async ({ name }) => {
      asked.push(name);
      return 'asked';
    };
    await scene.shows(ranBefore('gcp'));
    expect(asked).toContain(GCP);
  });
});
