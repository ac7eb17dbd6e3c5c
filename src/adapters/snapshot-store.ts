import { createHash } from 'node:crypto';
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
const PREFIX = 'trunkline:snapshot:v2:';

/**
 * Keeps a snapshot unless a newer one is kept; version and body change together or not at all. GitHub's clock tells
 * whole seconds, so of two of one second the later to arrive stays.
 */
const putUnlessOlder = `
local kept = tonumber(string.match(redis.call('GET', KEYS[1]) or '', '^%d+') or '-1')
if tonumber(string.match(ARGV[1], '^%d+')) < kept then return 0 end
redis.call('SET', KEYS[1], ARGV[1])
redis.call('SET', KEYS[2], ARGV[2])
return 1`;

/** Only what this process itself wrote comes back, so the shape is checked at its edges. */
const shape = z.looseObject({
  repo: z.string(),
  readAt: z.number(),
  files: z.looseObject({ commit: z.string() }),
});

/**
 * The last snapshot of each repository, shared through Redis and kept in memory, so that asking for it costs one
 * small GET. While Redis is away the one in memory stands in.
 */
export function createSnapshotStore(redis: Redis, log: Log): SnapshotStore {
  const inMemory = new Map<RepoName, Kept>();

  async function fetchNewer(repo: RepoName): Promise<void> {
    const version = await redis.get(`${PREFIX}${repo}:version`);
    const known = inMemory.get(repo);
    // Redis lost its data: give back what is at hand.
    if (version === null && known !== undefined) await keep(known.snapshot, known.version);
    if (version === null || version === known?.version) return;
    const body = await redis.getBuffer(`${PREFIX}${repo}:body`);
    if (body === null) return;
    const snapshot = parseSnapshot((await unpack(body)).toString('utf8'));
    if (snapshot !== undefined) remember(snapshot, version);
  }

  async function keep(snapshot: Snapshot, version: string): Promise<void> {
    const body = await pack(formatSnapshot(snapshot));
    const keys = [`${PREFIX}${snapshot.repo}:version`, `${PREFIX}${snapshot.repo}:body`] as const;
    await redis.eval(putUnlessOlder, 2, ...keys, version, body);
  }

  function remember(snapshot: Snapshot, version: string): void {
    const known = inMemory.get(snapshot.repo);
    if (known !== undefined && snapshot.readAt < known.snapshot.readAt) return;
    inMemory.set(snapshot.repo, { snapshot, version });
  }

  return {
    async current(repo) {
      try {
        await fetchNewer(repo);
      } catch (error) {
        log.warn({ err: error, repo }, 'failed to ask for a newer snapshot; the one in memory stands in');
      }
      return inMemory.get(repo)?.snapshot;
    },
    async put(snapshot) {
      const version = `${Math.trunc(snapshot.readAt)}-${digest(snapshot)}`;
      remember(snapshot, version);
      try {
        await keep(snapshot, version);
      } catch (cause) {
        throw new RetryableError(`failed to keep the snapshot of ${snapshot.repo}`, { cause });
      }
    },
  };
}

interface Kept {
  readonly snapshot: Snapshot;
  readonly version: string;
}

function digest(snapshot: Snapshot): string {
  return createHash('sha1').update(formatSnapshot(snapshot)).digest('hex').slice(0, 16);
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
