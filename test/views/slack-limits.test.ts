import type { Json } from '../../sandbox/slack/client-types.ts';
import { messageBlocks } from '../../sandbox/slack/kit/check-blocks.ts';
import { viewFaults } from '../../sandbox/slack/kit/check-view.ts';
import { type Arrival, arrivals } from '../../src/domain/arrival.ts';
import { checkRequest } from '../../src/domain/check-request.ts';
import { tenantTitle } from '../../src/domain/convention.ts';
import { firstValues } from '../../src/domain/form/first-values.ts';
import type { SlackUserId } from '../../src/domain/ids.ts';
import { tenantFiles } from '../../src/domain/tenant.ts';
import { help } from '../../src/views/help.ts';
import { onboardForm } from '../../src/views/onboard-form.ts';
import { previewModal } from '../../src/views/onboard-preview.ts';
import { refusalErrors } from '../../src/views/refusal-errors.ts';
import { requestDirect } from '../../src/views/request-direct.ts';
import { requestMessage, type SlackMessage } from '../../src/views/request-message.ts';
import { requestThread } from '../../src/views/request-thread.ts';
import { loadingForm, unavailableForm } from '../../src/views/waiting-form.ts';
import { formOf, hostileTexts, platformOf, policyOf, samplePlatform } from '../domain/samples.ts';

function expectView(view: object): void {
  const json = JSON.parse(JSON.stringify(view)) as Json;
  expect(viewFaults(json, 'modal')).toEqual([]);
  expect(Buffer.byteLength(JSON.stringify(view))).toBeLessThan(250_000);
}

function expectMessage({ text, blocks }: SlackMessage): void {
  expect(messageBlocks(JSON.parse(JSON.stringify(blocks)) as Json).length).toBeGreaterThan(0);
  expect(text).not.toBe('');
  expect(text.length).toBeLessThanOrEqual(4000);
  expect(text).not.toMatch(/[<>]/);
  expect(JSON.stringify(blocks)).not.toMatch(/"type":"(mrkdwn|broadcast|channel|usergroup)"/);
}

const policy = policyOf(`
access:
  groups: [${Array.from({ length: 100 }, (_, index) => `{ name: group-${index}, title: "${'G'.repeat(75)}" }`).join(', ')}]
labels:
${Array.from({ length: 20 }, (_, index) => `- { key: example.com/l${index}, title: "${'L'.repeat(75)}", hint: "${'h'.repeat(150)}", ${index % 2 ? `options: [${Array.from({ length: 100 }, (_, option) => `o${option}`).join(', ')}]` : 'required: false'} }`).join('\n')}
`);

/** A platform of many clouds with many environments and clusters, some with very long names. */
const huge = samplePlatform(
  Object.fromEntries(
    Array.from({ length: 40 }, (_, index) => `${'cloud'.repeat(index === 0 ? 40 : 1)}-${index}`).flatMap(
      (cloud) =>
        Array.from({ length: 12 }, (_, index) => [`tenants/${cloud}/environment-${index}/x/y.yaml`, '']),
    ),
  ),
);

const pullRequest = {
  number: 12,
  url: 'https://example.test/pull/12',
  title: 'tenants(sample): onboarding namespace to aws',
};
const askedBy = 'U0TENANT01' as SlackUserId;

describe('every view stays within what Slack takes', () => {
  it.each(hostileTexts.map((text, index) => [index, text] as const))(
    'with hostile text %d',
    (_index, text) => {
      const values = formOf({
        name: text,
        clouds: [text, 'aws'],
        environments: [text, 'prod'],
        size: text,
        access: { [text]: text, prod: text },
        groups: { prod: [text] },
        owner: text,
        contact: text,
        purpose: text,
        ports: text,
        labels: { [text]: text },
        requestsCpu: text,
      });
      const platform = samplePlatform();
      expectView(onboardForm({ policy, platform, values, notices: [] }));
      expectView(
        onboardForm({
          policy,
          platform: undefined,
          values: { ...values, size: 'own' },
          notices: [{ kind: 'platform-unknown' }],
        }),
      );
      expectView(loadingForm(text));
      const checked = checkRequest(values, { policy, platform, openRequests: [] });
      const refusals = checked.kind === 'refused' ? checked.refusals : [];
      for (const error of Object.values(refusalErrors(refusals)))
        expect(error.length).toBeLessThanOrEqual(1000);
      expectMessage(requestDirect({ kind: 'refused', values, refusals }));
      expectMessage(
        requestDirect({
          kind: 'failed',
          values,
          code: 'forbidden',
          pullRequest: { ...pullRequest, title: text },
        }),
      );
      const about = { name: text, clouds: [text], environments: [text], askedBy };
      expectMessage(
        requestMessage({
          ...about,
          stage: { kind: 'changes-asked', by: [text, text] },
          pullRequest: { ...pullRequest, title: text },
        }),
      );
      expectMessage(requestMessage({ ...about, stage: { kind: 'working' } }));
      expectMessage(help([{ usage: text, what: text, who: text }]));
      const request = taken({
        owner: `o ${text}`.slice(0, 70),
        contact: `c ${text}`.slice(0, 70),
        purpose: `p ${text}`.slice(0, 700),
      });
      if (request === undefined) return;
      const files = tenantFiles(request, policyOf(), platform);
      expectMessage(requestThread({ request, files, arrivals: [] }));
    },
  );

  function taken(values: Parameters<typeof formOf>[0]) {
    const checked = checkRequest(formOf(values), {
      policy: policyOf(),
      platform: samplePlatform(),
      openRequests: [],
    });
    return checked.kind === 'ok' ? checked.request : undefined;
  }

  it('with many clouds, environments, groups and labels', () => {
    const values = { ...firstValues('x', policy, huge), size: 'own' };
    const form = onboardForm({
      policy,
      platform: huge,
      values,
      notices: [
        { kind: 'platform-stale', minutes: 7 },
        { kind: 'open-requests-unknown' },
        {
          kind: 'unreadable',
          paths: Array.from({ length: 50 }, (_, index) => `${'long/'.repeat(60)}${index}.yaml`),
        },
        { kind: 'policy-invalid', problems: [{ line: 3, path: 'x'.repeat(500), message: 'y'.repeat(5000) }] },
      ],
      metadata: 'm'.repeat(3000),
    });
    expectView(form);
    expect(form.blocks.length).toBeLessThanOrEqual(100);
  });

  it('with a repository that holds nothing yet', () => {
    const empty = platformOf({});
    const bare = policyOf('environments: []');
    expectView(
      onboardForm({ policy: bare, platform: empty, values: firstValues('x', bare, empty), notices: [] }),
    );
  });

  it.each([1, 2, 4, 8, 20, 39])('a preview for %d clouds', (count) => {
    const clouds = huge.clouds
      .map(({ name }) => name)
      .filter((name) => name.startsWith('cloud-'))
      .slice(0, count);
    const environments = ['environment-0', 'environment-1', 'environment-2'];
    const values = formOf({ clouds, environments, purpose: 'x'.repeat(600) });
    const checked = checkRequest(values, { policy: policyOf(), platform: huge, openRequests: undefined });
    if (checked.kind === 'refused') throw new Error(JSON.stringify(checked.refusals));
    const files = tenantFiles(checked.request, policyOf(), huge);
    const reached = arrivals(
      files.map(({ path }) => path),
      huge,
    );
    const preview = previewModal({
      ...checked,
      files,
      arrivals: reached,
      title: tenantTitle('sample', clouds),
      values,
      repo: 'sandbox-org/platform',
    });
    expectView(preview);
    expect(preview.private_metadata?.length).toBeLessThanOrEqual(3000);
    expectMessage(requestThread({ request: checked.request, files, arrivals: reached }));
    expectMessage(
      requestDirect({ kind: 'merged', name: 'sample', by: 'pat', pullRequest, arrivals: reached }),
    );
  });

  it('a message about a thousand clusters', () => {
    const many: Arrival[] = Array.from({ length: 1000 }, (_, index) => ({
      when: 'next-promotion',
      cluster: `cluster-${index}`,
      management: 'providers/aws/v1/mgmt',
      files: [],
      through: [],
      follows: { kind: 'tag', tag: 'v'.repeat(300) },
    }));
    expectMessage(
      requestDirect({ kind: 'merged', name: 'sample', by: undefined, pullRequest, arrivals: many }),
    );
  });

  it.each([
    'not-allowed',
    'guest',
    'membership-unknown',
    'queue-away',
    'no-snapshot',
    'misconfigured',
  ] as const)('the form in whose place stands: %s', (why) => {
    expectView(unavailableForm(why));
  });

  it('help for many commands', () => {
    const entry = { usage: '/trunkline x', what: 'w'.repeat(300), who: 'every full member' };
    expectMessage(help(Array.from({ length: 30 }, () => entry)));
  });
});
