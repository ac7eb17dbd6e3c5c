#!/usr/bin/env node
// Runs a script of the project after making sure of all it needs. It is the only file that the system's own
// Node runs (20 or newer, built-in modules only): everything after it runs on the Node of the package `node`.
//
//   node scripts/run.mjs [--with-chromium] <script> [arguments…]
import { spawn } from 'node:child_process';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { constants } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { ensureChromium, ensureRedis } from './system-packages.mjs';

const root = join(dirname(fileURLToPath(import.meta.url)), '..');
const node = join(root, 'node_modules', '.bin', 'node');
const stamp = join(root, 'node_modules', '.installed-lock');

/** Runs a command with this terminal; resolves with its exit code (128 + signal when one ended it). */
function run(command, args, env = process.env) {
  return new Promise((resolve) => {
    const child = spawn(command, args, { cwd: root, env, stdio: 'inherit' });
    const forward = (signal) => child.kill(signal);
    for (const signal of ['SIGINT', 'SIGTERM']) process.on(signal, forward);
    child.on('error', (error) => {
      process.stderr.write(`${command}: ${error.message}\n`);
      resolve(127);
    });
    child.on('exit', (code, signal) => resolve(code ?? 128 + (constants.signals[signal] ?? 0)));
  });
}

function lock() {
  return readFileSync(join(root, 'package-lock.json'), 'utf8');
}

/** Installs the packages that package-lock.json names, unless exactly those are there already. */
async function ensurePackages() {
  if (existsSync(node) && existsSync(stamp) && readFileSync(stamp, 'utf8') === lock()) return;
  process.stderr.write('Installing packages (npm ci) …\n');
  const code = await run('npm', ['ci', '--no-audit', '--no-fund', '--loglevel=error']);
  if (code !== 0) process.exit(code);
  if (!existsSync(node)) {
    process.stderr.write(
      'The package `node` brought no Node 24. npm may have been told to ignore install scripts: ' +
        'run `npm ci --ignore-scripts=false`, then try again.\n',
    );
    process.exit(1);
  }
  writeFileSync(stamp, lock());
}

const args = process.argv.slice(2);
const withChromium = args[0] === '--with-chromium' ? Boolean(args.shift()) : false;
const [script, ...rest] = args;
if (!script) {
  process.stderr.write('usage: node scripts/run.mjs [--with-chromium] <script> [arguments…]\n');
  process.exit(64);
}

await ensurePackages();
ensureRedis();
if (withChromium) ensureChromium();

const binaries = join(root, 'node_modules', '.bin');
const env = { ...process.env, PATH: `${binaries}:${process.env.PATH}` };
const flags = script.endsWith('jest.js') ? ['--experimental-vm-modules', '--no-warnings'] : [];
process.exit(await run(node, [...flags, script, ...rest], env));
