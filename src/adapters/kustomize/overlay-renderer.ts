import { execFile } from 'node:child_process';
import { createHash } from 'node:crypto';
import { constants } from 'node:fs';
import { access, mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { promisify } from 'node:util';
import type { OverlayRenderer } from '../../../jobs/conventions/convention-ports.ts';
import type { Log } from '../../../jobs/ports.ts';
import { reachesOutside } from '../../domain/effects/overlays-to-render.ts';

const run = promisify(execFile);

/** An overlay that takes longer, in milliseconds, is none that a platform would have. */
const TIMEOUT_MS = 10_000;
const MAXIMUM_BYTES = 8 * 1024 * 1024;
/** What was rendered last; from push to push nearly all overlays are the same. */
const KEPT = 50;

/** How each tool is asked to build a folder. */
const TOOLS = [
  { name: 'kustomize', words: ['build'] },
  { name: 'kubectl', words: ['kustomize'] },
] as const;

interface Tool {
  readonly file: string;
  readonly words: readonly string[];
}

/**
 * Renders overlays with `kustomize` or `kubectl`, whichever is found first in `folders`, in a folder of its own that
 * holds the given files and nothing else. The tool knows no secret of ours, no proxy that answers, and no `PATH` on
 * which it would find git; it may load nothing from outside a kustomization's folder.
 *
 * @param folders absolute paths.
 */
export function createOverlayRenderer(folders: readonly string[], log: Log): OverlayRenderer {
  let found: Promise<Tool | undefined> | undefined;
  const kept = new Map<string, string | undefined>();
  const tool = () => {
    found ??= findTool(folders);
    return found;
  };
  return {
    isThere: async () => (await tool()) !== undefined,
    async render(folder, files) {
      const its = await tool();
      if (its === undefined || reachesOutside(files)) return undefined;
      if (![folder, ...files.keys()].every(isInside)) return undefined;
      const key = keyOf(folder, files);
      if (kept.has(key)) return kept.get(key);
      const text = await build(its, folder, files).catch(() => {
        // What the tool complains of may quote the files.
        log.info({ folder }, 'an overlay cannot be rendered');
        return undefined;
      });
      kept.set(key, text);
      const oldest = kept.keys().next();
      if (kept.size > KEPT && !oldest.done) kept.delete(oldest.value);
      return text;
    },
  };
}

async function findTool(folders: readonly string[]): Promise<Tool | undefined> {
  for (const { name, words } of TOOLS) {
    for (const folder of folders) {
      const file = path.join(folder, name);
      const isThere = await access(file, constants.X_OK).then(
        () => true,
        () => false,
      );
      if (isThere) return { file, words };
    }
  }
  return undefined;
}

/** Git has no such paths; whoever writes files makes sure all the same. */
function isInside(given: string): boolean {
  return !path.posix.isAbsolute(given) && !given.split('/').includes('..') && !given.includes('\0');
}

function keyOf(folder: string, files: ReadonlyMap<string, string>): string {
  const all = [...files].sort(([one], [other]) => (one < other ? -1 : 1));
  return createHash('sha256')
    .update(JSON.stringify([folder, all]))
    .digest('hex');
}

async function build(
  { file, words }: Tool,
  folder: string,
  files: ReadonlyMap<string, string>,
): Promise<string> {
  const root = await mkdtemp(path.join(tmpdir(), 'trunkline-overlay-'));
  try {
    for (const [name, text] of files) {
      const target = path.join(root, name);
      await mkdir(path.dirname(target), { recursive: true });
      await writeFile(target, text);
    }
    const nowhere = 'http://127.0.0.1:9';
    const { stdout } = await run(file, [...words, path.join(root, folder)], {
      cwd: root,
      timeout: TIMEOUT_MS,
      killSignal: 'SIGKILL',
      maxBuffer: MAXIMUM_BYTES,
      shell: false,
      env: { HOME: root, PATH: '/dev/null', HTTP_PROXY: nowhere, HTTPS_PROXY: nowhere, ALL_PROXY: nowhere },
    });
    return stdout;
  } finally {
    await rm(root, { recursive: true, force: true });
  }
}
