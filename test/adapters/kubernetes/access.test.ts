import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createKubeconfig } from '../../../src/adapters/kubernetes/kubeconfig.ts';
import {
  connectionFailure,
  silenceReason,
  statusFailure,
} from '../../../src/adapters/kubernetes/kubernetes-failure.ts';

const folder = mkdtempSync(join(tmpdir(), 'trunkline-access-'));
const [first, second] = [join(folder, 'first'), join(folder, 'second')];
afterAll(() => rmSync(folder, { recursive: true }));

function write(file: string, name: string, token: string): void {
  const cluster = { server: 'https://127.0.0.1:6443/', 'insecure-skip-tls-verify': true };
  writeFileSync(
    file,
    JSON.stringify({
      clusters: [{ name, cluster }],
      users: [{ name, user: { token } }],
      contexts: [{ name, context: { cluster: name, user: name } }],
      'current-context': name,
    }),
  );
}

describe('the kubeconfig', () => {
  it('may be several files, the first of which says what is current', async () => {
    write(first, 'one', 'token-one');
    write(second, 'two', 'token-two');
    const kubeconfig = createKubeconfig({ files: [first, second], isInCluster: false });
    const tokenOf = async (name: string, orCurrent = false) =>
      (await kubeconfig.access({ name, orCurrent }, false)).headers['Authorization'];
    expect(await tokenOf('two')).toBe('Bearer token-two');
    expect(await tokenOf('one')).toBe('Bearer token-one');
    expect(await tokenOf('three', true)).toBe('Bearer token-one');
    await expect(tokenOf('three')).rejects.toThrow('the kubeconfig has no context three');
    await kubeconfig.close();
  });

  it('is read again a few seconds after it has changed, and connections are kept until then', async () => {
    let time = 0;
    write(first, 'one', 'token-one');
    const kubeconfig = createKubeconfig({ files: [first], isInCluster: false }, () => time);
    const wanted = { name: 'one', orCurrent: false };
    const before = await kubeconfig.access(wanted, false);
    expect(await kubeconfig.access(wanted, false)).toBe(before);
    expect(before.server).toBe('https://127.0.0.1:6443');
    write(first, 'one', 'token-renewed');
    time += 6_000;
    const after = await kubeconfig.access(wanted, false);
    expect(after.headers['Authorization']).toBe('Bearer token-renewed');
    time += 6_000;
    expect(await kubeconfig.access(wanted, false)).toBe(after);
    await kubeconfig.close();
  });

  it.each([
    ['is not there', join(folder, 'none'), undefined],
    ['is no YAML', join(folder, 'broken'), 'users:\n- token: secret-canary\n  x: [\n'],
    [
      'names no cluster',
      join(folder, 'empty'),
      '{"clusters":[],"users":[],"contexts":[{"name":"one","context":{"cluster":"c","user":"u"}}]}',
    ],
  ])('that %s gives no access, and none of it is told', async (_name, file, text) => {
    if (text !== undefined) writeFileSync(file, text);
    const kubeconfig = createKubeconfig({ files: [file], isInCluster: false });
    const failure: unknown = await kubeconfig
      .access({ name: 'one', orCurrent: true }, false)
      .catch((error) => error);
    expect(failure).toMatchObject({ name: 'PermanentError', code: 'not-set-up' });
    expect(String(failure)).not.toContain('secret-canary');
    expect(failure).not.toHaveProperty('cause.message');
  });

  it('may be missing: then nothing is reached', async () => {
    const kubeconfig = createKubeconfig({ files: [], isInCluster: false });
    await expect(kubeconfig.access({ name: 'one', orCurrent: true }, false)).rejects.toThrow(
      'there is no kubeconfig',
    );
  });
});

describe('what a cluster’s silence is put down to', () => {
  const coded = (code: string) => Object.assign(new Error('x'), { code });
  it.each([
    [connectionFailure('read', coded('ECONNREFUSED')), 'RetryableError', 'no-answer'],
    [connectionFailure('read', coded('UND_ERR_HEADERS_TIMEOUT')), 'RetryableError', 'no-answer'],
    [connectionFailure('read', coded('CERT_HAS_EXPIRED')), 'PermanentError', 'certificate'],
    [
      connectionFailure('read', new Error('x', { cause: coded('DEPTH_ZERO_SELF_SIGNED_CERT') })),
      'PermanentError',
      'certificate',
    ],
    [connectionFailure('read', coded('ERR_TLS_CERT_ALTNAME_INVALID')), 'PermanentError', 'certificate'],
    [
      connectionFailure('read', coded('ERR_SSL_SSLV3_ALERT_CERTIFICATE_EXPIRED')),
      'PermanentError',
      'certificate',
    ],
    [statusFailure('read', 401, undefined), 'PermanentError', 'refused'],
    [statusFailure('read', 403, undefined), 'PermanentError', 'refused'],
    [statusFailure('read', 404, undefined), 'PermanentError', 'failing'],
    [statusFailure('read', 503, undefined), 'RetryableError', 'failing'],
    [statusFailure('read', 410, undefined), 'RetryableError', 'failing'],
    [statusFailure('read', 422, undefined), 'PermanentError', 'not-understood'],
    ['anything', undefined, 'failing'],
  ])('%s', (error, name, why) => {
    if (name !== undefined) expect(error).toMatchObject({ name });
    expect(silenceReason(error)).toBe(why);
  });

  it.each([
    ['7', 7_000],
    ['0', undefined],
    ['Wed, 21 Oct 2026 07:28:00 GMT', undefined],
    [undefined, undefined],
  ])('comes back after Retry-After %s', (header, retryInMs) => {
    expect(statusFailure('read', 429, header)).toMatchObject({ retryInMs });
  });
});
