import { setTimeout as sleep } from 'node:timers/promises';
import { announceMerge } from '../../../jobs/rollout/announce-merge.ts';
import { followRollouts } from '../../../jobs/rollout/follow-rollouts.ts';
import { followerMark } from '../../../jobs/rollout/keys.ts';
import { RetryableError } from '../../../src/errors.ts';
import { REPO } from '../../support/sample-platform.ts';
import { AWS, done, RolloutScene, ranBefore, restoreClocks, running } from './rollout-scene.ts';

afterEach(restoreClocks);

/** Longer than GitHub's reads lag, in milliseconds: then a job that follows nothing ends. */
const LAG_MS = 40_000;

/** The clocks stand still here, so turns are counted. */
async function until(check: () => boolean): Promise<void> {
  for (let turn = 0; turn < 300; turn += 1) {
    if (check()) return;
    await sleep(10);
  }
  throw new Error('did not happen');
}

class Running {
  readonly #ending = new AbortController();
  readonly lines: string[] = [];
  readonly ended: Promise<unknown>;
  isOver = false;

  constructor(scene: RolloutScene) {
    const write = (_fields: object, message: string) => void this.lines.push(message);
    const context = {
      attempt: 1,
      signal: this.#ending.signal,
      log: { info: write, warn: write, error: write },
    };
    this.ended = followRollouts(scene.deps)
      .run({ v: 1, repo: REPO }, context)
      .then(
        () => 'done',
        (error: unknown) => error,
      )
      .finally(() => {
        this.isOver = true;
      });
  }

  stop(): void {
    this.#ending.abort();
  }
}

function promoted(): RolloutScene {
  const scene = new RolloutScene();
  scene.promote('aws');
  scene.merge('aws');
  scene.fleet.shown.set(AWS, ranBefore('aws'));
  return scene;
}

function pass(scene: RolloutScene, ms: number): void {
  scene.now += ms;
  scene.merges.at = scene.gitHubNow;
  scene.marks.now += ms;
}

describe('the job that follows rollouts', () => {
  it('begins with what the ledger tells, wakes as soon as a cluster shows something, and ends when idle', async () => {
    const scene = promoted();
    const job = new Running(scene);
    await until(() => scene.message.includes('is rolling out'));
    pass(scene, LAG_MS);
    const begun = Date.now();
    await scene.shows(done('aws'));
    await until(() => scene.message.includes('runs everywhere'));
    expect(Date.now() - begun).toBe(0);
    expect(await job.ended).toBe('done');
    expect(scene.fleet.watched).toEqual([]);
    expect(await scene.marks.get(followerMark(REPO))).toBeUndefined();
  });

  it('stays for a while though it sees nothing yet, for GitHub shows merges late', async () => {
    const scene = promoted();
    const hidden = scene.merges.pulls.splice(0);
    const job = new Running(scene);
    await sleep(50);
    expect(job.isOver).toBe(false);
    scene.merges.pulls.push(...hidden);
    pass(scene, LAG_MS);
    await until(() => scene.message.includes('is rolling out'));
    job.stop();
    await job.ended;
  });

  it('takes up a merge that is announced while it follows another', async () => {
    const scene = promoted();
    const job = new Running(scene);
    await until(() => scene.fleet.watched.includes(AWS));
    scene.mergeQuiet();
    await announceMerge(scene.deps, REPO);
    await scene.shows(running('aws', 'v0.1.0@1', 'f'));
    await until(() => scene.changes.comments.has('9 rollout'));
    expect(scene.hints).toContain('rollouts');
    job.stop();
    await job.ended;
  });

  it('leaves it to whoever follows already, and does not take their place away', async () => {
    const scene = promoted();
    await scene.marks.put(followerMark(REPO), 'somebody else', 15_000);
    const refused = await new Running(scene).ended;
    expect(refused).toBeInstanceOf(RetryableError);
    expect((refused as RetryableError).retryInMs).toBe(15_500);
    expect(await scene.marks.get(followerMark(REPO))).toBe('somebody else');
    expect(scene.speaker.said).toEqual([]);
  });

  it('gives way to whoever took over while it slept, and leaves them their place', async () => {
    const scene = promoted();
    const job = new Running(scene);
    await until(() => scene.message !== '');
    await scene.marks.put(followerMark(REPO), 'somebody else', 15_000);
    await scene.shows(ranBefore('aws'));
    expect(await job.ended).toBeInstanceOf(RetryableError);
    expect(await scene.marks.get(followerMark(REPO))).toBe('somebody else');
    expect(scene.fleet.watched).toEqual([]);
  });

  it('goes on elsewhere when its process is to end', async () => {
    const scene = promoted();
    const job = new Running(scene);
    await until(() => scene.message !== '');
    job.stop();
    expect(await job.ended).toMatchObject({ name: 'RetryableError', retryInMs: 0 });
    expect(await scene.marks.get(followerMark(REPO))).toBeUndefined();
    const other = new Running(scene);
    await scene.shows(done('aws'));
    pass(scene, 4_000);
    await until(() => scene.message.includes('runs everywhere'));
    other.stop();
    await other.ended;
  });

  it('goes on with what it knows while GitHub is away, and comes back where it knows nothing', async () => {
    const scene = promoted();
    const job = new Running(scene);
    await until(() => scene.message !== '');
    const { readMerges } = scene.merges;
    scene.merges.readMerges = async () => {
      throw new RetryableError('GitHub is away');
    };
    await announceMerge(scene.deps, REPO);
    await scene.shows(ranBefore('aws'));
    await until(() => job.lines.includes('cannot look for merges'));
    pass(scene, 4_000);
    await scene.shows(done('aws'));
    await until(() => scene.message.includes('runs everywhere'));
    job.stop();
    await job.ended;
    expect(await new Running(scene).ended).toMatchObject({ message: 'GitHub is away' });
    scene.merges.readMerges = readMerges;
  });
});
