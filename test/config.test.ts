import { generateKeyPairSync } from 'node:crypto';
import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { loadConfig } from '../src/config.ts';

const rsa = generateKeyPairSync('rsa', { modulusLength: 2048 }).privateKey;
const ed25519 = generateKeyPairSync('ed25519').privateKey;
const rsaPem = rsa.export({ type: 'pkcs1', format: 'pem' }).toString();
const ed25519Pem = ed25519.export({ type: 'pkcs8', format: 'pem' }).toString();

const good: Record<string, string> = {
  APP_ID: '1001',
  PRIVATE_KEY: rsaPem,
  LEDGER_KEY: ed25519Pem,
  WEBHOOK_SECRET: 'sample-webhook-secret',
  SLACK_BOT_TOKEN: 'xoxb-sample-bot',
  SLACK_APP_TOKEN: 'xapp-sample-app',
  REDIS_URL: 'redis://localhost:6379',
  PLATFORM_REPO: 'sandbox-org/platform',
};

function configOf(env: Record<string, string | undefined>) {
  const result = loadConfig(env);
  if (result.kind === 'wrong') throw new Error(result.problems.join('\n'));
  return result.config;
}

function problemsOf(env: Record<string, string | undefined>): readonly string[] {
  const result = loadConfig(env);
  return result.kind === 'wrong' ? result.problems : [];
}

describe('the configuration', () => {
  it('is taken with what the ecosystems call it, and sensible defaults', () => {
    const config = configOf(good);
    expect(config).toMatchObject({
      github: { appId: 1001, apiUrl: 'https://api.github.com', repos: ['sandbox-org/platform'] },
      slack: { apiUrl: 'https://slack.com/api/', door: { kind: 'socket', appToken: 'xapp-sample-app' } },
      host: '0.0.0.0',
      port: 3000,
      logLevel: 'info',
      hasProxy: false,
    });
    expect(config.github.privateKey).toContain('BEGIN PRIVATE KEY');
  });

  it('takes kubeconfigs as kubectl does, and none', () => {
    expect(configOf(good).kubernetes.files).toEqual([]);
    expect(configOf({ ...good, KUBECONFIG: '/a/one:/b/two:' }).kubernetes.files).toEqual([
      '/a/one',
      '/b/two',
    ]);
  });

  it('takes a key whose newlines are written as \\n', () => {
    expect(configOf({ ...good, PRIVATE_KEY: rsaPem.replaceAll('\n', '\\n') }).github.appId).toBe(1001);
  });

  it('takes keys from files', () => {
    const folder = mkdtempSync(path.join(tmpdir(), 'keys-'));
    writeFileSync(path.join(folder, 'app.pem'), rsaPem);
    writeFileSync(path.join(folder, 'ledger.pem'), ed25519Pem);
    const { PRIVATE_KEY: _, ...rest } = good;
    const config = configOf({
      ...rest,
      PRIVATE_KEY_PATH: path.join(folder, 'app.pem'),
      LEDGER_KEY: undefined,
      LEDGER_KEY_PATH: path.join(folder, 'ledger.pem'),
    });
    expect(config.ledger.privateKeyPem).toContain('BEGIN PRIVATE KEY');
  });

  it('takes two secrets while one is being rotated', () => {
    const { SLACK_APP_TOKEN: _, ...rest } = good;
    const config = configOf({
      ...rest,
      SLACK_SIGNING_SECRET: 'new-one, old-one',
      WEBHOOK_SECRET: 'first,second',
    });
    expect(config.github.webhookSecrets).toEqual(['first', 'second']);
    expect(config.slack.door).toEqual({ kind: 'http', signingSecrets: ['new-one', 'old-one'] });
  });

  it('takes several repositories', () => {
    expect(configOf({ ...good, PLATFORM_REPO: 'a/b, c/d.e,a/b' }).github.repos).toEqual(['a/b', 'c/d.e']);
  });

  it('tells every problem at once, each with its variable', () => {
    const problems = problemsOf({
      WEBHOOK_SECRET: 'development',
      APP_ID: 'x1',
      LOG_LEVEL: 'loud',
      PORT: '99999',
    });
    const named = problems.map((problem) => problem.split(':')[0]);
    expect(named).toEqual(
      expect.arrayContaining([
        'APP_ID',
        'WEBHOOK_SECRET',
        'PLATFORM_REPO',
        'SLACK_BOT_TOKEN',
        'SLACK_APP_TOKEN',
        'REDIS_URL',
        'PORT',
        'LOG_LEVEL',
        'PRIVATE_KEY',
      ]),
    );
    expect(new Set(named).size).toBe(named.length);
  });

  it.each([
    ['a webhook secret that anybody can guess', { WEBHOOK_SECRET: 'ok,development' }, 'WEBHOOK_SECRET'],
    ['three webhook secrets', { WEBHOOK_SECRET: 'a,b,c' }, 'WEBHOOK_SECRET'],
    ['a bot token of another kind', { SLACK_BOT_TOKEN: 'xoxp-1' }, 'SLACK_BOT_TOKEN'],
    ['an app token of another kind', { SLACK_APP_TOKEN: 'xoxb-1' }, 'SLACK_APP_TOKEN'],
    ['both of Slack’s ways at once', { SLACK_SIGNING_SECRET: 'abc' }, 'SLACK_APP_TOKEN'],
    ['a key that is none', { PRIVATE_KEY: 'hello' }, 'PRIVATE_KEY'],
    ['a key of another kind', { PRIVATE_KEY: ed25519Pem }, 'PRIVATE_KEY'],
    ['a key twice', { PRIVATE_KEY_PATH: '/nowhere' }, 'PRIVATE_KEY'],
    ['no record key', { LEDGER_KEY: undefined }, 'LEDGER_KEY'],
    ['a record key of another kind', { LEDGER_KEY: rsaPem }, 'LEDGER_KEY'],
    [
      'a record key that cannot be read',
      { LEDGER_KEY: undefined, LEDGER_KEY_PATH: '/nowhere' },
      'LEDGER_KEY_PATH',
    ],
    ['an address of Redis that is none', { REDIS_URL: 'localhost:6379' }, 'REDIS_URL'],
    ['an address of GitHub that is none', { GITHUB_API_URL: 'github' }, 'GITHUB_API_URL'],
    ['a repository without owner', { PLATFORM_REPO: 'platform' }, 'PLATFORM_REPO'],
    ['a metrics token that is short', { METRICS_TOKEN: 'short' }, 'METRICS_TOKEN'],
  ])('refuses %s and says what to put there', (_what, change, variable) => {
    const problems = problemsOf({ ...good, ...change });
    expect(problems).toHaveLength(1);
    expect(problems[0]).toMatch(new RegExp(`^${variable}: .+; .+`));
  });

  it('quotes no value in a problem', () => {
    const problems = problemsOf({
      ...good,
      SLACK_BOT_TOKEN: 'canary-1',
      PRIVATE_KEY: 'canary-2',
      APP_ID: 'canary-3',
    });
    expect(problems.join('\n')).not.toContain('canary');
  });

  it('treats an empty variable as missing', () => {
    expect(problemsOf({ ...good, SLACK_BOT_TOKEN: '' })).toEqual([
      expect.stringMatching(/^SLACK_BOT_TOKEN: is missing/),
    ]);
  });
});
