import type { FleetRow } from '../../../src/domain/rollout/fleet-rows.ts';
import { durationText } from '../../../src/views/duration-text.ts';
import { fleetLoading, fleetUnavailable, fleetView } from '../../../src/views/fleet-view.ts';
import { rolloutWhy } from '../../../src/views/rollout-why.ts';
import { condition, kustomization, minute, revision, start } from '../../domain/rollout/samples.ts';
import { hostileTexts } from '../../domain/samples.ts';
import { expectMessage, expectView, readAloud } from './read-aloud.ts';

const now = start + 10 * minute;
const [v1] = [revision('v1@a')].filter((each) => each !== undefined);

function row(more: Partial<FleetRow> = {}): FleetRow {
  return {
    management: 'aws',
    cluster: 'prod-eu-west-1',
    provider: 'aws',
    environment: 'prod',
    revisions: v1 === undefined ? [] : [v1],
    applied: 7,
    total: 7,
    open: [],
    lifecycle: { kind: 'ready' },
    silence: undefined,
    ...more,
  };
}

const failed = { kind: 'failed', reason: 'BuildFailed', line: 'no such file', retrying: false } as const;
const silence = { kind: 'silent', management: 'aws', at: now, since: start, why: 'certificate' } as const;

describe('the fleet as people read it', () => {
  it('has every cluster with what it runs, those with something to see to first', () => {
    const rows = [
      row(),
      row({
        cluster: 'prod-us-east-1',
        applied: 5,
        open: [
          { kind: 'kustomization', id: 'x/one', state: { kind: 'suspended' } },
          { kind: 'kustomization', id: 'x/two', state: failed },
          { kind: 'helm-release', id: 'x/nginx', state: { kind: 'reconciling' } },
        ],
      }),
      row({ cluster: undefined, environment: undefined, lifecycle: undefined, revisions: [] }),
      row({ cluster: 'dark', silence, revisions: [] }),
      row({
        cluster: 'young',
        applied: 0,
        total: 0,
        revisions: [],
        lifecycle: { kind: 'coming', phase: 'Pending' },
      }),
    ];
    expect(readAloud(fleetView(rows, ['helmreleases'], now).blocks)).toBe(
      [
        '2 of 5 clusters run what they should; 1 cannot be read.',
        'Not readable for Trunkline: helmreleases.',
        '🔴 prod-us-east-1  aws · prod · v1 (aaaaaaa)',
        '5 of 7 Kustomizations applied, cluster ready',
        'x/two fails: BuildFailed: no such file',
        'x/one is suspended',
        'x/nginx (HelmRelease) is being installed',
        '⚪ dark  aws · prod',
        'Unknown for 10 min, because its certificate, or the one of the kubeconfig, is not valid.',
        '🟠 young  aws · prod',
        'no Kustomizations, cluster is being made (Pending)',
        '✅ prod-eu-west-1  aws · prod · v1 (aaaaaaa)',
        '7 of 7 Kustomizations applied, cluster ready',
        '✅ Management cluster aws  aws',
        '7 of 7 Kustomizations applied',
        '',
      ].join('\n'),
    );
  });

  it('fits into a form for a thousand clusters, the good ones counted last', () => {
    const rows = Array.from({ length: 1_000 }, (_, index) =>
      row({
        cluster: `cluster-${index}`,
        ...(index % 20 === 0
          ? {
              open: Array.from(
                { length: 30 },
                (_each, n) => ({ kind: 'kustomization', id: `ns/k${n}`, state: failed }) as const,
              ),
            }
          : {}),
      }),
    );
    const drawn = fleetView(rows, [], now);
    expectView(drawn);
    expect(readAloud(drawn.blocks)).toContain('And 910 more clusters, all of which run what they should.');
  });

  it.each(hostileTexts.map((text, index) => [index, text] as const))(
    'takes any text for a text: %d',
    (_index, text) => {
      const state = { ...failed, reason: text, line: text };
      expectView(
        fleetView(
          [
            row({
              cluster: text,
              provider: text,
              environment: text,
              lifecycle: { kind: 'failed', reason: text },
              open: [{ kind: 'kustomization', id: text, state }],
            }),
          ],
          [text],
          now,
        ),
      );
    },
  );

  it.each(['guest', 'no-access', 'no-clusters', 'no-snapshot', 'policy-invalid', 'queue-away'] as const)(
    'or says plainly: %s',
    (why) => {
      expectView(fleetUnavailable(why));
    },
  );

  it('opens at once', () => expectView(fleetLoading()));
});

describe('why something fails', () => {
  const message = 'Deployment/web dry-run failed: denied';
  const object = kustomization('v1@a', {
    ready: condition('False', 'ReconciliationFailed', { message, at: now - minute }),
    reconciling: condition('True', 'ProgressingWithRetry'),
  });
  const why = { management: 'aws', id: 'two/tenants-prod', object };

  it('is told by its conditions and last events', () => {
    const events = [
      { at: now - 2 * minute, isWarning: true, reason: 'ReconciliationFailed', message, count: 3 },
      { at: now - 5 * minute, isWarning: false, reason: 'Progressing', message: 'a\nb', count: 1 },
    ];
    expect(readAloud(rolloutWhy({ ...why, events }, now).blocks)).toBe(
      [
        'two/tenants-prod on aws',
        'Ready is False (ReconciliationFailed), for 1 min',
        'Reconciling is True (ProgressingWithRetry), for 10 min',
        message,
        'Last events',
        `🟠 ReconciliationFailed, 2 min ago, 3 times: ${message}`,
        'Progressing, 5 min ago: a b',
        '',
      ].join('\n'),
    );
  });

  it.each([
    [{ ...why, events: undefined }, 'Its events cannot be read.'],
    [{ ...why, events: [] }, 'No events about it are kept any more.'],
    [{ ...why, object: undefined, events: [] }, 'two/tenants-prod on aws is no longer there.'],
    [
      { ...why, object: { ...object, suspended: true }, events: [] },
      'It is suspended: Flux does nothing until it is resumed.',
    ],
  ])('says what is missing: %#', (facts, sentence) => {
    expect(readAloud(rolloutWhy(facts, now).blocks)).toContain(sentence);
  });

  it.each(hostileTexts.map((text, index) => [index, text] as const))(
    'takes any text for a text: %d',
    (_index, text) => {
      const ready = condition('False', text, { message: text });
      const events = Array.from({ length: 20 }, () => ({
        at: now,
        isWarning: true,
        reason: text,
        message: text,
        count: 1,
      }));
      expectMessage(rolloutWhy({ management: text, id: text, object: { ...object, ready }, events }, now));
    },
  );
});

describe('a duration', () => {
  it.each([
    [-5, '0 s'],
    [999, '0 s'],
    [59_999, '59 s'],
    [60_000, '1 min'],
    [200_000, '3 min 20 s'],
    [599_000, '9 min 59 s'],
    [601_000, '10 min'],
    [3_600_000, '1 h'],
    [3_900_000, '1 h 5 min'],
    [200_000_000, '2 days'],
  ])('of %d ms is %s', (ms, text) => {
    expect(durationText(ms)).toBe(text);
  });
});
