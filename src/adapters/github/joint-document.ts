import type { GraphAnswer, GraphOperation } from './graph-answer.ts';

/** Documents of our own: one named query, and fragments behind it. */
const DOCUMENT = /^\s*query\s+(?<name>\w+)\s*(?:\((?<parameters>[^)]*)\))?\s*\{/;

/** One document that asks all of several, each by names of its own so that none meets another's. */
export function jointDocument(operations: readonly GraphOperation[]): GraphOperation {
  const parts = operations.map(({ query }, n) => partOf(query, prefixOf(n)));
  const parameters = parts.flatMap((part) => (part.parameters === '' ? [] : [part.parameters]));
  return {
    query: [
      `query ${parts.map(({ name }) => name).join('_')}${parameters.length === 0 ? '' : `(${parameters.join(', ')})`} {`,
      ...parts.map(({ fields }) => fields),
      '}',
      ...parts.map(({ fragments }) => fragments),
    ].join('\n'),
    variables: Object.fromEntries(
      operations.flatMap(({ variables }, n) =>
        Object.entries(variables).map(([name, value]) => [`${prefixOf(n)}${name}`, value]),
      ),
    ),
  };
}

/** The part of a joint answer that is the `n`th document's, as that alone would have been answered. */
export function partOfAnswer({ data, errors, at }: GraphAnswer, n: number): GraphAnswer {
  const prefix = prefixOf(n);
  const own = ([name]: readonly [string, unknown]) => name.startsWith(prefix);
  const found = typeof data === 'object' && data !== null ? Object.entries(data).filter(own) : [];
  return {
    data:
      found.length === 0
        ? null
        : Object.fromEntries(found.map(([name, value]) => [name.slice(prefix.length), value])),
    // What befell the whole document befell everybody in it.
    errors: errors.flatMap((error) => {
      const [first, ...rest] = error.path;
      if (first === undefined) return [error];
      const name = String(first);
      return name.startsWith(prefix) ? [{ ...error, path: [name.slice(prefix.length), ...rest] }] : [];
    }),
    at,
  };
}

function prefixOf(n: number): string {
  return `q${n}_`;
}

function partOf(query: string, prefix: string) {
  const head = DOCUMENT.exec(query);
  if (head?.groups === undefined) throw new Error(`no document of ours: ${query.slice(0, 60)}`);
  const start = head[0].length;
  const end = closing(query, start);
  return {
    name: head.groups['name'] ?? '',
    parameters: renamed(head.groups['parameters'] ?? '', prefix).trim(),
    fields: aliased(renamed(query.slice(start, end), prefix), prefix),
    fragments: renamed(query.slice(end + 1), prefix),
  };
}

/** Variables and fragments get the prefix. */
function renamed(text: string, prefix: string): string {
  return text
    .replace(/\$(\w+)/g, `$$${prefix}$1`)
    .replace(/\.\.\.\s*(?!on\b)(\w+)/g, `...${prefix}$1`)
    .replace(/\bfragment\s+(\w+)\s+on\b/g, `fragment ${prefix}$1 on`);
}

/** The fields of the query itself get an alias; those below keep their names. */
function aliased(body: string, prefix: string): string {
  let text = '';
  for (let from = 0; from < body.length; ) {
    const field = /^\s*(?:(\w+)\s*:\s*)?(\w+)/.exec(body.slice(from));
    if (field === null) return text + body.slice(from);
    from += field[0].length;
    const rest = skipped(body, from);
    text += `\n  ${prefix}${field[1] ?? field[2]}: ${field[2]}${body.slice(from, rest)}`;
    from = rest;
  }
  return text;
}

/** Where the arguments and the selection of a field end. */
function skipped(text: string, from: number): number {
  let at = from;
  for (;;) {
    const open = /^[\s,]*([({])/.exec(text.slice(at));
    if (open === null) return at;
    at = closing(text, at + open[0].length) + 1;
  }
}

/** Where the bracket closes that was opened right before `from`. */
function closing(text: string, from: number): number {
  let depth = 1;
  for (let at = from; at < text.length; at += 1) {
    const character = text[at] ?? '';
    if ('({['.includes(character)) depth += 1;
    if (')}]'.includes(character)) depth -= 1;
    if (depth === 0) return at;
  }
  throw new Error('a document of ours does not end');
}
