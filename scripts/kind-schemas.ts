import { readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { parseAllDocuments } from 'yaml';
import { builtInShapes } from './kind-schemas/built-in-shapes.ts';
import { shapesOfDefinition } from './kind-schemas/shapes-of-definition.ts';

/**
 * Writes what the kinds of Kubernetes and Flux look like, for the check of conventions: those of Kubernetes from the
 * package kubernetes-models, those of Flux from its CustomResourceDefinitions, whose files are the arguments.
 */
const ROOT = path.dirname(import.meta.dirname);
const TARGET = path.join(ROOT, 'src/domain/conventions/kinds/kind-shapes.ts');

const shapes = builtInShapes(path.join(ROOT, 'node_modules'));
for (const file of process.argv.slice(2)) {
  for (const document of parseAllDocuments(readFileSync(file, 'utf8'))) {
    Object.assign(shapes.kinds, shapesOfDefinition(document.toJS()));
  }
}
const text = JSON.stringify(shapes).replaceAll('\\', '\\\\').replaceAll("'", "\\'");
writeFileSync(
  TARGET,
  `/** What the kinds of Kubernetes and Flux look like, as JSON; written by scripts/kind-schemas.ts. */\nexport const kindShapes =\n  '${text}';\n`,
);
