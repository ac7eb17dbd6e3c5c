import fc from 'fast-check';
import {
  formatTitle,
  formatTrailers,
  parseTitle,
  parseTrailers,
  tenantBranch,
  tenantBranchNumber,
  tenantTitle,
  withoutTrailers,
} from '../../src/domain/convention.ts';
import type { RequestId, SlackUserId } from '../../src/domain/ids.ts';
import { hostileTexts } from './samples.ts';

const requestId = 'req-0123456789abcdef' as RequestId;
const slackId = 'U0TENANT01' as SlackUserId;

describe('branches', () => {
  it.each([
    [1, 'tenant-shop'],
    [2, 'tenant-shop-2'],
    [3, 'tenant-shop-3'],
  ])('number %d is %s', (n, branch) => {
    expect(tenantBranch('shop', n)).toBe(branch);
    expect(tenantBranchNumber(branch, 'shop')).toBe(n);
  });

  it.each([
    'tenant-shop-1',
    'tenant-shop-0',
    'tenant-shop-02',
    'tenant-shop-x',
    'tenant-shops',
    'main',
    'tenant-shop-',
    'xtenant-shop',
  ])('%s is none of them', (branch) => {
    expect(tenantBranchNumber(branch, 'shop')).toBeUndefined();
  });
});

describe('titles', () => {
  it('name the tenant and its clouds', () => {
    expect(tenantTitle('dummy', ['aws'])).toBe('tenants(dummy): onboarding namespace to aws');
    expect(tenantTitle('dummy', ['aws', 'azure'])).toBe('tenants(dummy): onboarding namespace to aws, azure');
  });

  it.each([
    [
      'tenants(dummy): onboarding namespace to aws (#8)',
      {
        scope: 'tenants',
        area: 'dummy',
        subject: 'onboarding namespace to aws',
        isBreaking: false,
        number: 8,
      },
    ],
    [
      'chore(release): promote v0.0.3 to aws prod (#14)',
      {
        scope: 'chore',
        area: 'release',
        subject: 'promote v0.0.3 to aws prod',
        isBreaking: false,
        number: 14,
      },
    ],
    ['feat: x', { scope: 'feat', area: undefined, subject: 'x', isBreaking: false, number: undefined }],
    ['feat(a)!: x (#1) (#2)', { scope: 'feat', area: 'a', subject: 'x (#1)', isBreaking: true, number: 2 }],
    ['Initial commit', undefined],
    ['feat:x', undefined],
    ['feat(): x', undefined],
    ['feat: x\nmore', undefined],
    ['', undefined],
  ])('%j is read', (text, title) => {
    expect(parseTitle(text)).toEqual(title);
  });

  it('are read as they were written', () => {
    const word = fc.stringMatching(/^[a-z][a-z0-9-]{0,20}$/);
    fc.assert(
      fc.property(
        word,
        fc.option(word, { nil: undefined }),
        word,
        fc.boolean(),
        fc.option(fc.integer({ min: 1, max: 1e6 }), { nil: undefined }),
        (scope, area, subject, isBreaking, number) => {
          const title = { scope, area, subject, isBreaking, number };
          expect(parseTitle(formatTitle(title))).toEqual(title);
        },
      ),
    );
  });
});

describe('trailers', () => {
  it('can be taken off a text that ends with them, and off no other', () => {
    const trailers = formatTrailers({ requestId, requestedBy: { slackId, name: 'Tess' } });
    expect(withoutTrailers(`One.\n\nTwo.\n\n${trailers}\n`)).toBe('One.\n\nTwo.');
    expect(withoutTrailers(trailers)).toBe('');
    for (const text of ['', 'One.\n\nTwo: three', `${trailers}\n\nOne.`]) {
      expect(withoutTrailers(text)).toBe(text);
    }
  });

  it('are read as they were written, below any text', () => {
    const trailers = formatTrailers({ requestId, requestedBy: { slackId, name: 'Tess Tenant (sample)' } });
    expect(trailers).toBe(
      'Request-Id: req-0123456789abcdef\nRequested-by: Tess Tenant sample (Slack U0TENANT01)',
    );
    for (const text of ['', 'Title\n\nBody\n\n', 'Title\r\n\r\n', 'Title\n\n \n\n', 'Title\r\n\r\r\n']) {
      expect(parseTrailers(`${text}${trailers}\n`)).toEqual({
        requestId,
        requestedBy: slackId,
        requesterName: 'Tess Tenant sample',
      });
    }
  });

  it.each([
    ['above the last paragraph', 'Request-Id: req-0123456789abcdef\n\nmore'],
    ['within a paragraph of words', 'words\nRequest-Id: req-0123456789abcdef'],
    ['twice', 'Request-Id: req-0123456789abcdef\nRequest-Id: req-1111111111111111'],
    ['malformed', 'Request-Id: req-xyz'],
    ['quoted', '> Request-Id: req-0123456789abcdef'],
    ['not at all', ''],
  ])('do not count when they stand %s', (_what, text) => {
    expect(parseTrailers(text).requestId).toBeUndefined();
  });

  it.each([
    ['Tess Tenant (Slack U0TENANT01)', 'Tess Tenant'],
    ['Zoë O’Neill-Ng (Slack W0TENANT01)', 'Zoë O’Neill-Ng'],
    ['<!channel> [x](https://evil.example) @here (Slack U0TENANT01)', 'channel x https evil example here'],
    ['(Slack U0TENANT01)', 'unnamed'],
    ['Tess Tenant', undefined],
    ['Tess Tenant (Slack U0TENANT01) and more', undefined],
  ])('that somebody edited still give a tame name: %s', (value, name) => {
    expect(parseTrailers(`Requested-by: ${value}`).requesterName).toBe(name);
  });

  it('cannot be forged by a name or by text above them', () => {
    fc.assert(
      fc.property(fc.oneof(fc.string({ unit: 'binary' }), fc.constantFrom(...hostileTexts)), (text) => {
        const trailers = formatTrailers({ requestId, requestedBy: { slackId, name: text } });
        expect(trailers.split('\n')).toHaveLength(2);
        expect(trailers).not.toMatch(/[<>@#`*_[\]{}$|\\\u200B-\u200F\u202A-\u202E]/u);
        const name = trailers.split('Requested-by: ')[1]?.replace(` (Slack ${slackId})`, '');
        const read = { requestId, requestedBy: slackId, requesterName: name };
        expect(parseTrailers(trailers)).toEqual(read);
        expect(parseTrailers(`${text}\n\n${trailers}`)).toEqual(read);
      }),
    );
  });
});
