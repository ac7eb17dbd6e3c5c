import { spawn } from 'node:child_process';
import { randomInt } from 'node:crypto';
import { once } from 'node:events';
import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { createConnection, createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { redisServer } from './system-packages.mjs';

/**
 * A port of 127.0.0.1 that nobody listens on. It is below those that systems hand out to connections by themselves
 * (Linux from 32768, others from 49152), so that no connection takes it before the server is there.
 */
export async function freePort() {
  for (;;) {
    const port = randomInt(20_000, 32_000);
    if (await isFree(port)) return port;
  }
}

async function isFree(port) {
  const server = createServer();
  server.listen(port, '127.0.0.1');
  try {
    await once(server, 'listening');
  } catch (error) {
    if (error?.code === 'EADDRINUSE' || error?.code === 'EACCES') return false;
    throw error;
  }
  server.close();
  await once(server, 'close');
  return true;
}

/** Resolves once the port answers a PING with PONG; rejects after `ms` milliseconds. */
async function answering(port, ms) {
  const end = Date.now() + ms;
  while (Date.now() < end) {
    const pong = await new Promise((resolve) => {
      const socket = createConnection({ port, host: '127.0.0.1' }, () => socket.write('PING\r\n'));
      socket.once('data', (data) => resolve(data.toString().startsWith('+PONG')));
      socket.once('error', () => resolve(false));
      socket.setTimeout(500, () => resolve(false));
      socket.once('close', () => resolve(false));
    }).finally(() => {});
    if (pong) return;
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
  throw new Error(`redis-server did not answer on port ${port} within ${ms} ms`);
}

/**
 * Starts a Redis of our own on the loopback interface.
 *
 * @param {{ dir?: string, port?: number, args?: readonly string[] }} [options] `dir` keeps its data (an
 *   append-only file) there; without it nothing is kept. `args` are further settings, such as `--maxmemory 10mb`.
 * @returns {Promise<{ url: string, port: number, pid: number, stop(): Promise<void> }>}
 */
export async function startRedis({ dir, port, args = [] } = {}) {
  const program = redisServer();
  if (!program) throw new Error('neither redis-server nor valkey-server is on the PATH');
  const home = dir ?? mkdtempSync(join(tmpdir(), 'trunkline-redis-'));
  mkdirSync(home, { recursive: true });
  const listen = port ?? (await freePort());
  const settings = ['--port', String(listen), '--bind', '127.0.0.1', '--dir', home, '--save', ''];
  settings.push(
    '--appendonly',
    dir ? 'yes' : 'no',
    '--maxmemory-policy',
    'noeviction',
    '--loglevel',
    'warning',
  );
  // In a process group of its own: Ctrl-C in a terminal reaches whoever started it, who stops things in order.
  const child = spawn(program, [...settings, ...args], { stdio: 'ignore', detached: true });
  const failed = once(child, 'exit').then(([code]) => {
    throw new Error(`redis-server ended at once with code ${code}`);
  });
  failed.catch(() => {});
  await Promise.race([answering(listen, 5_000), failed]);
  const stop = async () => {
    if (child.exitCode === null && child.signalCode === null) {
      const ended = once(child, 'exit');
      child.kill('SIGTERM');
      // A stopped (SIGSTOP) server ends only once it goes on.
      child.kill('SIGCONT');
      await ended;
    }
    if (!dir) rmSync(home, { recursive: true, force: true });
  };
  return { url: `redis://127.0.0.1:${listen}`, port: listen, pid: child.pid, stop };
}
