import { isMap, isScalar, isSeq, parseAllDocuments, type Scalar, type YAMLMap } from 'yaml';
import { canonicalJson } from '../platform/canonical.ts';
import { itemsOf, objectOf, readDocuments } from '../platform/documents.ts';
import { isGitRepository } from '../platform/flux.ts';
import { yamlTag } from './yaml-tag.ts';

/**
 * Why a source cannot be turned: it is not in the file, stands in it twice, names the tag already, has its ref in a
 * form of which not one line alone can be changed, or follows something that neither a branch nor a tag decides.
 */
export type TurnRefusal = 'not-found' | 'ambiguous' | 'already' | 'not-one-line' | 'unsupported-ref';

export type TurnedText =
  | { readonly kind: 'turned'; readonly text: string }
  | { readonly kind: 'refuse'; readonly code: TurnRefusal };

export interface SourceName {
  readonly namespace: string;
  readonly name: string;
}

/** A piece of the text, by offsets in it, and what it becomes. */
interface Splice {
  readonly from: number;
  readonly to: number;
  readonly text: string;
}

/**
 * Turns a GitRepository to a tag by changing one line of its file: the tag that it names, or the branch, which becomes
 * the tag. All else stays byte for byte.
 *
 * @param text the file, of any number of documents and with any line ends.
 */
export function turnSource(text: string, source: SourceName, tag: string): TurnedText {
  const found = findSpecs(text, source);
  const [object] = found;
  if (object === undefined) return refuse('not-found');
  if (found.length > 1) return refuse('ambiguous');
  const splices = splicesFor(object, tag, text);
  if (typeof splices === 'string') return refuse(splices);
  const turned = splices.reduce(
    (all, { from, to, text: piece }) => `${all.slice(0, from)}${piece}${all.slice(to)}`,
    text,
  );
  return changesOnly(text, turned, source, tag) ? { kind: 'turned', text: turned } : refuse('not-one-line');
}

function refuse(code: TurnRefusal): TurnedText {
  return { kind: 'refuse', code };
}

function findSpecs(text: string, source: SourceName): readonly YAMLMap[] {
  const documents = [...parseAllDocuments(text, { prettyErrors: false, logLevel: 'silent' })];
  return documents
    .filter(({ errors }) => errors.length === 0)
    .flatMap((document) =>
      mapsIn(document.contents).filter((map) => {
        try {
          return isNamed(map.toJS(document, { maxAliasCount: 100 }), source);
        } catch {
          return false;
        }
      }),
    );
}

/** Every object of a document, lists opened. */
function mapsIn(node: unknown): readonly YAMLMap[] {
  if (!isMap(node)) return [];
  const [kind, items] = [node.get('kind'), node.get('items', true)];
  if (typeof kind === 'string' && kind.endsWith('List') && isSeq(items)) return items.items.flatMap(mapsIn);
  return [node];
}

function isNamed(item: unknown, { namespace, name }: SourceName): boolean {
  const object = objectOf(item);
  if (object === undefined || !isGitRepository(object)) return false;
  return object.metadata.name === name && (object.metadata.namespace ?? 'default') === namespace;
}

/** The last piece of the text first, so that the offsets of the others stay right. */
function splicesFor(object: YAMLMap, tag: string, text: string): readonly Splice[] | TurnRefusal {
  const spec = object.get('spec', true);
  const ref = isMap(spec) ? spec.get('ref', true) : undefined;
  if (!isMap(ref)) return ref === undefined ? 'unsupported-ref' : 'not-one-line';
  const decides = decisiveKey(ref);
  const pair = ref.items.find(({ key }) => isScalar(key) && key.value === decides);
  if (decides === undefined || !isScalar(pair?.key) || !isScalar(pair.value)) return 'unsupported-ref';
  if (decides === 'tag' && pair.value.value === tag) return 'already';
  const [key, value] = [rangeOf(pair.key), rangeOf(pair.value)];
  if (key === undefined || value === undefined) return 'not-one-line';
  if (/[\r\n]/.test(text.slice(key.from, value.to))) return 'not-one-line';
  const turned = { ...value, text: yamlTag(tag, styleOf(pair.value)) };
  return decides === 'tag' ? [turned] : [turned, { ...key, text: 'tag' }];
}

/**
 * The field of a ref that decides by Flux's order: commit, name, semver, tag, branch; an empty one counts for none.
 * https://fluxcd.io/flux/components/source/gitrepositories/#reference
 */
function decisiveKey(ref: YAMLMap): 'tag' | 'branch' | undefined {
  const fields = ['commit', 'name', 'semver', '<<'];
  const isGiven = (field: string) => ref.has(field) && ref.get(field) !== '' && ref.get(field) !== null;
  if (fields.some(isGiven)) return undefined;
  if (ref.has('tag')) return isText(ref.get('tag')) ? 'tag' : undefined;
  return isText(ref.get('branch')) ? 'branch' : undefined;
}

function isText(value: unknown): boolean {
  return typeof value === 'string' && value !== '';
}

function rangeOf({ range, anchor }: Scalar): { readonly from: number; readonly to: number } | undefined {
  // What bears an anchor is said elsewhere in the file, too.
  return range == null || anchor !== undefined ? undefined : { from: range[0], to: range[1] };
}

function styleOf({ type }: Scalar): 'plain' | 'single' | 'double' {
  if (type === 'QUOTE_SINGLE') return 'single';
  return type === 'QUOTE_DOUBLE' ? 'double' : 'plain';
}

/** Whether the two texts say the same but for the tag: nothing else may hang on the line, as by an alias. */
function changesOnly(before: string, after: string, source: SourceName, tag: string): boolean {
  const [old, fresh] = [itemsOf(readDocuments(before).documents), itemsOf(readDocuments(after).documents)];
  return (
    old.length === fresh.length &&
    old.every((item, index) => {
      const now = fresh[index];
      if (!isNamed(item, source)) return canonicalJson(item) === canonicalJson(now);
      const ref = refOf(now);
      return ref?.['tag'] === tag && canonicalJson(withoutTag(item)) === canonicalJson(withoutTag(now));
    })
  );
}

function withoutTag(item: unknown): unknown {
  const [object, ref] = [recordOf(item), refOf(item)];
  const rest = Object.entries(ref ?? {}).filter(([field]) => field !== 'tag');
  // The branch gives way to the tag, or stands beside it as before.
  const ofRef = rest.filter(([field]) => field !== 'branch' || ref?.['tag'] !== undefined);
  return { ...object, spec: { ...recordOf(object?.['spec']), ref: Object.fromEntries(ofRef) } };
}

function refOf(item: unknown): Readonly<Record<string, unknown>> | undefined {
  return recordOf(recordOf(recordOf(item)?.['spec'])?.['ref']);
}

function recordOf(value: unknown): Readonly<Record<string, unknown>> | undefined {
  return typeof value === 'object' && value !== null && !Array.isArray(value) ? { ...value } : undefined;
}
