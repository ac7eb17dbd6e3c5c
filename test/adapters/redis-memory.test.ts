import type { Redis } from 'ioredis';
import type { Snapshot } from '../../jobs/ports.ts';
import { createMarks } from '../../src/adapters/marks.ts';
import { connectForWriting } from '../../src/adapters/redis.ts';
import { createSnapshotStore } from '../../src/adapters/snapshot-store.ts';
import type { CommitSha, RepoName } from '../../src/domain/ids.ts';
import { RetryableError } from '../../src/errors.ts';
import { keptLog } from '../support/quiet-log.ts';
import { startTestRedis, type TestRedis } from '../support/redis.ts';
import { until } from '../support/until.ts';

const repo = 'sandbox-org/platform' as RepoName;

function snapshot(commit: string, readAt: number): Snapshot {
  const texts = new Map([['.github/trunkline.yaml', 'sizes: {}\n'.repeat(50)]]);
  const files = { commit: commit as CommitSha, defaultBranch: 'main', paths: ['a', 'b/ü'], texts };
  return {
    repo,
    files,
    openRequests: [{ repo, number: 8, url: 'https://example.org/8', name: 'a' }],
    openPulls: [],
    readAt,
  };
}

describe('what replicas share through Redis', () => {
  let redis: TestRedis;
  let connection: Redis;
  const { log } = keptLog();
  beforeEach(async () => {
    redis = await startTestRedis();
    connection = connectForWriting(redis.url, log);
    await until(() => connection.status === 'ready');
  });
  afterEach(async () => {
    connection.disconnect();
    await redis.end();
  });

  describe('the snapshot', () => {
    it('comes to another replica as it was put', async () => {
      await createSnapshotStore(connection, log).put(snapshot('c1', 1_000));
      expect(await createSnapshotStore(connection, log).current(repo)).toEqual(snapshot('c1', 1_000));
    });

    it('is replaced by a newer one, never by an older one', async () => {
      const [one, other] = [createSnapshotStore(connection, log), createSnapshotStore(connection, log)];
      await one.put(snapshot('c2', 2_000));
      await other.put(snapshot('c1', 1_000));
      expect((await one.current(repo))?.files.commit).toBe('c2');
      expect((await other.current(repo))?.files.commit).toBe('c2');
      await other.put(snapshot('c3', 3_000));
      expect((await one.current(repo))?.files.commit).toBe('c3');
    });

    it('of the same second is replaced by the one that came later', async () => {
      const [one, other] = [createSnapshotStore(connection, log), createSnapshotStore(connection, log)];
      await one.put(snapshot('c1', 1_000));
      await other.put(snapshot('c2', 1_000));
      expect((await one.current(repo))?.files.commit).toBe('c2');
    });

    it('stays at hand while Redis is away, and comes back after everything in it was lost', async () => {
      const store = createSnapshotStore(connection, log);
      await store.put(snapshot('c1', 1_000));
      await redis.client.flushall();
      expect((await store.current(repo))?.files.commit).toBe('c1');
      expect((await createSnapshotStore(connection, log).current(repo))?.files.commit).toBe('c1');
      await redis.stop();
      expect((await store.current(repo))?.files.commit).toBe('c1');
      await expect(store.put(snapshot('c2', 2_000))).rejects.toBeInstanceOf(RetryableError);
    });

    it('is unknown before anybody has put one', async () => {
      expect(await createSnapshotStore(connection, log).current(repo)).toBeUndefined();
    });

    it('that another program wrote is not believed', async () => {
      await redis.client.set(`trunkline:snapshot:v2:${repo}:version`, '99-x');
      await redis.client.set(`trunkline:snapshot:v2:${repo}:body`, 'not deflated');
      expect(await createSnapshotStore(connection, log).current(repo)).toBeUndefined();
    });
  });

  describe('a mark', () => {
    it('is set once until it runs out', async () => {
      const marks = createMarks(connection);
      expect(await marks.set('m', 300)).toBe(true);
      expect(await marks.set('m', 300)).toBe(false);
      expect(await marks.left('m')).toBeGreaterThan(100);
      await until(async () => (await marks.left('m')) === 0);
      expect(await marks.set('m', 300)).toBe(true);
    });

    it('holds a value and can be cleared', async () => {
      const marks = createMarks(connection);
      await marks.put('m', 'v', 5_000);
      expect(await marks.get('m')).toBe('v');
      await marks.clear('m');
      expect(await marks.get('m')).toBeUndefined();
    });

    it('is no guess while Redis is away', async () => {
      await redis.stop();
      await expect(createMarks(connection).get('m')).rejects.toBeInstanceOf(RetryableError);
    });
  });
});
