import { AmbiguousWriteError, PermanentError, RetryableError } from '../../../src/errors.ts';
import { condition, helmRelease } from '../../domain/rollout/samples.ts';
import { policyText, sha } from '../change/change-scene.ts';
import {
  AWS,
  broken,
  CHANGE,
  done,
  RolloutScene,
  ranBefore,
  restoreClocks,
  running,
  silent,
  suspended,
} from './rollout-scene.ts';

const minute = 60_000;

afterEach(restoreClocks);

async function promoted(scene = new RolloutScene()): Promise<RolloutScene> {
  scene.promote('aws');
  scene.merge('aws');
  await scene.shows(ranBefore('aws'));
  await scene.look();
  return scene;
}

async function inWaves(): Promise<RolloutScene> {
  const scene = new RolloutScene();
  scene.promote('aws', 'gcp');
  scene.merge('aws');
  await scene.shows(ranBefore('aws'));
  await scene.shows(ranBefore('gcp'));
  await scene.look();
  await scene.after(0);
  return scene;
}

describe('following a promotion', () => {
  it('tells it in one message until every cluster runs it, and records that last', async () => {
    const scene = await promoted();
    await scene.after(0);
    expect(scene.message).toContain('v0.2.0 is rolling out');
    expect(scene.fleet.watched).toEqual([AWS]);
    expect(scene.deployments.given.map(({ state }) => state)).toEqual(['in_progress']);
    await scene.shows(done('aws'));
    await scene.after();
    expect(scene.message).toContain('v0.2.0 runs everywhere');
    expect(scene.thread).toEqual([expect.stringContaining('runs everywhere')]);
    expect(scene.changes.comments.get('7 rollout')).toContain('**v0.2.0** is live');
    expect(scene.deployments.given.map(({ state }) => state)).toEqual(['in_progress', 'success']);
    expect(scene.ends).toEqual(['7 applied']);
    expect(scene.hints).toContain('change 1');
    expect(scene.follower.isIdle).toBe(true);
    expect(scene.fleet.watched).toEqual([]);
  });

  it('tells of a failure at once, and of the recovery, each once', async () => {
    const scene = await promoted();
    await scene.shows(broken('aws'));
    await scene.after(0);
    expect(scene.message).toContain('has failed');
    expect(scene.thread).toEqual([expect.stringContaining('has failed')]);
    expect(JSON.stringify(scene.speaker.said)).toContain('"user_id":"URITA"');
    expect(scene.ends).toEqual(['7 failed']);
    await scene.shows(broken('aws', 'denied once more'));
    await scene.after();
    expect(scene.thread).toHaveLength(1);
    await scene.shows(done('aws'));
    await scene.after();
    expect(scene.thread[1]).toContain('has recovered: it runs everywhere');
    expect(scene.ends).toEqual(['7 failed', '7 applied']);
  });

  it('calls it stuck when nothing moves, and tells of the end afterwards', async () => {
    const scene = await promoted();
    await scene.shows(suspended('aws'));
    await scene.after(0);
    await scene.after(16 * minute);
    expect(scene.message).toContain('is stuck: nothing has moved for 15 min');
    await scene.after(minute);
    await scene.after(10 * minute);
    expect(scene.thread).toEqual([expect.stringContaining('is stuck')]);
    expect(scene.ends).toEqual([]);
    await scene.shows(done('aws'));
    await scene.after();
    expect(scene.thread[1]).toContain('has recovered');
    expect(scene.ends).toEqual(['7 applied']);
  });

  it('calls it stuck where a cluster does not answer, and never applied', async () => {
    const scene = await promoted();
    await scene.shows(silent('aws', scene.now));
    await scene.after(16 * minute);
    expect(scene.message).toContain('is stuck');
    expect(JSON.stringify(scene.speaker.said)).toContain('because it does not answer');
    expect(scene.ends).toEqual([]);
  });

  it('tells of a failure though it was called stuck before', async () => {
    const scene = await promoted();
    await scene.after(0);
    await scene.after(16 * minute);
    await scene.shows(broken('aws'));
    await scene.after();
    expect(scene.thread).toEqual([
      expect.stringContaining('is stuck'),
      expect.stringContaining('has failed'),
    ]);
  });

  it('shows nothing before every cluster was seen once, for at most 3 s', async () => {
    const scene = new RolloutScene();
    scene.promote('aws');
    scene.merge('aws');
    scene.fleet.follow = async () => {};
    await scene.look();
    await scene.after(2_000);
    expect(scene.message).toBe('');
    await scene.after(1_000);
    expect(scene.message).toContain('is rolling out');
  });

  it('is not followed where no cluster is set up, and tried again after ten minutes', async () => {
    const scene = new RolloutScene();
    scene.promote('aws');
    scene.merge('aws');
    await scene.look();
    await scene.after(0);
    expect([scene.message, scene.follower.isIdle]).toEqual(['', true]);
    await scene.look();
    expect(scene.follower.isIdle).toBe(true);
    scene.marks.now += 11 * minute;
    await scene.shows(ranBefore('aws'));
    await scene.look();
    expect(scene.follower.isIdle).toBe(false);
  });

  it('is told as unknown where access is lost while it is followed', async () => {
    const scene = await promoted();
    await scene.after(0);
    await scene.shows(silent('aws', scene.now, 'not-set-up'));
    await scene.after();
    expect(JSON.stringify(scene.speaker.said)).toContain('because the kubeconfig has no access to it');
    await scene.shows(done('aws'));
    await scene.after();
    expect(scene.message).toContain('runs everywhere');
  });

  it('alarms about a tag that was moved after its approval', async () => {
    const scene = await promoted();
    await scene.shows(running('aws', 'v0.2.0@3', 'c'));
    await scene.after(0);
    expect(JSON.stringify(scene.speaker.said)).toContain('the tag was moved after its approval');
    expect(scene.ends).toEqual(['7 failed']);
  });

  it('waits for a tag that is not there, and calls what comes neither moved nor unapproved by mistake', async () => {
    const scene = new RolloutScene();
    scene.promote('aws');
    scene.changes.tags.delete('v0.2.0');
    scene.merge('aws', { subject: undefined, past: 'olli' as never });
    await scene.shows(ranBefore('aws'));
    await scene.look();
    await scene.after(0);
    expect(scene.follower.isUnsure).toBe(true);
    expect(scene.deployments.given).toEqual([]);
    scene.changes.tags.set('v0.2.0', sha('2'));
    await scene.look();
    expect(scene.follower.isUnsure).toBe(false);
    await scene.shows(done('aws'));
    await scene.after();
    expect(scene.message).toContain('runs everywhere');
    expect(JSON.stringify(scene.speaker.said)).toContain('It was merged past Trunkline');
  });

  it('counts what main moved on to as the merge, once GitHub says that it came after it', async () => {
    const scene = await promoted();
    await scene.shows(running('aws', 'v0.2.0@2', '9'));
    await scene.after(0);
    await scene.shows(running('aws', 'v0.2.0@2', '9'));
    await scene.after();
    expect(scene.message).toContain('is rolling out');
    // Of two commits, the one before the merge and this one.
    expect(scene.releases.count('isAncestor')).toBe(2);
    scene.later.add(sha('8'));
    await scene.shows(running('aws', 'v0.2.0@2', '8'));
    await scene.after();
    expect(scene.message).toContain('runs everywhere');
  });

  it('does not believe that all is applied before HelmReleases can have been shown', async () => {
    const scene = await promoted();
    await scene.after(0);
    const shown = done('aws');
    if (shown.kind !== 'seen') throw new Error('it is seen');
    const release = helmRelease({ madeBy: 'prod-1/tenants-prod' });
    await scene.shows({ ...shown, helmReleases: new Map([[release.id, release]]) });
    await scene.after();
    expect(scene.ends).toEqual([]);
    const fails = { ...release, ready: condition('False', 'UpgradeFailed') };
    await scene.shows({ ...shown, helmReleases: new Map([[release.id, fails]]) });
    await scene.after();
    expect(scene.message).toContain('has failed');
    await scene.shows({ ...shown, helmReleases: new Map([[release.id, release]]) });
    await scene.after();
    await scene.after(6_000);
    expect(scene.message).toContain('runs everywhere');
    expect(scene.ends).toEqual(['7 failed', '7 applied']);
  });

  it('does not wait for a Kustomization that a later commit gave up', async () => {
    const scene = await promoted();
    const gone = running('aws', 'v0.2.0@2', 'c');
    if (gone.kind !== 'seen') throw new Error('it is seen');
    const without = new Map([...gone.kustomizations].filter(([id]) => id !== 'prod-1/tenants-prod'));
    await scene.shows({ ...gone, kustomizations: without });
    await scene.after(0);
    expect(scene.message).toContain('is rolling out');
    scene.dropped.add('providers/aws/v1/mgmt/namespaced/prod-1/kustomization-tenants-prod.yaml');
    scene.head = sha('8');
    scene.later.add(scene.head);
    await scene.look();
    await scene.after();
    expect(scene.message).toContain('runs everywhere');
  });
});

describe('a change in several waves', () => {
  it('has one message, which does not call it done before the last of them', async () => {
    const scene = await inWaves();
    await scene.shows(done('aws'));
    await scene.after();
    expect(scene.ends).toEqual(['7 applied']);
    expect(scene.message).toContain('is rolling out');
    expect(JSON.stringify(scene.speaker.said)).toContain('(1 more to be merged)');
    expect(scene.thread).toEqual([]);
    scene.merge('gcp');
    await scene.look();
    await scene.after();
    expect(scene.message).toContain('is rolling out');
    await scene.shows(done('gcp'));
    await scene.after();
    expect(scene.message).toContain('runs everywhere');
    expect(scene.ends).toEqual(['7 applied', '8 applied']);
    expect(scene.speaker.said.filter(({ key }) => key === CHANGE)).toHaveLength(1);
    expect(scene.thread).toEqual([expect.stringContaining('runs everywhere')]);
  });

  it('tells of the recovery of one and of the failure of the next', async () => {
    const scene = await inWaves();
    await scene.shows(broken('aws'));
    await scene.after();
    await scene.shows(done('aws'));
    await scene.after();
    expect(scene.thread[1]).toContain('v0.2.0 has recovered where #7 goes');
    scene.merge('gcp');
    await scene.look();
    await scene.shows(broken('gcp'));
    await scene.after();
    expect(scene.thread[2]).toContain('has failed');
    await scene.shows(done('gcp'));
    await scene.after();
    expect(scene.thread[3]).toContain('has recovered: it runs everywhere');
    expect(scene.ends).toEqual(['7 failed', '7 applied', '8 failed', '8 applied']);
  });

  it('records what fails after it had run, so that no further wave opens, and that it recovered', async () => {
    const scene = await inWaves();
    await scene.shows(done('aws'));
    await scene.after();
    scene.merge('gcp');
    await scene.look();
    for (const shown of [broken('aws'), done('aws'), broken('aws'), done('aws')]) {
      await scene.shows(shown);
      await scene.after();
    }
    expect(scene.ends).toEqual(['7 applied', '7 failed', '7 applied', '7 failed', '7 applied']);
    expect(scene.thread.filter((text) => text.includes('has failed'))).toHaveLength(2);
    expect(scene.thread.filter((text) => text.includes('has recovered'))).toHaveLength(2);
  });

  it('is not called stuck because the cluster of a wave that is done does not answer', async () => {
    const scene = await inWaves();
    await scene.shows(done('aws'));
    await scene.after();
    scene.now += 60 * minute;
    scene.merge('gcp');
    scene.restart();
    await scene.shows(silent('aws', scene.now));
    await scene.look();
    await scene.after(4_000);
    expect(scene.message).toContain('is rolling out');
    await scene.shows(done('gcp'));
    await scene.after();
    expect(scene.message).toContain('runs everywhere');
  });

  it('comes to its end when the rest of it is given up, be it days later', async () => {
    const scene = await inWaves();
    await scene.shows(done('aws'));
    await scene.after();
    scene.restart();
    await scene.look();
    expect(scene.follower.isIdle).toBe(true);
    scene.record({ kind: 'ended', change: 1, why: 'withdrawn', by: undefined, supersededBy: undefined });
    await scene.look();
    await scene.after();
    expect(scene.message).toContain('runs everywhere');
    expect(JSON.stringify(scene.speaker.said)).not.toContain('more to be merged');
  });

  it('goes on with a wave that is merged after something else took the place of the first', async () => {
    const scene = await inWaves();
    await scene.shows(done('aws'));
    await scene.after();
    scene.overtake();
    await scene.look();
    await scene.after();
    expect(scene.message).toContain('is rolling out');
    scene.merge('gcp');
    await scene.look();
    await scene.shows(done('gcp'));
    await scene.after();
    expect(scene.ends).toEqual(['7 applied', '8 applied']);
  });
});

describe('whatever breaks', () => {
  it('keeps telling of the others where one merge cannot be read', async () => {
    const scene = new RolloutScene();
    scene.promote('aws');
    scene.merge('aws');
    scene.addMerge({ number: 99, commit: sha('7'), parent: sha('6') });
    const { readCommitFiles } = scene.releases;
    scene.releases.readCommitFiles = async (repo, commit) => {
      if (commit === sha('6')) throw new PermanentError('not-found', 'there is no such commit');
      return readCommitFiles(repo, commit);
    };
    await scene.shows(ranBefore('aws'));
    await scene.look();
    await scene.after(0);
    expect(scene.message).toContain('is rolling out');
    expect(scene.lines).toContain('error: cannot tell where a merge goes');
  });

  it('follows what GitHub shows as merged only later', async () => {
    const scene = new RolloutScene();
    scene.promote('aws');
    scene.merge('aws');
    const hidden = scene.merges.pulls.splice(0);
    await scene.shows(ranBefore('aws'));
    await scene.look();
    expect(scene.follower.isIdle).toBe(true);
    scene.merges.pulls.push(...hidden);
    await scene.look();
    expect(scene.follower.isIdle).toBe(false);
  });

  it('does not forget the first wave while GitHub does not show the second as merged', async () => {
    const scene = await inWaves();
    scene.merge('gcp');
    scene.merges.pulls.pop();
    await scene.look();
    await scene.shows(done('aws'));
    await scene.after();
    expect(scene.ends).toEqual(['7 applied']);
    expect(scene.thread).toEqual([]);
  });

  it('goes on while the policy has mistakes', async () => {
    const scene = await promoted();
    await scene.after(0);
    scene.policy = 'changes: 7';
    await scene.look();
    expect(scene.follower.isUnsure).toBe(true);
    await scene.shows(done('aws'));
    await scene.after();
    expect(scene.message).toContain('runs everywhere');
  });

  it('does not call a cluster done that the policy no longer names', async () => {
    const scene = new RolloutScene();
    scene.promote('aws', 'gcp');
    scene.merge('aws');
    scene.merge('gcp');
    scene.policy = `${policyText()}clusters: [{ name: ${AWS}, provider: aws, version: v1 }]\n`;
    await scene.shows(done('aws'));
    await scene.look();
    await scene.after(4_000);
    expect(scene.message).toContain('is rolling out');
    expect(JSON.stringify(scene.speaker.said)).toContain('because the kubeconfig has no access to it');
    expect(scene.ends).toEqual(['7 applied']);
    await scene.shows(done('gcp'));
    await scene.after();
    expect(scene.message).toContain('runs everywhere');
  });

  it('is told on GitHub and on the ledger all the same where the channel does not take it', async () => {
    const scene = await promoted();
    scene.speaker.refusals.set('channel', new PermanentError('not_in_channel', 'no'));
    await scene.shows(done('aws'));
    await scene.after(0);
    expect(scene.speaker.said).toEqual([]);
    expect(scene.changes.comments.get('7 rollout')).toContain('is live');
    expect(scene.deployments.given.at(-1)?.state).toBe('success');
    expect(scene.ends).toEqual(['7 applied']);
  });

  it.each(['thread', 'address'])('records the end though Slack takes no more of the %s', async (what) => {
    const scene = await promoted();
    const no = new PermanentError('message_not_found', 'no');
    if (what === 'thread') scene.speaker.refusals.set('thread', no);
    else
      scene.speaker.linkTo = async () => {
        throw no;
      };
    await scene.shows(done('aws'));
    await scene.after(0);
    expect(scene.message).toContain('runs everywhere');
    expect(scene.ends).toEqual(['7 applied']);
  });

  it('records the end though the conversation of the pull request is locked, and GitHub takes no deployments', async () => {
    const scene = await promoted();
    scene.changes.before = (method) => {
      if (method === 'comment') throw new PermanentError('forbidden', 'locked');
    };
    scene.deployments.before = () => {
      throw new PermanentError('forbidden', 'no permission');
    };
    await scene.shows(done('aws'));
    await scene.after(0);
    expect(scene.thread).toHaveLength(1);
    expect(scene.ends).toEqual(['7 applied']);
  });

  it('looks for a comment of unclear end only once GitHub’s reads must show it', async () => {
    const scene = await promoted();
    let times = 0;
    scene.changes.before = (method) => {
      if (method !== 'comment') return;
      times += 1;
      if (times === 1) throw new AmbiguousWriteError('no clear answer');
    };
    await scene.shows(done('aws'));
    await scene.after(0);
    await scene.after(30_000);
    expect(times).toBe(1);
    expect(scene.ends).toEqual([]);
    await scene.after(6_000);
    expect(times).toBe(2);
    expect(scene.ends).toEqual(['7 applied']);
  });

  it('is told once Slack is back, and recorded only then', async () => {
    const scene = await promoted();
    scene.speaker.refusals.set('channel', new RetryableError('Slack is away'));
    await scene.shows(done('aws'));
    await scene.after(0);
    expect(scene.ends).toEqual([]);
    expect(scene.follower.isIdle).toBe(false);
    scene.speaker.refusals.clear();
    await scene.after(5_000);
    expect(scene.message).toContain('runs everywhere');
    expect(scene.ends).toEqual(['7 applied']);
  });

  it('takes views in the order in which they come, though GitHub’s clock jumps back between them', async () => {
    const scene = await promoted();
    scene.ahead = 10 * minute;
    await scene.look();
    await scene.shows(running('aws', 'v0.1.0@1', 'c'));
    await scene.after(0);
    scene.ahead = 0;
    await scene.look();
    await scene.shows(done('aws'));
    await scene.after();
    expect(scene.message).toContain('runs everywhere');
  });

  it.each([-10 * minute, 10 * minute])('tells the same with a clock that is %d ms ahead', async (ahead) => {
    const scene = new RolloutScene();
    scene.ahead = ahead;
    scene.merges.at = scene.gitHubNow;
    await promoted(scene);
    await scene.after(0);
    expect(scene.message).toMatch(/is rolling out, 0 s after the merge/);
    await scene.after(5_000);
    await scene.shows(done('aws'));
    await scene.after(0);
    expect(scene.message).toMatch(/runs everywhere, \d s after the merge/);
  });
});

describe('a process that dies', () => {
  /** Each call to the outside that the end of a rollout takes, by how it is made to fail. */
  const calls: readonly [string, (scene: RolloutScene, die: () => void) => void][] = [
    ['the message is posted', (scene, die) => dieAfter(scene, 'sayOnce', (key) => key === CHANGE, die)],
    ['the message is changed', (scene, die) => dieAfter(scene, 'update', (key) => key === CHANGE, die)],
    [
      'the news is told',
      (scene, die) => dieAfter(scene, 'sayOnce', (key) => key.startsWith(`${CHANGE}:`), die),
    ],
    [
      'its pull request is commented on',
      (scene, die) => {
        const { comment } = scene.changes;
        scene.changes.comment = async (...given) => {
          await comment.apply(scene.changes, given);
          die();
        };
      },
    ],
    ['the deployment is reported', (scene, die) => void Object.assign(scene.deployments, { before: die })],
    ['the record stands', (scene, die) => void Object.assign(scene.book, { done: die })],
  ];

  function dieAfter(
    scene: RolloutScene,
    method: 'sayOnce' | 'update',
    isIt: (key: string) => boolean,
    die: () => void,
  ): void {
    const { speaker } = scene;
    const own = speaker[method].bind(speaker) as (...given: unknown[]) => Promise<never>;
    Object.assign(speaker, {
      [method]: async (key: string, ...given: unknown[]) => {
        const answer = await own(key, ...given);
        if (isIt(key)) die();
        return answer;
      },
    });
  }

  const states = ['failed', 'applied'] as const;
  const cases = calls.flatMap(([name, prepare]) =>
    states.flatMap((state) => [true, false].map((isFlushed) => [name, state, isFlushed, prepare] as const)),
  );

  it.each(cases)(
    'when %s that it has %s tells each thing once (Redis flushed: %s)',
    async (_name, state, isFlushed, prepare) => {
      const scene = await promoted();
      await scene.shows(state === 'failed' ? broken('aws') : done('aws'));
      let isDead = false;
      prepare(scene, () => {
        if (isDead) return;
        isDead = true;
        throw new Error('the process dies');
      });
      await scene.after(0);
      expect(isDead).toBe(true);
      scene.restart();
      if (isFlushed) scene.marks.flush();
      await scene.look();
      await scene.after(5_000);
      await scene.shows(done('aws'));
      await scene.after();
      const keys = scene.speaker.said.map(({ key }) => key);
      expect(new Set(keys).size).toBe(keys.length);
      expect(scene.speaker.said.filter(({ place }) => place.kind === 'channel')).toHaveLength(1);
      expect(scene.message).toContain('runs everywhere');
      expect(scene.thread).toHaveLength(state === 'failed' ? 2 : 1);
      expect(scene.ends).toEqual(state === 'failed' ? ['7 failed', '7 applied'] : ['7 applied']);
      expect([...scene.changes.comments.values()]).toEqual([expect.stringContaining('is live')]);
    },
  );

  it('tells each thing once though Redis is flushed at every step', async () => {
    const scene = await promoted();
    for (const shown of [ranBefore('aws'), broken('aws'), broken('aws', 'again'), done('aws')]) {
      await scene.shows(shown);
      await scene.after(4_000);
      scene.marks.flush();
      scene.restart();
      await scene.look();
      await scene.after(4_000);
    }
    expect(scene.thread).toEqual([
      expect.stringContaining('has failed'),
      expect.stringContaining('has recovered'),
    ]);
    expect(scene.ends).toEqual(['7 failed', '7 applied']);
  });

  it('beside another that follows the same says everything once', async () => {
    const scene = await promoted();
    const other = scene.another();
    await other.lookForMerges();
    for (const shown of [broken('aws'), done('aws')]) {
      await scene.shows(shown);
      scene.now += 5_000;
      await Promise.all([scene.follower.tellWhatIsDue(), other.tellWhatIsDue()]);
      await Promise.all([scene.look(), other.lookForMerges()]);
    }
    expect(scene.thread).toHaveLength(2);
    expect(scene.speaker.said.filter(({ key }) => key === CHANGE)).toHaveLength(1);
    expect(scene.ends).toEqual(['7 failed', '7 applied']);
    other.close();
  });
});

describe('a merge that changes nothing in production', () => {
  async function quiet(): Promise<RolloutScene> {
    const scene = new RolloutScene();
    scene.mergeQuiet();
    await scene.shows(ranBefore('aws'));
    await scene.look();
    return scene;
  }

  it('is told on its pull request once it is live', async () => {
    const scene = await quiet();
    await scene.after(0);
    expect(scene.changes.comments.size).toBe(0);
    await scene.shows(running('aws', 'v0.1.0@1', 'f'));
    await scene.after();
    expect(scene.changes.comments.get('9 rollout')).toContain('non-prod-1');
    expect(scene.speaker.said).toEqual([]);
    expect(scene.ends).toEqual([]);
    expect(scene.follower.isIdle).toBe(true);
    await scene.look();
    expect(scene.follower.isIdle).toBe(true);
  });

  it('is followed to its end though many others are merged meanwhile', async () => {
    const scene = await quiet();
    scene.now += minute;
    for (let number = 100; number < 160; number += 1)
      scene.addMerge({ number, commit: sha('b'), parent: sha('b') });
    await scene.look();
    await scene.shows(running('aws', 'v0.1.0@1', 'f'));
    await scene.after();
    expect(scene.changes.comments.get('9 rollout')).toContain('is live');
  });

  it('is not followed when it was merged to another branch, or long ago', async () => {
    const scene = new RolloutScene();
    scene.mergeQuiet();
    const [pull] = scene.merges.pulls.splice(0);
    if (pull === undefined) throw new Error('nothing was merged');
    scene.merges.pulls.push(
      { ...pull, base: 'other' },
      { ...pull, number: 10, at: scene.now - 2 * 1_440 * minute },
    );
    await scene.look();
    expect(scene.follower.isIdle).toBe(true);
  });
});
