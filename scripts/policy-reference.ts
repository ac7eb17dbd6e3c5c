import { stringify } from 'yaml';
import { z } from 'zod';
import { policyJsonSchema, policySchema } from '../src/domain/policy.ts';

/** Markers between which the reference stands in docs/policy.md. */
const BEGIN = '<!-- reference: written by `npm run schema` -->';
const END = '<!-- end of the reference -->';

/** A default that is longer than this, in characters, stands below the table. */
const LONGEST_IN_CELL = 44;

interface Node {
  readonly type?: string | readonly string[] | undefined;
  readonly description?: string | undefined;
  readonly default?: unknown;
  readonly const?: unknown;
  readonly minimum?: number | undefined;
  readonly maximum?: number | undefined;
  readonly maxItems?: number | undefined;
  readonly properties?: Readonly<Record<string, Node>> | undefined;
  readonly required?: readonly string[] | undefined;
  readonly items?: Node | undefined;
  readonly additionalProperties?: Node | false | undefined;
  readonly anyOf?: readonly Node[] | undefined;
}

/** The part of JSON schema that the policy's own uses. */
const node: z.ZodType<Node> = z.lazy(() =>
  z.looseObject({
    type: z.union([z.string(), z.array(z.string())]).optional(),
    description: z.string().optional(),
    default: z.unknown().optional(),
    const: z.unknown().optional(),
    minimum: z.number().optional(),
    maximum: z.number().optional(),
    maxItems: z.number().optional(),
    properties: z.record(z.string(), node).optional(),
    required: z.array(z.string()).optional(),
    items: node.optional(),
    additionalProperties: z.union([z.literal(false), node]).optional(),
    anyOf: z.array(node).optional(),
  }),
);

interface Row {
  readonly path: string;
  readonly takes: string;
  /** Undefined where nothing is set unless the file sets it. */
  readonly default: unknown;
  readonly isRequired: boolean;
  readonly what: string;
}

/** The policy's JSON schema as it is published, for editors. */
export function publishedSchema(): object {
  return { ...policyJsonSchema(), title: 'Policy of Trunkline: .github/trunkline.yaml' };
}

/** The reference of all keys, in Markdown: a table, and below it the defaults that are too long for a cell. */
export function policyReference(): string {
  const root = node.parse(policyJsonSchema());
  const rows = rowsOf('', root, policySchema.parse({}));
  const head = '| key | takes | default | what it is |\n| --- | --- | --- | --- |';
  const table = [head, ...rows.map(formatRow)].join('\n');
  const below = rows.filter(isLong).map(({ path, default: value }) => {
    return `Default of \`${path}\`:\n\n\`\`\`yaml\n${stringify(value).trimEnd()}\n\`\`\``;
  });
  return [table, ...below].join('\n\n');
}

/** A document with the reference between its markers brought up to date. */
export function withReference(document: string): string {
  const [begin, end] = [document.indexOf(BEGIN), document.indexOf(END)];
  if (begin < 0 || end < begin) throw new Error('failed to find the markers of the reference');
  return `${document.slice(0, begin + BEGIN.length)}\n\n${policyReference()}\n\n${document.slice(end)}`;
}

function rowsOf(path: string, { properties = {}, required = [] }: Node, defaults: unknown): readonly Row[] {
  return Object.entries(properties).flatMap(([key, child]) => {
    const here = path === '' ? key : `${path}.${key}`;
    const value = at(defaults, key) ?? child.default;
    const row: Row = {
      path: here,
      takes: takes(child),
      default: isFilledPieceByPiece(child) ? undefined : value,
      isRequired: required.includes(key),
      what: child.description ?? '',
    };
    return [row, ...rowsBelow(here, child, value)];
  });
}

/** A mapping of which each key has a default of its own. */
function isFilledPieceByPiece({ properties, required = [] }: Node): boolean {
  return properties !== undefined && required.length === 0;
}

function rowsBelow(path: string, child: Node, value: unknown): readonly Row[] {
  if (child.properties !== undefined) return rowsOf(path, child, value);
  if (child.items?.properties !== undefined) return rowsOf(`${path}[]`, child.items, undefined);
  const each = child.additionalProperties;
  return each ? rowsOf(`${path}.<name>`, each, undefined) : [];
}

function at(value: unknown, key: string): unknown {
  return typeof value === 'object' && value !== null ? new Map(Object.entries(value)).get(key) : undefined;
}

function takes(child: Node): string {
  if (child.anyOf !== undefined) return child.anyOf.map(takes).join(', or ');
  if (child.const !== undefined) return `\`${String(child.const)}\``;
  if (child.type === 'boolean') return '`true` or `false`';
  if (child.type === 'integer') return wholeNumber(child);
  if (child.type === 'array') {
    const most = child.maxItems === undefined ? '' : `, at most ${child.maxItems}`;
    return `list${most}`;
  }
  if (Array.isArray(child.type))
    return child.type.map((type) => (type === 'string' ? 'text' : type)).join(' or ');
  if (child.type !== 'object') return 'text';
  const keys = Object.keys(child.properties ?? {});
  return keys.length === 0 ? 'mapping' : `mapping with ${keys.map((key) => `\`${key}\``).join(', ')}`;
}

function wholeNumber({ minimum = 0, maximum = Number.MAX_SAFE_INTEGER }: Node): string {
  if (maximum < Number.MAX_SAFE_INTEGER) return `whole number, ${minimum} to ${maximum}`;
  return `whole number from ${minimum}`;
}

function formatRow(row: Row): string {
  // Outside of code, Markdown takes <name> for HTML and shows nothing.
  const what = row.what.replaceAll('<', '&lt;');
  const cells = [`\`${row.path}\``, row.takes, formatDefault(row), what];
  return `| ${cells.map((cell) => cell.replaceAll('|', '\\|')).join(' | ')} |`;
}

function formatDefault(row: Row): string {
  if (row.isRequired) return '(must be given)';
  if (row.default === undefined) return '';
  return isLong(row) ? 'below' : `\`${inline(row.default)}\``;
}

function isLong({ default: value }: Row): boolean {
  return value !== undefined && inline(value).length > LONGEST_IN_CELL;
}

function inline(value: unknown): string {
  return stringify(value, { collectionStyle: 'flow', lineWidth: 0 }).trimEnd();
}
