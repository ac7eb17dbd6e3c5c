import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { Ajv2020, type ValidateFunction } from 'ajv/dist/2020.js';
import addFormats from 'ajv-formats';

export type Json = { readonly [key: string]: unknown };

/** The schemas of one OpenAPI description; only what a check needs is converted and compiled, once. */
export interface SchemaBook {
  readonly document: Json;
  /** Follows a chain of keys and `$ref`s from the top of the description; undefined where it ends early. */
  at(...keys: readonly string[]): Json | undefined;
  /** Each way in which `value` breaks `schema`, as `path: what is wrong`; empty when it is valid. */
  problems(schema: Json, value: unknown): readonly string[];
}

/** Opens an OpenAPI 3.0 or 3.1 description that a package holds, such as `@octokit/openapi/generated/x.json`. */
export function openSchemaBook(file: string): SchemaBook {
  const path = createRequire(import.meta.url).resolve(file);
  const document = JSON.parse(readFileSync(path, 'utf8')) as Json;
  // GitHub's schemas are large and each is used a few times: code that is quick to make beats quick code.
  const quick = { inlineRefs: false, code: { optimize: false } };
  const ajv = new Ajv2020({ strict: false, validateSchema: false, allErrors: true, logger: false, ...quick });
  addFormats.default(ajv);
  // GitHub's own addresses of bots (`1+name[bot]@users.noreply.github.com`) are none by the standard.
  ajv.addFormat('email', true);
  // GitHub answers '' for an address that was not given, and its descriptions say so as the default.
  ajv.addFormat('uri', (text) => text === '' || URL.canParse(text));
  const added = new Set<string>();
  const compiled = new Map<Json, ValidateFunction>();
  const resolve = (node: unknown): Json | undefined => {
    if (!isObject(node)) return undefined;
    return typeof node['$ref'] === 'string' ? walk(document, pointer(node['$ref']), resolve) : node;
  };
  const need = (ref: string): void => {
    if (added.has(ref)) return;
    added.add(ref);
    const target = walk(document, pointer(ref), resolve) ?? {};
    ajv.addSchema(convert(target, need) as object, keyOf(ref));
  };
  const compile = (schema: Json): ValidateFunction => {
    const known = compiled.get(schema);
    if (known) return known;
    const made = ajv.compile(convert(schema, need) as object);
    compiled.set(schema, made);
    return made;
  };
  return {
    document,
    at: (...keys) => walk(document, keys, resolve),
    problems: (schema, value) => {
      const validate = compile(schema);
      if (validate(value)) return [];
      return (validate.errors ?? []).map(
        (error) => `${error.instancePath || '/'}: ${error.message} ${JSON.stringify(error.params)}`,
      );
    },
  };
}

function isObject(value: unknown): value is Json {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function pointer(ref: string): readonly string[] {
  return ref.replace(/^#\//, '').split('/');
}

function keyOf(ref: string): string {
  return `gh:${pointer(ref).join(':')}`;
}

function walk(
  from: Json,
  keys: readonly string[],
  resolve: (node: unknown) => Json | undefined,
): Json | undefined {
  let node: Json | undefined = from;
  for (const key of keys) node = node && resolve(node[key]);
  return node;
}

/** OpenAPI 3.0 says `nullable: true` where JSON Schema has the type `null`; references get ajv's own keys. */
function convert(node: unknown, need: (ref: string) => void): unknown {
  if (Array.isArray(node)) return node.map((item) => convert(item, need));
  if (!isObject(node)) return node;
  if (typeof node['$ref'] === 'string') {
    need(node['$ref']);
    return { $ref: keyOf(node['$ref']) };
  }
  const { nullable, example, examples, discriminator, ...rest } = node;
  const plain: Record<string, unknown> = {};
  for (const [key, value] of Object.entries(rest)) plain[key] = convertKey(key, value, need);
  if (example !== undefined && isObject(example) && 'type' in example)
    plain['example'] = convert(example, need);
  if (nullable !== true) return plain;
  return { anyOf: [{ type: 'null' }, plain] };
}

/** The names of properties are not keywords, so a property called `nullable` or `example` must stay. */
function convertKey(key: string, value: unknown, need: (ref: string) => void): unknown {
  if (key !== 'properties' || !isObject(value)) return convert(value, need);
  return Object.fromEntries(Object.entries(value).map(([name, schema]) => [name, convert(schema, need)]));
}
