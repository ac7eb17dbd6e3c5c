import { existsSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { buildASTSchema, GraphQLError, GraphQLScalarType, type GraphQLSchema, parse } from 'graphql';

let built: GraphQLSchema | undefined;

/**
 * GitHub's own public schema, from the package `@octokit/graphql-schema`.
 * Building it takes about a quarter of a second, so it is built once, when first asked for.
 */
export function githubSchema(): GraphQLSchema {
  built ??= build();
  return built;
}

function build(): GraphQLSchema {
  const text = readFileSync(schemaFile(), 'utf8');
  const schema = buildASTSchema(parse(text, { noLocation: true }), { assumeValid: true });
  restrict(schema, 'GitObjectID', /^[0-9a-f]{40}$/);
  restrict(schema, 'Base64String', /^[A-Za-z0-9+/\s]*={0,2}\s*$/);
  return schema;
}

/** The package exports only its entry, whose loading would build the schema a second time. */
function schemaFile(): string {
  const name = join('@octokit', 'graphql-schema', 'schema.graphql');
  const folders = createRequire(import.meta.url).resolve.paths('@octokit/graphql-schema') ?? [];
  const file = folders.map((folder) => join(folder, name)).find((path) => existsSync(path));
  if (file === undefined) throw new Error('failed to find the package @octokit/graphql-schema');
  return file;
}

function restrict(schema: GraphQLSchema, name: string, pattern: RegExp): void {
  const scalar = schema.getType(name);
  if (!(scalar instanceof GraphQLScalarType)) throw new Error(`failed to find the scalar ${name}`);
  scalar.parseValue = (value: unknown) => {
    if (typeof value === 'string' && pattern.test(value)) return value;
    throw new GraphQLError(`Could not coerce value ${JSON.stringify(value)} to ${name}`);
  };
  scalar.parseLiteral = (node) => scalar.parseValue('value' in node ? node.value : undefined);
}
