import { readFileSync } from 'node:fs';
import { parsePolicy } from '../src/domain/policy.ts';

// node scripts/run.mjs scripts/policy-check.ts <file>: what the bot would find wrong in a policy file.
const [file] = process.argv.slice(2);
if (file === undefined) {
  process.stderr.write('usage: node scripts/run.mjs scripts/policy-check.ts <policy file>\n');
  process.exit(64);
}
const parsed = parsePolicy(readFileSync(file, 'utf8'));
if (parsed.kind === 'ok') process.stdout.write(`${file} is in order.\n`);
else {
  for (const { line, path, message } of parsed.problems) {
    process.stdout.write(`${file}:${line}: ${`${path} ${message}`.trim()}\n`);
  }
  process.exitCode = 1;
}
