import { generateKeyPairSync } from 'node:crypto';
import { maskSecrets } from '../src/mask.ts';
import { keptLog } from './support/quiet-log.ts';

const pem = generateKeyPairSync('rsa', { modulusLength: 2048 })
  .privateKey.export({ type: 'pkcs8', format: 'pem' })
  .toString();
const canaries = ['canary-webhook-secret', 'canary/signing+secret=', 'p@ss:word canary', pem];

describe('the log', () => {
  it.each([
    [
      'in the message',
      (log: ReturnType<typeof keptLog>['log'], secret: string) => log.info({}, `it is ${secret}`),
    ],
    ['in a field', (log, secret) => log.info({ deep: { er: [secret] } }, 'x')],
    ['in a key', (log, secret) => log.info({ [secret]: 1 }, 'x')],
    ['in an error', (log, secret) => log.error({ err: new Error(`bad ${secret}`) }, 'x')],
    ['in a cause', (log, secret) => log.error({ err: new Error('bad', { cause: new Error(secret) }) }, 'x')],
    [
      'in an error’s own fields',
      (log, secret) => log.error({ err: Object.assign(new Error('bad'), { secret }) }, 'x'),
    ],
    ['in an address', (log, secret) => log.info({ url: `https://h/?k=${encodeURIComponent(secret)}` }, 'x')],
    ['in Base64', (log, secret) => log.info({ body: Buffer.from(secret).toString('base64') }, 'x')],
    ['in a child’s fields', (log, secret) => log.child({ requestId: secret }).info({}, 'x')],
    ['twice encoded', (log, secret) => log.info({ body: JSON.stringify({ secret }) }, 'x')],
  ] satisfies [string, (log: ReturnType<typeof keptLog>['log'], secret: string) => void][])(
    'shows no configured secret %s',
    (_where, write) => {
      for (const canary of canaries) {
        const { log, lines } = keptLog(canaries);
        write(log, canary);
        const line = lines.join('');
        expect(line).not.toContain('canary');
        expect(line).not.toContain(pem.split('\n')[3]);
        expect(() => JSON.parse(line)).not.toThrow();
      }
    },
  );

  it.each([
    'xoxb-1234567890-abcdef',
    'xapp-1-A0-1-abc',
    'ghs_abcdefghijklmnop1234',
    'github_pat_abcdefghijklmnop1234',
    'redis://user:hunter22@host',
    'Bearer abcdefghijklmnopqrstuvwxyz',
    pem,
  ])('shows nothing that looks like a credential', (text) => {
    const masked = maskSecrets([])(`before ${text} after`);
    expect(masked).toContain('[secret]');
    expect(masked).toContain('before');
    expect(masked).toContain(text === pem ? 'before' : 'after');
    expect(masked).not.toContain(text);
  });

  it('leaves ordinary text alone', () => {
    const text = 'tenants(ghs): onboarding to aws, https://github.com/a/b/pull/8 by xo and token of a bearer';
    expect(maskSecrets(['ab'])(text)).toBe(text);
  });

  it('carries the request id of its child', () => {
    const { log, lines } = keptLog();
    log.child({ requestId: 'req-0123456789abcdef' }).info({}, 'x');
    expect(JSON.parse(lines[0] ?? '')).toMatchObject({
      requestId: 'req-0123456789abcdef',
      level: 'info',
      msg: 'x',
    });
  });

  it('does not print requests that an error drags along', () => {
    const { log, lines } = keptLog();
    log.error(
      { err: Object.assign(new Error('bad'), { request: { headers: { authorization: 'zzz' } } }) },
      'x',
    );
    expect(lines[0]).not.toContain('zzz');
  });
});
