import { registerHooks } from 'node:module';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Bug } from './bug.ts';
import { BUGS } from './bugs.ts';

const ROOT = path.join(import.meta.dirname, '..', '..', '..');

/**
 * Makes a mistake in every source that is loaded from now on.
 *
 * @throws when a place that it names is not there any more: a bug that cannot be planted proves nothing.
 */
function plant({ name, edits }: Bug): void {
  registerHooks({
    load(url, context, next) {
      const loaded = next(url, context);
      if (!url.startsWith('file:')) return loaded;
      const file = path.relative(ROOT, fileURLToPath(url));
      const own = edits.filter(([at]) => at === file);
      if (own.length === 0) return loaded;
      let source = String(loaded.source);
      for (const [, find, put] of own) {
        if (!source.includes(find)) throw new Error(`${name}: ${file} holds no "${find}" any more`);
        source = source.replace(find, () => put);
      }
      return { ...loaded, source };
    },
  });
}

/** @throws when no mistake has this name. */
export function plantByName(name: string): void {
  const bug = BUGS.find((each) => each.name === name);
  if (bug === undefined) throw new Error(`no mistake is called ${name}`);
  plant(bug);
}
