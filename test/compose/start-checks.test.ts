import { runStartChecks } from '../../src/compose/run-start-checks.ts';
import {
  appPermissions,
  botScopes,
  type CheckResult,
  checkGitHub,
  installationProblems,
  scopeProblems,
} from '../../src/compose/start-checks.ts';
import type { MisconfiguredError } from '../../src/errors.ts';
import { keptLog } from '../support/quiet-log.ts';
import { until } from '../support/until.ts';

const installation = { id: 1, app_slug: 'trunkline', app_id: 17, permissions: { ...appPermissions } };
const failing = (status: number) => Promise.reject(Object.assign(new Error('no'), { status }));

describe('the GitHub App’s permissions', () => {
  it('are this list and no other', () => {
    expect(appPermissions).toEqual({
      contents: 'write',
      pull_requests: 'write',
      checks: 'write',
      deployments: 'write',
      issues: 'write',
      metadata: 'read',
      members: 'read',
    });
  });

  it('are accepted as they should be', () => {
    expect(installationProblems('o/r', installation)).toEqual([]);
  });

  it.each(Object.keys(appPermissions))('are refused without %s', (name) => {
    const { [name]: _, ...permissions } = installation.permissions as Record<string, string>;
    expect(installationProblems('o/r', { ...installation, permissions })).toEqual([
      expect.stringContaining(name),
    ]);
  });

  it('are refused when they only read where they must write', () => {
    const permissions = { ...installation.permissions, contents: 'read' };
    expect(installationProblems('o/r', { ...installation, permissions })).toEqual([
      expect.stringContaining('contents: write'),
    ]);
  });

  it.each(['administration', 'workflows'])('are refused with %s, which could undo the rules', (name) => {
    const permissions = { ...installation.permissions, [name]: 'write' };
    expect(installationProblems('o/r', { ...installation, permissions })).toEqual([
      expect.stringContaining(name),
    ]);
  });

  it('are of no use in a suspended installation', () => {
    expect(
      installationProblems('o/r', { ...installation, suspended_at: '2026-01-01T00:00:00Z' }),
    ).toHaveLength(1);
  });
});

describe('the bot’s scopes', () => {
  it('are asked for by name, with the reason', () => {
    expect(scopeProblems(Object.keys(botScopes))).toEqual([]);
    expect(scopeProblems(['commands'])).toEqual([
      expect.stringMatching(/^SLACK_BOT_TOKEN: .*chat:write \(to tell/),
    ]);
  });
});

describe('the check of GitHub', () => {
  it('tells a wrong key, a missing installation, and an outage apart', async () => {
    expect(await checkGitHub({ readInstallation: () => failing(401) }, ['o/r'])).toMatchObject({
      kind: 'wrong',
      problems: [expect.stringMatching(/^PRIVATE_KEY:/)],
    });
    expect(await checkGitHub({ readInstallation: () => failing(404) }, ['o/r', 'o/s'])).toMatchObject({
      kind: 'wrong',
      problems: [expect.stringContaining('o/r'), expect.stringContaining('o/s')],
    });
    expect(await checkGitHub({ readInstallation: () => failing(502) }, ['o/r'])).toMatchObject({
      kind: 'unreachable',
    });
    expect(await checkGitHub({ readInstallation: async () => installation }, ['o/r'])).toEqual({
      kind: 'ok',
    });
  });
});

describe('the checks at start', () => {
  const { log } = keptLog();
  const wrong = (problem: string) => async (): Promise<CheckResult> => ({
    kind: 'wrong',
    problems: [problem],
  });
  const ok = async (): Promise<CheckResult> => ({ kind: 'ok' });

  it('tell every problem at once', async () => {
    const error = await new Promise<MisconfiguredError>((resolve) => {
      runStartChecks({ a: wrong('A: no'), b: ok, c: wrong('C: no') }, log, resolve);
    });
    expect(error.problems).toEqual(['A: no', 'C: no']);
  });

  it('ask again what did not answer, and pass when it does', async () => {
    let asked = 0;
    const late = async (): Promise<CheckResult> => {
      asked += 1;
      if (asked === 1) throw new Error('away');
      return { kind: 'ok' };
    };
    const checks = runStartChecks({ a: ok, late }, log, () => undefined);
    expect(checks.passed).toBe(false);
    await until(() => checks.passed);
    expect(asked).toBe(2);
    checks.stop();
  });
});
