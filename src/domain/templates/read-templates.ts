import { isMap, isScalar, LineCounter, type ParsedNode, parseAllDocuments, Scalar, visit } from 'yaml';
import { objectOf } from '../platform/documents.ts';
import type { PlatformFiles } from '../platform.ts';
import {
  isAllowed,
  onlyVariable,
  type Slot,
  type Template,
  type TemplatePart,
  type TemplateProblem,
  type Templates,
  templatesFolder,
  variables,
  variablesIn,
} from './template.ts';

const parts: readonly TemplatePart[] = ['base', 'same-namespace', 'ingress', 'port', 'environment'];

/** Kinds that stand outside every namespace, as far as a tenant's files may hold one. */
const CLUSTER_SCOPED: readonly string[] = ['Namespace'];

/** Whether a file is one of a platform's own templates. */
export function isTemplatePath(path: string): boolean {
  return path.startsWith(`${templatesFolder}/`) && /\.ya?ml$/.test(path);
}

/** A platform's own files of a tenant, checked; undefined when it has none, so that the built-in set counts. */
export function readTemplates(files: Pick<PlatformFiles, 'paths' | 'texts'>): Templates | undefined {
  const paths = files.paths.filter(isTemplatePath).sort();
  if (paths.length === 0) return undefined;
  const problems: TemplateProblem[] = [];
  const templates = paths.flatMap((path) => {
    const text = files.texts.get(path);
    if (text !== undefined) return readTemplate(path, text, problems) ?? [];
    problems.push({ path, line: 1, message: 'cannot be read as text' });
    return [];
  });
  const [first = templatesFolder] = paths;
  if (!templates.some(({ part }) => part === 'base')) {
    problems.push({ path: first, line: 1, message: `no template stands in ${templatesFolder}/base` });
  }
  return { templates, problems };
}

function readTemplate(path: string, text: string, problems: TemplateProblem[]): Template | undefined {
  const [folder, ...below] = path.slice(templatesFolder.length + 1).split('/');
  const part = parts.find((each) => each === folder);
  const counter = new LineCounter();
  const fail = (message: string, offset = 0) =>
    void problems.push({ path, line: Math.max(1, counter.linePos(offset).line), message });
  if (part === undefined || below.length === 0) {
    fail(`stands in none of the folders ${parts.join(', ')}`);
    return undefined;
  }
  const documents = [
    ...parseAllDocuments(text, { lineCounter: counter, prettyErrors: false, logLevel: 'silent' }),
  ];
  const slots: Slot[] = [];
  for (const document of documents) {
    for (const { message, pos } of document.errors) fail(message, pos[0]);
    if (document.errors.length === 0) {
      slots.push(...slotsOf(document, counter, part, fail));
      checkObject(document.toJS({ maxAliasCount: 100 }), document.contents, fail);
    }
  }
  for (const name of variablesIn(below.join('/'))) {
    if (!isAllowed(name, part) || variables[name] === 'structure')
      fail(`\${${name}} cannot stand in the name of a file of ${part}`);
  }
  if (documents.length === 0) fail('holds nothing');
  return { path, part, file: below.join('/'), text, slots };
}

type Fail = (message: string, offset?: number) => void;

function slotsOf(
  document: Parameters<typeof visit>[0],
  counter: LineCounter,
  part: TemplatePart,
  fail: Fail,
): readonly Slot[] {
  const slots: Slot[] = [];
  visit(document, {
    Scalar(key, scalar, path) {
      const { value, range } = scalar;
      if (typeof value !== 'string' || !range) return;
      const named = variablesIn(value);
      if (named.length === 0) return;
      const [start, end] = range;
      if (key === 'key') {
        fail(`\${${named[0]}} cannot be a key`, start);
        return;
      }
      const style = scalar.type === Scalar.PLAIN ? 'plain' : isBlock(scalar) ? 'block' : 'quoted';
      for (const name of named) {
        if (!isAllowed(name, part)) fail(`\${${name}} has no meaning in ${part}`, start);
        else if (variables[name] === 'structure' && (style !== 'plain' || onlyVariable(value) === undefined))
          fail(`\${${name}} is more than a text: it stands alone and without quotes`, start);
      }
      slots.push({ start, end, style, value, keyColumn: keyColumn(path, counter) });
    },
  });
  return slots.toSorted((one, other) => one.start - other.start);
}

function isBlock({ type }: Scalar): boolean {
  return type === Scalar.BLOCK_LITERAL || type === Scalar.BLOCK_FOLDED;
}

function keyColumn(path: readonly unknown[], counter: LineCounter): number | undefined {
  const [map, pair] = path.slice(-2);
  if (!isMap(map) || map.flow || typeof pair !== 'object' || pair === null || !('key' in pair)) {
    return undefined;
  }
  const { key } = pair;
  return isScalar(key) && key.range ? counter.linePos(key.range[0]).col - 1 : undefined;
}

/** Each document is one object of the tenant, and of nobody else. */
function checkObject(value: unknown, contents: ParsedNode | null, fail: Fail): void {
  const offset = contents?.range[0] ?? 0;
  const object = objectOf(value);
  if (object === undefined) {
    fail('is no Kubernetes object with apiVersion, kind and metadata.name', offset);
    return;
  }
  const { kind, metadata } = object;
  const [what, place] = CLUSTER_SCOPED.includes(kind)
    ? ['metadata.name', metadata.name]
    : ['metadata.namespace', metadata.namespace];
  // biome-ignore lint/suspicious/noTemplateCurlyInString: it is what the template has to say
  if (place !== '${name}') fail(`has to say \${name} as ${what}, for it is the tenant's`, offset);
}
