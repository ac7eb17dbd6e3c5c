import type { KnownBlock } from '@slack/types';
import { arrivals } from '../../src/domain/arrival.ts';
import type { Refusal } from '../../src/domain/form/refusal.ts';
import type { SlackUserId } from '../../src/domain/ids.ts';
import { help, unknownVerb } from '../../src/views/help.ts';
import { noticeText } from '../../src/views/onboard/notices.ts';
import { refusalText } from '../../src/views/refusal-text.ts';
import { requestDirect } from '../../src/views/request-direct.ts';
import { requestMessage } from '../../src/views/request-message.ts';
import type { RequestMessageStage } from '../../src/views/request-status.ts';
import { formOf, samplePlatform } from '../domain/samples.ts';

const askedBy = 'U0TENANT01' as SlackUserId;
const pullRequest = {
  number: 12,
  url: 'https://example.test/pull/12',
  title: 'tenants(shop): onboarding namespace to aws',
};

/** What a person reads of blocks: all their texts, one after the other. */
function readAloud(blocks: readonly KnownBlock[]): string {
  const walk = (value: unknown): string => {
    if (Array.isArray(value)) return value.map(walk).join('');
    if (typeof value !== 'object' || value === null) return '';
    const { type, text, elements, user_id: user } = value as Record<string, unknown>;
    if (type === 'user') return `@${user}`;
    if (typeof text === 'string') return text;
    return `${walk(text)}${walk(elements)}${type === 'rich_text_section' || type === 'rich_text' ? '' : '\n'}`;
  };
  return walk(blocks);
}

describe("a request's message", () => {
  const about = { name: 'shop', clouds: ['aws'], environments: ['non-prod', 'prod'], askedBy };
  it.each<[RequestMessageStage, string]>([
    [{ kind: 'working' }, '⏳ Working on it.'],
    [
      { kind: 'waiting', on: 'github' },
      '⏳ GitHub does not answer just now. It goes on by itself as soon as it does.',
    ],
    [{ kind: 'opened' }, '🔵 The pull request is open and waits for a review.'],
    [{ kind: 'changes-asked', by: ['ana'] }, '🟠 ana asked for changes.'],
    [{ kind: 'changes-asked', by: [] }, '🟠 Somebody asked for changes.'],
    [
      { kind: 'approved', by: ['ana', 'ben', 'pat'] },
      '🟢 Approved by ana, ben and pat. It waits to be merged.',
    ],
    [{ kind: 'merged', by: 'pat' }, '✅ Merged by pat.'],
    [{ kind: 'merged', by: undefined }, '✅ Merged.'],
    [{ kind: 'closed', by: 'pat' }, '⚪ Closed by pat without a merge. Nothing has changed on the platform.'],
    [{ kind: 'refused' }, '⚪ Not possible as it was asked. The reasons went to the person who asked.'],
    [{ kind: 'failed' }, '🔴 This did not work. The person who asked knows what to do.'],
  ])('at the stage %j', (stage, status) => {
    const message = requestMessage({ ...about, stage, pullRequest });
    expect(readAloud(message.blocks)).toBe(
      `@U0TENANT01 asks for namespace shop on aws (non-prod and prod).\n${status} #12 tenants(shop): onboarding namespace to aws`,
    );
    expect(message.text).toBe(`namespace shop on aws (non-prod and prod): ${status.replace(/^\S+ /, '')}`);
  });

  it('repeats no name in public that is none', () => {
    const message = requestMessage({
      ...about,
      stage: { kind: 'working' },
      name: 'https://evil.example',
      clouds: ['<!here>', 'aws'],
      environments: ['see evil.example'],
    });
    expect(`${message.text} ${JSON.stringify(message.blocks)}`).not.toMatch(/evil|here/);
    expect(readAloud(message.blocks)).toBe('@U0TENANT01 asks for a namespace.\n⏳ Working on it.');
  });
});

describe('what the asker is told directly', () => {
  it('of a merge: when it arrives where', () => {
    const reached = arrivals(
      ['tenants/aws/common/shop/namespace.yaml', 'tenants/azure/dev/shop/namespace.yaml'],
      samplePlatform(),
    );
    expect(
      readAloud(
        requestDirect({ kind: 'merged', name: 'shop', by: 'pat', pullRequest, arrivals: reached }).blocks,
      ),
    ).toBe(
      'Your request for shop was merged by pat. #12 tenants(shop): onboarding namespace to aws' +
        '\nWhen it arrives:' +
        'one: in a few minutes' +
        'two: with the next promotion (it runs tag v1.2.3 now)' +
        'tenants/azure/dev/shop: no Kustomization applies this path yet\n',
    );
  });

  it('of a closed pull request: that nothing changed, and what to do', () => {
    expect(
      readAloud(requestDirect({ kind: 'closed', name: 'shop', by: undefined, pullRequest }).blocks),
    ).toBe(
      'Your request for shop was closed without a merge. Nothing has changed on the platform. If it is not clear why, ask in the pull request. You can ask again at any time. #12 tenants(shop): onboarding namespace to aws',
    );
  });

  it('of a refusal or a failure: why, what to do, and all that was typed', () => {
    const values = formOf({
      name: 'shop',
      size: 'own',
      requestsCpu: '1',
      access: { prod: 'admin' },
      groups: { prod: ['g'] },
      ports: '80 from anywhere',
      labels: { tier: 'gold' },
      purpose: 'A.\nB.',
    });
    const typed = [
      'Name: shop',
      'Processor, requests: 1',
      'Access in prod: admin',
      'Groups in prod: g',
      '80 from anywhere',
      'tier: gold',
      'Purpose:\nA.\nB.',
      'Contact: #team-sample',
    ];
    const refused = readAloud(
      requestDirect({
        kind: 'refused',
        values,
        refusals: [{ field: 'name', code: 'name-taken', by: 'cluster' }],
      }).blocks,
    );
    for (const part of [
      'Nothing was written.',
      'Name: A cluster has this name already.',
      '/onboard-tenant',
      ...typed,
    ])
      expect(refused).toContain(part);
    const failed = readAloud(
      requestDirect({ kind: 'failed', values, code: 'forbidden', pullRequest }).blocks,
    );
    for (const part of ['did not work', 'tell the platform team', '#12', ...typed])
      expect(failed).toContain(part);
    expect(readAloud(requestDirect({ kind: 'failed', values, code: 'some-other' }).blocks)).toContain(
      '(reason: some-other)',
    );
  });
});

describe('refusals', () => {
  const place = { cloud: 'aws', environment: 'prod' };
  it.each<[Refusal, string]>([
    [
      { field: 'name', code: 'name-form', suggestion: 'my-shop' },
      'Use lower-case letters, digits and dashes, with a letter or digit at both ends. For example: my-shop',
    ],
    [
      { field: 'name', code: 'name-form', suggestion: undefined },
      'Use lower-case letters, digits and dashes, with a letter or digit at both ends.',
    ],
    [
      { field: 'name', code: 'name-too-long', maximum: 63, length: 70 },
      'At most 63 characters fit here; this has 70. Please shorten it.',
    ],
    [
      { field: 'name', code: 'name-reserved', reserved: 'kube-*' },
      'Names like kube-* are reserved for the platform. Please choose another.',
    ],
    [
      { field: 'name', code: 'name-reserved', reserved: 'mgmt' },
      'This name is reserved for the platform. Please choose another.',
    ],
    [
      { field: 'name', code: 'name-pattern', pattern: 'team-.+' },
      'Names here have to match team-.+. Please choose one that does.',
    ],
    [
      { field: 'name', code: 'name-taken', by: 'feature' },
      'A feature of the platform has this name already. Please choose another.',
    ],
    [
      { field: 'name', code: 'name-taken', by: 'namespace' },
      "One of the platform's own namespaces has this name already. Please choose another.",
    ],
    [
      { field: 'name', code: 'request-open', url: 'https://example.test/pull/7', number: 7 },
      'A request for this name is open: https://example.test/pull/7 . Wait until it is merged or closed, or choose another name.',
    ],
    [
      { field: 'environments', code: 'tenant-exists', name: 'shop', places: [place], free: [] },
      'shop stands in aws prod already. Choose another name.',
    ],
    [
      {
        field: 'environments',
        code: 'tenant-exists',
        name: 'shop',
        places: [place],
        free: [{ cloud: 'aws', environment: 'dev' }],
      },
      'shop stands in aws prod already. Still free: aws dev. Choose only what is free, or another name.',
    ],
    [{ field: 'clouds', code: 'none-chosen' }, 'Choose at least one cloud.'],
    [{ field: 'environments', code: 'none-chosen' }, 'Choose at least one environment.'],
    [{ field: 'size', code: 'none-chosen' }, 'Choose a size.'],
    [
      { field: 'clouds', code: 'unknown-choice', choice: 'gcp', known: ['aws', 'azure'] },
      'There is no cloud "gcp". There is aws and azure.',
    ],
    [
      { field: 'groups.prod', code: 'unknown-choice', choice: 'x', known: [] },
      'There is no group "x". There is none yet.',
    ],
    [
      {
        field: 'environments',
        code: 'environment-unknown',
        cloud: 'aws',
        environment: 'dev',
        known: ['non-prod', 'prod'],
      },
      'aws has no environment dev. It has non-prod and prod.',
    ],
    [{ field: 'requestsCpu', code: 'quantity-empty' }, 'Fill this in, such as 500m or 2.'],
    [
      { field: 'limitsMemory', code: 'quantity-unreadable', fault: 'form', text: '1 Gi' },
      'Write a number and its unit without a space, such as 512Mi or 1Gi.',
    ],
    [
      { field: 'limitsMemory', code: 'quantity-unreadable', fault: 'too-fine', text: '1m' },
      'Memory comes in whole bytes. Write it in Mi or Gi, such as 512Mi.',
    ],
    [
      { field: 'limitsCpu', code: 'quantity-unreadable', fault: 'too-fine', text: '1u' },
      'The smallest step is 1m, a thousandth of a processor. Please round it.',
    ],
    [
      { field: 'limitsCpu', code: 'quantity-unreadable', fault: 'zero', text: '0' },
      'This has to be more than nothing, such as 500m or 2.',
    ],
    [
      { field: 'limitsCpu', code: 'above-maximum', maximum: '32000m' },
      'At most 32000m (32 processors) can be asked for here. If you need more, talk to the platform team.',
    ],
    [
      { field: 'requestsCpu', code: 'above-maximum', maximum: '1500m' },
      'At most 1500m can be asked for here. If you need more, talk to the platform team.',
    ],
    [
      { field: 'limitsMemory', code: 'above-maximum', maximum: '64Gi' },
      'At most 64Gi can be asked for here. If you need more, talk to the platform team.',
    ],
    [
      { field: 'requestsCpu', code: 'requests-above-limits', limits: '1' },
      'Requests cannot be above the limit, 1. Lower this, or raise the limit.',
    ],
    [{ field: 'owner', code: 'text-empty' }, 'Name the team that owns it.'],
    [{ field: 'purpose', code: 'text-empty' }, 'Say in a sentence or two what it is for.'],
    [{ field: 'label.tier', code: 'text-empty' }, 'Please fill this in.'],
    [
      { field: 'ports', code: 'too-many-ports', maximum: 10 },
      'At most 10 lines fit here. Please take some out.',
    ],
    [{ field: 'label.tier', code: 'label-option', options: ['gold', 'silver'] }, 'Choose gold or silver.'],
    [
      { field: 'label.tier', code: 'label-pattern', pattern: '[0-9]+', hint: 'Four digits.' },
      'This does not fit. Four digits.',
    ],
    [
      { field: 'label.tier', code: 'label-pattern', pattern: '[0-9]+', hint: undefined },
      'This has to match [0-9]+.',
    ],
    [
      { field: 'purpose', code: 'too-much-together', excess: 40 },
      'All fields together are 40 characters too long. Please shorten this one by that much.',
    ],
  ])('%j', (refusal, text) => {
    expect(refusalText(refusal)).toBe(text);
  });
});

describe('notices', () => {
  it.each([
    [
      { kind: 'platform-stale', minutes: 0.4 },
      'What this form knows of the repository is 1 minute old. All is checked again after you send.',
    ],
    [
      { kind: 'platform-stale', minutes: 180 },
      'What this form knows of the repository is 3 hours old. All is checked again after you send.',
    ],
    [
      { kind: 'shared-stays', clouds: ['aws'] },
      'In aws the shared files stand already. They stay as they are, so size, reach and labels chosen here have no effect there.',
    ],
    [
      {
        kind: 'policy-invalid',
        problems: [{ line: 3, path: 'sizes.default', message: '"x" is not one of sizes.named (a)' }],
      },
      'The policy file has mistakes, so defaults are used. The first: line 3, sizes.default "x" is not one of sizes.named (a).',
    ],
  ] as const)('%j', (notice, text) => {
    expect(noticeText(notice)).toBe(text);
  });
});

describe('help', () => {
  it('lists the commands with who may use them', () => {
    const commands = [
      { usage: '/onboard-tenant [name]', what: 'Asks for a namespace.', who: 'every full member' },
      { usage: '/trunkline help', what: 'Lists the commands.', who: 'everybody' },
    ];
    expect(readAloud(help(commands).blocks)).toBe(
      '/onboard-tenant [name]\nAsks for a namespace.\nFor every full member./trunkline help\nLists the commands.\nFor everybody.',
    );
    expect(unknownVerb('<!here>', [{ verb: 'help' }]).text).toBe(
      'There is no /trunkline &lt;!here&gt;. What there is: help.',
    );
  });
});
