import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';

import { startBot } from '../../sandbox/bot-process.ts';
import { pageFragment } from '../../sandbox/page-fragment.ts';
import { parseOptions } from '../../sandbox/start-options.ts';
import { freePort } from '../../scripts/redis.mjs';

describe('the command line of npm run sandbox', () => {
  it('needs nothing', () => {
    expect(parseOptions([])).toEqual({
      kind: 'start',
      options: { port: 4000, slackMode: 'socket', verbose: false, fleet: {} },
    });
  });

  it('takes another repository, a folder to keep and HTTP mode', () => {
    const args = [
      '--repo',
      'x.bundle',
      '--at',
      'abc',
      '--keep',
      'state',
      '--http',
      '--port',
      '0',
      '--verbose',
    ];
    expect(parseOptions(args)).toEqual({
      kind: 'start',
      options: {
        port: 0,
        slackMode: 'http',
        verbose: true,
        fleet: {},
        repo: 'x.bundle',
        at: 'abc',
        keep: 'state',
      },
    });
  });

  it('takes how the clusters are', () => {
    const args = ['--flux', '2.6', '--interval', '5s', '--apply', '500ms', '--large', '100x50'];
    expect(parseOptions(args)).toMatchObject({
      options: {
        fleet: {
          flux: '2.6',
          timing: { longestIntervalMs: 5_000, applyMs: 500 },
          large: { workloadClusters: 100, kustomizations: 50 },
        },
      },
    });
  });

  it.each([['--help'], ['-h']])('explains itself with %s', (flag) => {
    expect(parseOptions([flag])).toEqual({ kind: 'help' });
  });

  it.each([
    [['--frobnicate'], '--frobnicate'],
    [['extra'], 'extra'],
    [['--port', 'many'], '--port wants a number'],
    [['--port', '70000'], '--port wants a number'],
    [['--at', 'abc'], '--at names a commit of --repo'],
    [['--repo'], '--repo'],
    [['--flux', '2.7'], '--flux wants 2.6 or 2.9'],
    [['--interval', 'often'], '--interval wants a duration'],
    [['--interval', '0s'], '--interval wants a duration'],
    [['--apply', '2'], '--apply wants a duration'],
    [['--large', 'very'], '--large wants something like 100x100'],
  ])('says what is wrong with %j', (args, problem) => {
    expect(parseOptions(args)).toEqual({ kind: 'wrong', message: expect.stringContaining(problem) });
  });
});

describe("links to the sandbox's GitHub", () => {
  it.each([
    ['/o/r', '#/pulls'],
    ['/o/r/pull/7', '#/pull/7'],
    ['/o/r/pull/7/files', '#/pull/7/files'],
    ['/o/r/blob/main/a/b.yaml', '#/files/main/a/b.yaml'],
    ['/o/r/commit/abc', '#/commit/abc'],
    ['/o/r/releases', '#/releases'],
    ['/o/r/releases/tag/v1', '#/releases/v1'],
    ['/o/r/compare/v1...v2', '#/compare/v1...v2'],
    ['/o/r/settings', undefined],
    ['/o/other/pull/7', undefined],
    ['/repos/o/r/pulls', undefined],
  ])('%s leads to %s on the page', (link, fragment) => {
    expect(pageFragment(link, 'o/r')).toBe(fragment);
  });
});

describe('a bot that cannot start', () => {
  it('is told of with its exit code and its last lines, which are in its log too', async () => {
    const directory = await mkdtemp(path.join(tmpdir(), 'bot-'));
    const logFile = path.join(directory, 'bot.log');
    const bot = await startBot({ env: {}, port: await freePort(), logFile, verbose: false });
    const exit = await bot.ready;
    expect(exit).toMatchObject({ code: 78, signal: null });
    expect(exit === 'ready' ? '' : exit.lastLines.join('\n')).toContain('WEBHOOK_SECRET');
    expect(await readFile(logFile, 'utf8')).toContain('WEBHOOK_SECRET');
    await bot.stop();
    await rm(directory, { recursive: true });
  });
});
