import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';

import { Ajv, type ValidateFunction } from 'ajv';
import addFormats from 'ajv-formats';
import { parse } from 'yaml';

const FOLDER = path.join(import.meta.dirname, '../../../../../shared/crds');

export const definitionsAreThere = existsSync(FOLDER);

interface Definition {
  readonly spec: {
    readonly group: string;
    readonly names: { readonly kind: string };
    readonly versions: readonly {
      readonly name: string;
      readonly schema: { readonly openAPIV3Schema: object };
    }[];
  };
}

/** The real CustomResourceDefinitions: `<apiVersion> <kind>` -> what says whether an object is valid. */
export function definitions(files: readonly string[]): ReadonlyMap<string, ValidateFunction> {
  const ajv = new Ajv({ strict: false, allErrors: true });
  addFormats.default(ajv);
  for (const format of ['int32', 'int64', 'ip']) ajv.addFormat(format, true);
  const all = new Map<string, ValidateFunction>();
  for (const file of files) {
    const { spec } = parse(readFileSync(path.join(FOLDER, `${file}.yaml`), 'utf8')) as Definition;
    for (const { name, schema } of spec.versions)
      all.set(
        `${spec.group}/${name} ${spec.names.kind}`,
        ajv.compile(strict(schema.openAPIV3Schema) as object),
      );
  }
  return all;
}

/** An API server drops fields that a definition does not name; here they are a mistake. */
function strict(schema: unknown): unknown {
  if (Array.isArray(schema)) return schema.map(strict);
  if (typeof schema !== 'object' || schema === null) return schema;
  const inside = Object.fromEntries(Object.entries(schema).map(([name, value]) => [name, strict(value)]));
  const open =
    !('properties' in schema) ||
    'additionalProperties' in schema ||
    'x-kubernetes-preserve-unknown-fields' in schema;
  return open || typeof inside['properties'] !== 'object'
    ? inside
    : { ...inside, additionalProperties: false };
}
