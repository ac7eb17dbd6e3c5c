import { spawnSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { delimiter, join } from 'node:path';

const REDIS_SERVERS = ['redis-server', 'valkey-server'];
const CHROMIUMS = ['chromium', 'chromium-browser', 'google-chrome', 'google-chrome-stable'];

/** The first of the commands that stands on the PATH, whole; undefined when none does. */
function onPath(commands) {
  for (const command of commands) {
    for (const folder of (process.env.PATH ?? '').split(delimiter)) {
      const file = join(folder, command);
      if (folder && existsSync(file)) return file;
    }
  }
  return undefined;
}

/** The Redis server's program; undefined when none is installed. */
export function redisServer() {
  return onPath(REDIS_SERVERS);
}

/** Chromium's program; undefined when none is installed. */
export function chromium() {
  return process.env.CHROMIUM_PATH ?? onPath(CHROMIUMS);
}

function isDebianRoot() {
  if (process.getuid?.() !== 0 || !onPath(['apt-get']) || !existsSync('/etc/os-release')) return false;
  return /^ID(_LIKE)?=.*(debian|ubuntu)/m.test(readFileSync('/etc/os-release', 'utf8'));
}

function aptInstall(name) {
  process.stderr.write(`Installing ${name} (apt-get) …\n`);
  const env = { ...process.env, DEBIAN_FRONTEND: 'noninteractive' };
  const apt = (...args) => spawnSync('apt-get', ['-qq', ...args], { env, encoding: 'utf8' });
  let done = apt('install', '-y', '--no-install-recommends', name);
  if (done.status !== 0) {
    apt('update');
    done = apt('install', '-y', '--no-install-recommends', name);
  }
  if (done.status !== 0) process.stderr.write(`${(done.stderr ?? '').trim()}\n`);
}

/**
 * Makes sure that a Redis can be had: the one of REDIS_URL, or a server on the PATH, or Debian's package.
 * Ends the process with one clear sentence when none can.
 */
export function ensureRedis() {
  if (process.env.REDIS_URL || redisServer()) return;
  if (isDebianRoot()) aptInstall('redis-server');
  if (redisServer()) return;
  process.stderr.write(
    'Trunkline needs a Redis: set REDIS_URL, or install redis-server or valkey-server ' +
      '(on Debian or Ubuntu: sudo apt-get install redis-server), then try again.\n',
  );
  process.exit(1);
}

/** Makes sure of a browser for the tests that drive one; without it they say so and are reported as skipped. */
export function ensureChromium() {
  if (chromium()) return;
  if (isDebianRoot()) aptInstall('chromium');
  if (chromium()) return;
  process.stderr.write(
    'No Chromium: the tests that drive a browser will be skipped. Install it ' +
      '(on Debian or Ubuntu: sudo apt-get install chromium) or set CHROMIUM_PATH.\n',
  );
}
