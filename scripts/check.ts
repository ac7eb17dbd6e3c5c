import { spawnSync } from 'node:child_process';

/** Every check, in the order of how quickly it tells; all of them run, so that one look shows everything. */
const CHECKS = [
  ['format and lint', 'biome', ['check', '--error-on-warnings', '.']],
  ['types', 'tsc', ['-p', 'tsconfig.json']],
  ['types of the page', 'tsc', ['-p', 'sandbox/page/tsconfig.json']],
  ['unused code', 'knip', ['--no-progress']],
  [
    'walls',
    'depcruise',
    ['--config', '.dependency-cruiser.mjs', 'src', 'handlers', 'jobs', 'sandbox', 'test'],
  ],
] as const;

const failed = CHECKS.filter(([name, command, args]) => {
  process.stdout.write(`\n--- ${name}\n`);
  return spawnSync(command, args, { stdio: 'inherit' }).status !== 0;
});
process.stdout.write(
  failed.length > 0 ? `\nNot in order: ${failed.map(([name]) => name).join(', ')}\n` : '\nAll in order\n',
);
process.exitCode = failed.length > 0 ? 1 : 0;
