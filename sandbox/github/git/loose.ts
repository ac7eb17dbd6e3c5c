import { createHash, randomUUID } from 'node:crypto';
import { access, mkdir, rename, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { deflate } from 'node:zlib';
import type { ObjectType } from './cat-file.ts';

const compress = promisify(deflate);

/**
 * Writes a loose object and returns its id. Done here and not by `git hash-object`, because one pull request
 * is dozens of objects and a process for each would take a hundred milliseconds.
 */
export async function writeLoose(dir: string, type: ObjectType, content: Buffer): Promise<string> {
  const whole = Buffer.concat([Buffer.from(`${type} ${content.length}\0`), content]);
  const oid = createHash('sha1').update(whole).digest('hex');
  const folder = join(dir, 'objects', oid.slice(0, 2));
  const path = join(folder, oid.slice(2));
  if (await exists(path)) return oid;
  await mkdir(folder, { recursive: true });
  const draft = join(folder, `tmp_${randomUUID()}`);
  await writeFile(draft, await compress(whole), { mode: 0o444 });
  await rename(draft, path);
  return oid;
}

function exists(path: string): Promise<boolean> {
  return access(path).then(
    () => true,
    () => false,
  );
}
