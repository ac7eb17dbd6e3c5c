import { promisify } from 'node:util';
import { deflate, inflate } from 'node:zlib';
import type { Redis } from 'ioredis';
import { z } from 'zod';
import type { Log, Snapshot, SnapshotStore } from '../../jobs/ports.ts';
import type { RepoName } from '../domain/ids.ts';
import { RetryableError } from '../errors.ts';

const pack = promisify(deflate);
const unpack = promisify(inflate);

/** The format's version is part of the key, so that two versions of the bot never read each other's snapshots. */
const PREFIX = 'trunkline:snapshot:v1:';

/** Keeps a snapshot only when it is newer than the one kept: version and body change together or not at all. */
const putIfNewer = `
local kept = tonumber(redis.call('GET', KEYS[1]) or '-1')
if tonumber(ARGV[1]) <= kept then return 0 end
redis.call('SET', KEYS[1], ARGV[1])
redis.call('SET', KEYS[2], ARGV[2])
return 1`;

/** Only what this process itself wrote comes back, so the shape is checked at its edges. */
const shape = z.looseObject({ repo: z.string(), readAt: z.number(), files: z.looseObject({ commit: z.string() }) });

/**
 * The last snapshot of each repository, shared through Redis and kept in memory, so that asking for it costs one
 * small GET. While Redis is away the one in memory stands in.
 */
export function createSnapshotStore(redis: Redis, log: Log): SnapshotStore {
  const inMemory = new Map<RepoName, Snapshot>();

  async function fetchNewer(repo: RepoName, known: Snapshot | undefined): Promise<Snapshot | undefined> {
    const version = await redis.get(`${PREFIX}${repo}:at`);
    if (version === null || Number(version) <= (known?.readAt ?? -1)) return known;
    const body = await redis.getBuffer(`${PREFIX}${repo}:body`);
    if (body === null) return known;
    return parseSnapshot((await unpack(body)).toString('utf8'));
  }

  function remember(repo: RepoName, snapshot: Snapshot | undefined): Snapshot | undefined {
    const known = inMemory.get(repo);
    if (snapshot !== undefined && snapshot.readAt > (known?.readAt ?? -1)) inMemory.set(repo, snapshot);
    return inMemory.get(repo);
  }

  return {
    async current(repo) {
      const known = inMemory.get(repo);
      try {
        return remember(repo, await fetchNewer(repo, known));
      } catch (error) {
        log.warn({ err: error, repo }, 'failed to ask for a newer snapshot; the one in memory stands in');
        return known;
      }
    },
    async put(snapshot) {
      const { repo, readAt } = snapshot;
      remember(repo, snapshot);
      const body = await pack(formatSnapshot(snapshot));
      try {
        await redis.eval(putIfNewer, 2, `${PREFIX}${repo}:at`, `${PREFIX}${repo}:body`, String(readAt), body);
      } catch (cause) {
        throw new RetryableError(`failed to keep the snapshot of ${repo}`, { cause });
      }
    },
  };
}

/** JSON knows no Map, so a Map travels as its entries under a name of its own. */
function formatSnapshot(snapshot: Snapshot): string {
  return JSON.stringify(snapshot, (_key, value: unknown) => {
    if (value instanceof Map) return { $map: [...value] };
    return value instanceof Set ? { $set: [...value] } : value;
  });
}

const mapShape = z.strictObject({ $map: z.array(z.tuple([z.string(), z.unknown()])) });
const setShape = z.strictObject({ $set: z.array(z.unknown()) });

function parseSnapshot(text: string): Snapshot | undefined {
  const value: unknown = JSON.parse(text, (_key, part: unknown) => {
    if (typeof part !== 'object' || part === null) return part;
    if ('$map' in part) return new Map(mapShape.parse(part).$map);
    return '$set' in part ? new Set(setShape.parse(part).$set) : part;
  });
  return shape.safeParse(value).success ? (value as Snapshot) : undefined;
}
