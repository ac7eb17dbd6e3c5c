import fc from 'fast-check';
import { parseTrailers } from '../../src/domain/convention.ts';
import { cleanLine, cleanLines } from '../../src/domain/form/clean-text.ts';
import type { RequestId, SlackUserId } from '../../src/domain/ids.ts';
import { pullRequestBody } from '../../src/views/pull-request-body.ts';
import { mendRequestBody, readRequestBody } from '../../src/views/request/request-body.ts';
import { hostileTexts } from '../domain/samples.ts';

function bodyOf(owner: string, contact: string, purpose: string): string {
  const request = {
    id: 'req-0123456789abcdef' as RequestId,
    askedBy: { slackId: 'U0TENANT01' as SlackUserId, name: 'Tess' },
    name: 'shop',
    clouds: ['aws'],
    environments: ['prod'],
    size: { kind: 'named', name: 'small' } as const,
    access: [],
    owner,
    contact,
    reach: { sameNamespace: true, ingress: true, ports: [] },
    labels: {},
    purpose,
  };
  return pullRequestBody({ request, files: [], arrivals: [] });
}

const texts = fc.oneof(
  fc.string({ unit: 'grapheme', minLength: 1, maxLength: 80 }),
  fc.constantFrom(...hostileTexts),
);
const purposeOf = (text: string) =>
  cleanLines(text.slice(0, 1000))
    .split('\n')
    .map((row) => row.trim())
    .join('\n');
const lineOf = (text: string) => cleanLine(text.slice(0, 80)).replaceAll('¦', '|');

describe('what people wrote, read back from the text of their pull request', () => {
  it('is what they wrote, whatever it was', () => {
    fc.assert(
      fc.property(texts, texts, (one, other) => {
        const [owner, purpose] = [lineOf(one), purposeOf(other)];
        fc.pre(owner !== '' && purpose !== '');
        expect(readRequestBody(bodyOf(owner, owner, purpose))).toEqual({ owner, contact: owner, purpose });
      }),
      { numRuns: 300 },
    );
  });

  it('is nothing where the text was edited away', () => {
    const none = { owner: '', contact: '', purpose: '' };
    expect(readRequestBody('')).toEqual(none);
    expect(readRequestBody('**Owning team:** me\n\n### Why\n\nbecause')).toEqual(none);
  });

  it('is mended without losing what others added', () => {
    const standing = bodyOf('Team Shop', '#shop', 'Sells.\n\nAnd more.');
    const fresh = bodyOf('Team Shop', '#shop', 'Sells otherwise.');
    const [head, ...rest] = standing.split('\n\n');
    const edited = [head, 'Note from pat: see the wiki.', ...rest].join('\n\n');
    const mended = mendRequestBody(edited.replaceAll('\n', '\r\n'), fresh);
    expect(mended).toContain('Note from pat: see the wiki.');
    expect(mended).toContain('> Sells otherwise.');
    expect(mended).not.toContain('And more.');
    expect(parseTrailers(mended)).toEqual(parseTrailers(fresh));
    expect(mendRequestBody(mended, fresh)).toBe(mended);
  });

  it('keeps what stands behind the trailers, and puts the trailers last again', () => {
    const fresh = bodyOf('Team Shop', '#shop', 'Sells.');
    const mended = mendRequestBody(`${fresh}\n\nP.S. hello`, fresh);
    expect(mended).toContain('P.S. hello');
    expect(parseTrailers(mended)).toEqual(parseTrailers(fresh));
  });

  it('is rewritten whole where nobody added anything', () => {
    fc.assert(
      fc.property(texts, texts, (one, other) => {
        const fresh = bodyOf('a', 'b', purposeOf(other) || 'x');
        expect(mendRequestBody(bodyOf('a', 'b', purposeOf(one) || 'x'), fresh)).toBe(fresh);
      }),
      { numRuns: 100 },
    );
  });
});
