import { canonicalJson } from '../platform/canonical.ts';
import { readDocuments } from '../platform/documents.ts';

/** A file with its whole content. */
interface Written {
  readonly path: string;
  readonly content: string;
}

export interface EditQuestion {
  /** What the form writes for what stands now. */
  readonly before: readonly Written[];
  /** What it writes for what is wanted. */
  readonly after: readonly Written[];
  /** Path -> text: the tenant's files at the head of the branch. */
  readonly files: ReadonlyMap<string, string>;
  /** Those of them that the request brings. */
  readonly brought: ReadonlySet<string>;
}

export type EditPlan =
  | { readonly kind: 'edit'; readonly writes: readonly Written[]; readonly deletes: readonly string[] }
  /** What would have to change holds what the form does not know: a person wrote it. */
  | { readonly kind: 'by-hand'; readonly paths: readonly string[] };

/**
 * What one commit has to write and delete so that a branch holds what is wanted. A file that the change does not touch
 * is left as it stands, whoever wrote it; one that it would touch and that a person has given other content is never
 * overwritten.
 */
export function planEdit({ before, after, files, brought }: EditQuestion): EditPlan {
  const old = new Map(before.map(({ path, content }) => [path, content]));
  const wanted = new Map(after.map(({ path, content }) => [path, content]));
  const byHand: string[] = [];
  const writes = after.filter(({ path, content }) => {
    const text = files.get(path);
    if (old.get(path) === content || text === content) return false;
    if (text !== undefined && !isUntouched(text, old.get(path))) byHand.push(path);
    return true;
  });
  const deletes = before
    .map(({ path }) => path)
    .filter((path) => {
      const text = files.get(path);
      if (wanted.has(path) || text === undefined) return false;
      if (!isUntouched(text, old.get(path))) byHand.push(path);
      return true;
    });
  byHand.push(...leftBehind(before, wanted, files, brought));
  if (byHand.length > 0) return { kind: 'by-hand', paths: [...new Set(byHand)].sort() };
  return { kind: 'edit', writes, deletes };
}

/** Whether rewriting a file loses nothing: it says what we wrote, and nobody commented on it. */
function isUntouched(text: string, written: string | undefined): boolean {
  if (written === undefined) return false;
  if (text === written) return true;
  if (/(?:^|\s)#/.test(text)) return false;
  const [now, then] = [readDocuments(text), readDocuments(written)];
  return now.why === undefined && canonicalJson(now.documents) === canonicalJson(then.documents);
}

/** What people added to folders that are given up: it would keep the tenant there, half of it. */
function leftBehind(
  before: readonly Written[],
  wanted: ReadonlyMap<string, string>,
  files: ReadonlyMap<string, string>,
  brought: ReadonlySet<string>,
): readonly string[] {
  const kept = new Set([...wanted.keys()].map(dirname));
  const ours = new Set(before.map(({ path }) => path));
  const givenUp = new Set([...ours].map(dirname).filter((folder) => !kept.has(folder)));
  return [...files.keys()].filter(
    (path) =>
      brought.has(path) && !ours.has(path) && [...givenUp].some((folder) => path.startsWith(`${folder}/`)),
  );
}

function dirname(path: string): string {
  return path.slice(0, Math.max(0, path.lastIndexOf('/')));
}
