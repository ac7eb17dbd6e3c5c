import type { Json } from '../../../sandbox/slack/client-types.ts';
import { messageBlocks } from '../../../sandbox/slack/kit/check-blocks.ts';
import { viewFaults } from '../../../sandbox/slack/kit/check-view.ts';
import type { PersonRef, Subject } from '../../../src/domain/change/record.ts';
import type { ChangeSheet, PartSheet, Warning } from '../../../src/domain/change/sheet.ts';
import type { Tally } from '../../../src/domain/change/tally.ts';
import type { CommitSha, GitHubLogin, RepoName, SlackUserId } from '../../../src/domain/ids.ts';
import type { SlackMessage } from '../../../src/views/request-message.ts';
import { noEffects } from '../release/effects-samples.ts';

export const now = Date.parse('2026-11-24T19:00:00Z');

export function personOf(slack: string | undefined, login?: string): PersonRef {
  return { slack: slack as SlackUserId | undefined, login: login as GitHubLogin | undefined };
}

export const ann = personOf('U0ANN', 'ann');
export const bob = personOf('U0BOB', 'bob');

export function subjectOf(pull = 31): Subject {
  return {
    pull,
    head: 'abcdef0'.padEnd(40, '1') as CommitSha,
    turns: [
      {
        source: 'providers/aws/v1/mgmt:flux-system/release',
        from: 'tag v0.0.2',
        running: 'aaaaaaa'.padEnd(40, '2') as CommitSha,
        to: 'tag v0.0.3',
        target: 'bbbbbbb'.padEnd(40, '3') as CommitSha,
      },
    ],
  };
}

export function tallyOf(more: Partial<Tally> = {}): Tally {
  return {
    needed: 2,
    given: [],
    void: [],
    missing: [],
    eligible: 4,
    candidates: [ann, bob],
    groups: [{ name: 'platform', usergroups: ['S0PLATFORM'], teams: [] }],
    isEnough: false,
    ...more,
  };
}

export function partOf(more: Partial<PartSheet> = {}, warnings: readonly Warning[] = []): PartSheet {
  return {
    place: 'aws-v1-prod',
    wave: 0,
    state: 'open',
    pull: { number: 31, url: 'https://github.example/org/platform/pull/31', title: 'promote' },
    subject: subjectOf(),
    risk: {
      warnings,
      effects: [],
      summary: noEffects,
      clusters: [{ cluster: 'prod', management: 'providers/aws/v1/mgmt' }],
    },
    tally: tallyOf(),
    gates: [{ kind: 'approvals', needed: 2, given: 0, missing: [] }],
    ...more,
  };
}

export function sheetOf(more: Partial<ChangeSheet> = {}): ChangeSheet {
  return {
    repo: 'sandbox-org/platform' as RepoName,
    number: 12,
    kind: 'promotion',
    title: 'promote v0.0.3 to aws prod',
    state: 'open',
    tag: 'v0.0.3',
    automatic: false,
    requester: ann,
    openedAt: '2026-11-24T18:00:00Z',
    expiresAt: '2026-12-24T18:00:00Z',
    parts: [partOf()],
    nonProduction: { kind: 'running', since: now - 3 * 86_400_000, kustomizations: 4 },
    externalNumber: undefined,
    externalName: undefined,
    hold: undefined,
    freeze: undefined,
    rejection: undefined,
    override: undefined,
    go: undefined,
    needsGo: false,
    opensAt: undefined,
    zone: 'Europe/London',
    supersededBy: undefined,
    endedBy: undefined,
    damage: 0,
    ...more,
  };
}

/** A sheet with a hostile or overlong text wherever a text comes from people. */
export function hostileSheet(text: string, many = 12): ChangeSheet {
  const by = personOf(undefined, text);
  const names = Array.from({ length: many }, (_, index) => `${text}${index}`);
  const warnings: Warning[] = [
    { kind: 'downgrade', from: text, to: text },
    { kind: 'not-on-default-branch', tag: text },
    { kind: 'namespaces-removed', names },
    { kind: 'crds', names },
    { kind: 'cluster-rbac', names },
    { kind: 'quota-cut', names },
    { kind: 'pruned', objects: 9 },
    { kind: 'policy' },
  ];
  const parts = Array.from({ length: many }, (_, index) =>
    partOf(
      {
        place: `${text}${index}`,
        tally: tallyOf({
          needed: index + 1,
          given: [{ by, at: '', groups: [] }],
          void: [{ by, why: 'outdated' }],
          missing: names,
          groups: names.map((name) => ({ name, usergroups: [], teams: [text] })),
          candidates: Array.from({ length: many }, () => by),
        }),
        gates: [
          { kind: 'rejected', by, reason: text },
          { kind: 'external-number', name: text, pattern: text, given: text },
          { kind: 'frozen', reason: text, until: text },
          { kind: 'checks', pending: names, failed: names },
        ],
        risk: {
          warnings,
          summary: noEffects,
          clusters: names.map((cluster) => ({ cluster, management: text })),
          effects: [
            {
              kustomization: text,
              cluster: text,
              management: text,
              when: 'next-promotion',
              follows: undefined,
              files: [],
              notRendered: names.map((path) => ({ path, why: 'overlay', tenant: undefined })),
              objects: names.map((name) => ({
                apiVersion: 'v1',
                kind: text,
                namespace: text,
                name,
                path: text,
                change: 'moved',
                moved: { from: text, to: text },
                pruned: true,
                tenant: undefined,
                highlights: [],
              })),
            } as never,
          ],
        },
      },
      warnings,
    ),
  );
  return sheetOf({
    title: text,
    requester: by,
    parts,
    nonProduction: { kind: 'failing', what: names },
    externalName: text,
    externalNumber: text,
    hold: { by, reason: text },
    freeze: { reason: text, until: '2026-12-01T00:00:00Z' },
    rejection: { by, reason: text },
    override: { by, reason: text, confirmedBy: undefined },
    opensAt: '2026-11-25T09:00:00Z',
    zone: text,
  });
}

export function expectMessage({ text, blocks }: SlackMessage): void {
  const json = JSON.stringify(blocks);
  expect(messageBlocks(JSON.parse(json) as Json).length).toBeGreaterThan(0);
  expect(json.length).toBeLessThanOrEqual(13_000);
  expect(text.trim()).not.toBe('');
  expect(text).not.toMatch(/[<>]/);
  expectTame(json);
}

export function expectView(view: object): void {
  const json = JSON.stringify(view);
  expect(viewFaults(JSON.parse(json) as Json, 'modal')).toEqual([]);
  expect(Buffer.byteLength(json)).toBeLessThan(250_000);
  expectTame(json);
}

/** No markup that a text could turn into a mention or link; groups only by ids of the policy. */
function expectTame(json: string): void {
  expect(json).not.toMatch(/"type":"(mrkdwn|broadcast|channel|emoji|markdown)"/);
  for (const [, id] of json.matchAll(/"usergroup_id":"([^"]*)"/g)) expect(id).toMatch(/^S[A-Z0-9]+$/);
  for (const [, url] of json.matchAll(/"url":"((?:[^"\\]|\\.)*)"/g))
    expect(url).toMatch(/^https:\/\/github\.example\//);
}

/** What a person reads, mentions as `@id` and times as their fallback. */
export function readAloud(value: unknown): string {
  if (Array.isArray(value)) return value.map(readAloud).join('');
  if (typeof value !== 'object' || value === null) return '';
  const one = value as Record<string, unknown>;
  if (one['type'] === 'user') return `@${one['user_id']}`;
  if (one['type'] === 'usergroup') return `@${one['usergroup_id']}`;
  if (one['type'] === 'date') return String(one['fallback']);
  if (typeof one['text'] === 'string') return one['text'];
  const inner = ['title', 'label', 'text', 'hint', 'elements', 'element', 'options', 'blocks'];
  return `${inner.map((key) => readAloud(one[key])).join('')}\n`;
}
