import { readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { publishedSchema, withReference } from './policy-reference.ts';

const DOCS = path.join(path.dirname(import.meta.dirname), 'docs');
const SCHEMA = path.join(DOCS, 'policy.schema.json');
const REFERENCE = path.join(DOCS, 'policy.md');

// What the code knows of the policy file, brought to where people and editors read it.
writeFileSync(SCHEMA, `${JSON.stringify(publishedSchema(), null, 2)}\n`);
writeFileSync(REFERENCE, withReference(readFileSync(REFERENCE, 'utf8')));
