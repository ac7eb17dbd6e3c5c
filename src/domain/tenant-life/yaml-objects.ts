import {
  isAlias,
  isMap,
  isPair,
  isScalar,
  isSeq,
  type Pair,
  parseAllDocuments,
  type Scalar,
  type YAMLMap,
} from 'yaml';

/** One Kubernetes object of a file, as the nodes that know where they stand in its text. */
export interface YamlObject {
  readonly kind: string;
  readonly name: string;
  readonly node: YAMLMap;
}

export type YamlFile =
  | { readonly kind: 'read'; readonly objects: readonly YamlObject[] }
  | { readonly kind: 'unreadable'; readonly why: string };

/** The Kubernetes objects of a file, those in a `List` too; a document that is none is passed over. */
export function yamlObjects(text: string): YamlFile {
  const documents = [...parseAllDocuments(text, { prettyErrors: false, logLevel: 'silent' })];
  const [error] = documents.flatMap(({ errors }) => errors);
  if (error !== undefined) return { kind: 'unreadable', why: error.message };
  return { kind: 'read', objects: documents.flatMap(({ contents }) => objectsIn(contents)) };
}

function objectsIn(node: unknown): readonly YamlObject[] {
  if (!isMap(node)) return [];
  const kind = textAt(node, 'kind');
  if (kind === undefined) return [];
  const items = node.get('items', true);
  if (kind.endsWith('List') && isSeq(items)) return items.items.flatMap(objectsIn);
  const metadata = node.get('metadata', true);
  const name = isMap(metadata) ? textAt(metadata, 'name') : undefined;
  return name === undefined ? [] : [{ kind, name, node }];
}

/** The text of a mapping's key as it is written; undefined when it is no scalar with something in it. */
export function textAt(map: YAMLMap, key: string): string | undefined {
  const node = map.get(key, true);
  return isScalar(node) ? writtenText(node) : undefined;
}

/** A scalar's text: as it stands in the file, so that `1.50` does not become `1.5`; undefined for nothing. */
export function writtenText(node: Scalar): string | undefined {
  if (node.value === null || node.value === undefined) return undefined;
  return node.type === 'PLAIN' && node.source !== undefined ? node.source : String(node.value);
}

/** What stands under a path of keys, when all of them are mappings that stand there themselves. */
export function mapAt(map: YAMLMap, ...keys: readonly string[]): YAMLMap | undefined {
  let at: unknown = map;
  for (const key of keys) at = isMap(at) ? at.get(key, true) : undefined;
  return isMap(at) ? at : undefined;
}

/** The pair of a mapping that has this key. */
export function pairOf(map: YAMLMap, key: string): Pair | undefined {
  return map.items.find((pair) => isPair(pair) && isScalar(pair.key) && pair.key.value === key);
}

/** Whether a mapping takes part of what it says from elsewhere: an alias, an anchor, a merged mapping. */
export function isShared(map: YAMLMap): boolean {
  const isElsewhere = (node: unknown) => isAlias(node) || (isScalar(node) && node.anchor !== undefined);
  return (
    map.anchor !== undefined ||
    map.items.some(({ key, value }) => isElsewhere(value) || (isScalar(key) && key.value === '<<'))
  );
}
