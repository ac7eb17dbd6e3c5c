import type { AskedRollout } from '../../../src/domain/rollout/asked-rollout.ts';
import { readRolloutTarget, showWhyAction, tryAgainAction } from '../../../src/views/rollout-actions.ts';
import { rolloutAnswer } from '../../../src/views/rollout-answer.ts';
import { rolloutEnd } from '../../../src/views/rollout-end.ts';
import { rolloutMessage, rolloutThread } from '../../../src/views/rollout-message.ts';
import {
  before,
  common,
  condition,
  helmRelease,
  kustomization,
  main,
  mgmt,
  minute,
  revision,
  source,
  start,
  view,
} from '../../domain/rollout/samples.ts';
import { hostileTexts } from '../../domain/samples.ts';
import { expectMessage, readAloud } from './read-aloud.ts';

import { failing, now, pullRequest, read, requestedBy, seen, story } from './stories.ts';

describe('the message of a rollout', () => {
  it('tells on its way where it is, and that production has not seen it', () => {
    expect(read([view({ at: start, ...before })])).toBe(
      [
        '🚀 v2 is rolling out, 3 min after the merge. #42 promotion: v2',
        'Approved by @U0APPROVE1, @U0APPROVE2.',
        'On its way',
        'aws: ⏳ merge fetched: flux-system/main has not seen it yet; holds main (ddddddd)  · management cluster applied  · flux-system/release at its tag',
        '🔵 two: 0 of 2 applied; tenants-common and tenants-prod wait for their source',
        '',
      ].join('\n'),
    );
  });

  it.each<[string, Partial<Parameters<typeof view>[0]>, string]>([
    [
      'being applied and not begun',
      {
        kustomizations: [
          mgmt('main@e'),
          common('v1@a'),
          kustomization('v1@a', {
            lastAttempted: revision('v2@b'),
            ready: condition('Unknown', 'Progressing'),
          }),
        ],
      },
      '🔵 two: 0 of 2 applied; tenants-common has not begun; still at v1 (aaaaaaa); tenants-prod is being applied',
    ],
    ['applied', {}, '✅ two: all 2 applied'],
    [
      'applied and healthy',
      {
        kustomizations: [
          mgmt('main@e'),
          common('v2@b', { checksHealth: true }),
          kustomization('v2@b', { checksHealth: true }),
        ],
      },
      '✅ two: all 2 applied and healthy',
    ],
    [
      'failing',
      { kustomizations: [mgmt('main@e'), common('v2@b'), failing] },
      '🔴 two: 1 of 2 applied; tenants-prod fails: ReconciliationFailed: Deployment/web dry-run failed: denied',
    ],
    [
      'waiting for another',
      {
        kustomizations: [
          mgmt('main@e'),
          common('v2@b'),
          kustomization('v1@a', {
            ready: condition('False', 'DependencyNotReady', { message: "dependency 'x/infra' is not ready" }),
          }),
        ],
      },
      '🟠 two: 1 of 2 applied; tenants-prod waits for x/infra',
    ],
    [
      'suspended',
      { kustomizations: [mgmt('main@e'), common('v2@b'), kustomization('v1@a', { suspended: true })] },
      '🟠 two: 1 of 2 applied; tenants-prod is suspended',
    ],
    [
      'following another source',
      { kustomizations: [mgmt('main@e'), common('v2@b'), kustomization('v2@b', { source: 'x/y' })] },
      '🟠 two: 1 of 2 applied; tenants-prod follows another source, x/y',
    ],
    [
      'gone though declared',
      { kustomizations: [mgmt('main@e'), common('v2@b')] },
      '🟠 two: 1 of 2 applied; tenants-prod is gone from the cluster, though the repository declares it',
    ],
    [
      'applied, but not its HelmRelease',
      {
        helmReleases: [helmRelease({ ready: condition('False', 'UpgradeFailed', { message: 'timed out' }) })],
      },
      '🔴 two: 1 of 2 applied; tenants-prod is applied, but its HelmRelease two/ingress fails: UpgradeFailed: timed out',
    ],
  ])('says what is %s', (_name, more, line) => {
    expect(read([seen(more)]).split('\n')).toContain(line);
  });

  it('says since when a cluster is not known, and why', () => {
    const silent = {
      kind: 'silent',
      management: 'aws',
      at: now,
      since: start + minute,
      why: 'refused',
    } as const;
    expect(read([view({ at: start, ...before }), silent])).toContain(
      "⚪ two: unknown for 2 min, because it refuses the bot's token or rights",
    );
  });

  it('raises an alarm when the tag was moved', () => {
    const text = read([seen({ sources: [main('main@e'), source('v2@c')] })]);
    expect(text).toContain('🔴 v2 has failed');
    expect(text).toContain(
      '⏳ flux-system/release at its tag: holds v2 at ccccccc: the tag was moved after its approval',
    );
  });

  it('offers on failure to show why and to try again, with what that is about', () => {
    const { blocks } = rolloutMessage(
      story([seen({ kustomizations: [mgmt('main@e'), common('v2@b'), failing] })]),
      now,
    );
    const last = blocks.at(-1);
    const buttons = last?.type === 'actions' ? last.elements : [];
    expect(buttons).toMatchObject([{ action_id: showWhyAction }, { action_id: tryAgainAction }]);
    for (const button of buttons) {
      const value = 'value' in button ? String(button.value) : '';
      expect(readRolloutTarget(value)).toEqual({
        rollout: 'o/r~1',
        management: 'aws',
        kind: 'kustomization',
        id: 'two/tenants-prod',
      });
    }
    expect(readRolloutTarget('{"r":1}')).toBeUndefined();
    expect(readRolloutTarget('no json')).toBeUndefined();
  });

  it('is short for a merge that nobody had to approve', () => {
    const text = readAloud(
      rolloutMessage(story([seen({})], { version: undefined, approvedBy: undefined }), now).blocks,
    );
    expect(text).toBe(
      '✅ #42 runs everywhere, 1 min after the merge. #42 promotion: v2\n✅ two: all 2 applied\n',
    );
  });
});

describe('the message of a rollout to a hundred clusters', () => {
  const many = (bad: number) =>
    seen({
      kustomizations: [
        mgmt('main@e'),
        ...Array.from({ length: 100 }, (_, index) =>
          kustomization(index < bad ? 'v1@a' : 'v2@b', {
            id: `cluster-${index}/${'long-name-'.repeat(6)}`,
            cluster: `cluster-${index}`,
            ...(index < bad ? { lastAttempted: revision('v2@b'), ready: failing.ready } : {}),
          }),
        ),
      ],
    });

  it('sums up and names the exceptions; the rest is in the thread', () => {
    const text = readAloud(rolloutMessage(story([many(2)]), now).blocks);
    expect(text).toContain(
      '98 of 101 clusters have applied everything, 3 with trouble or unknown (98 of 102 Kustomizations)',
    );
    expect(text.split('\n').filter((each) => each.startsWith('🔴'))).toHaveLength(3);
    const thread = rolloutThread(story([many(2)]), now);
    expect(thread).toHaveLength(5);
    const lines = thread.flatMap(({ blocks }) => readAloud(blocks).trim().split('\n'));
    expect(lines).toHaveLength(101);
    for (const message of thread) expectMessage(message);
  });

  it('stays within what Slack takes, however many fail', () => {
    expectMessage(rolloutMessage(story([many(100)]), now));
    const ended = story([many(100)]);
    if (ended.outcome.kind !== 'failed') throw new Error(ended.outcome.kind);
    expectMessage(rolloutEnd({ ...ended, outcome: ended.outcome }, { requestedBy, onCall: undefined }, now));
    expect(rolloutThread(story([seen({})]), now)).toEqual([]);
  });
});

describe('the answer to /trunkline rollout', () => {
  const failed = story([seen({ kustomizations: [mgmt('main@e'), common('v2@b'), failing] })]);

  it('says what the message in the channel says, without its buttons', () => {
    const answer = readAloud(rolloutAnswer({ kind: 'latest' }, failed, now).blocks);
    expect(`${answer}[Show why][Try again now]\n`).toBe(readAloud(rolloutMessage(failed, now).blocks));
  });

  it.each<[AskedRollout, string]>([
    [{ kind: 'latest' }, 'Nothing has been rolled out yet, as far as Trunkline knows.\n'],
    [{ kind: 'pull-request', number: 7 }, 'Trunkline knows no rollout of #7.\n'],
    [
      { kind: 'version', version: '<!channel>' },
      'Trunkline knows no rollout of <!channel>. Ask by version (v0.0.3) or by pull request (#42).\n',
    ],
  ])('says that there is none: %j', (asked, text) => {
    const answer = rolloutAnswer(asked, undefined, now);
    expect(readAloud(answer.blocks)).toBe(text);
    expectMessage(answer);
  });
});

describe('texts from outside', () => {
  it.each(hostileTexts.map((text, index) => [index, text] as const))('stay texts: %d', (_index, text) => {
    const bad = {
      id: text,
      cluster: text,
      lastAttempted: revision('v2@b'),
      ready: condition('False', text, { message: text }),
    };
    const views = [
      seen({
        kustomizations: [mgmt('main@e'), kustomization('v1@a', bad), common('v2@b', { source: text })],
      }),
    ];
    const told = story(views, { version: text, pullRequests: [{ ...pullRequest, title: text }] });
    expectMessage(rolloutMessage(told, now));
    if (told.outcome.kind !== 'failed') throw new Error(told.outcome.kind);
    expectMessage(rolloutEnd({ ...told, outcome: told.outcome }, { requestedBy, onCall: undefined }, now));
  });
});
