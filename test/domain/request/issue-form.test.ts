import { readFileSync } from 'node:fs';
import fc from 'fast-check';
import { parse } from 'yaml';
import {
  issueHeadingOf,
  issueHeadings,
  issueReach,
  parseIssueForm,
} from '../../../src/domain/request/issue-form.ts';
import { hostileTexts } from '../samples.ts';

const headings = Object.keys(issueHeadings);
const complete: Readonly<Record<string, string>> = {
  'Name of the namespace': 'shop',
  Clouds: 'aws, azure',
  Environments: 'non-prod,prod',
  Size: 'small',
  Access: '_No response_',
  'Owning team': 'Team Shop',
  Contact: '#team-shop',
  'What may reach it': '- [X] Pods of the same namespace\n- [ ] The ingress controller',
  'Further TCP ports': '8080 from anywhere\n9000 from namespace a',
  Labels: '_No response_',
  Purpose: 'Sells things.',
};
const bodyOf = (over: Readonly<Record<string, string>> = {}) =>
  Object.entries({ ...complete, ...over })
    .map(([heading, text]) => `### ${heading}\n\n${text}`)
    .join('\n\n');

function valuesOf(over: Readonly<Record<string, string>> = {}) {
  const form = parseIssueForm(bodyOf(over));
  if (form.kind !== 'values') throw new Error(JSON.stringify(form));
  return form.values;
}

describe('an issue that was made with the form', () => {
  it('has the fields of the form in Slack', () => {
    expect(valuesOf()).toMatchObject({
      name: 'shop',
      clouds: ['aws', 'azure'],
      environments: ['non-prod', 'prod'],
      size: 'small',
      access: {},
      groups: {},
      owner: 'Team Shop',
      contact: '#team-shop',
      reach: ['same-namespace'],
      ports: '8080 from anywhere\n9000 from namespace a',
      labels: {},
      purpose: 'Sells things.',
    });
  });

  it('may give levels, groups and labels', () => {
    const over = { Access: 'prod: reader for a, b\nnon-prod: admin', Labels: 'example.com/cost: c-1' };
    expect(valuesOf(over)).toMatchObject({
      access: { prod: 'reader', 'non-prod': 'admin' },
      groups: { prod: ['a', 'b'] },
      labels: { 'example.com/cost': 'c-1' },
    });
  });

  it('reads the same after GitHub’s editor has turned its line ends', () => {
    expect(parseIssueForm(bodyOf().replaceAll('\n', '\r\n'))).toEqual(parseIssueForm(bodyOf()));
  });

  it.each([
    ['Access', 'prod reader', 'access-line'],
    ['Access', 'prod: reader for', 'access-line'],
    ['Labels', 'nonsense', 'label-line'],
    ['What may reach it', '- [X] Everybody', 'reach-line'],
    ['What may reach it', 'everybody', 'reach-line'],
  ])('tells what cannot be read below %s: %s', (heading, line, code) => {
    expect(parseIssueForm(bodyOf({ [heading]: line }))).toEqual({
      kind: 'mistakes',
      mistakes: [{ code, line }],
    });
  });

  it.each(headings.slice(1))('tells that the heading %s is missing', (heading) => {
    const body = bodyOf().replace(`### ${heading}\n`, '');
    expect(parseIssueForm(body)).toEqual({
      kind: 'mistakes',
      mistakes: [{ code: 'heading-missing', heading }],
    });
  });

  it.each(['', 'hello', '### Something', `text\n\n${bodyOf()}`, '## Name of the namespace'])(
    'is told from any other issue (%#)',
    (body) => expect(parseIssueForm(body)).toEqual({ kind: 'other' }),
  );

  it('takes whatever stands in the purpose for its text, also what looks like the form', () => {
    fc.assert(
      fc.property(fc.oneof(fc.string(), fc.constantFrom(...hostileTexts, bodyOf())), (text) => {
        const { purpose, ...others } = valuesOf({ Purpose: text });
        const { purpose: _, ...expected } = valuesOf();
        expect(others).toEqual(expected);
        const wanted = text.replace(/\r\n?/g, '\n').trim();
        expect(purpose).toBe(wanted === '_No response_' ? '' : wanted);
      }),
      { numRuns: 200 },
    );
  });

  it('never throws, whatever it says', () => {
    fc.assert(
      fc.property(
        fc.array(fc.constantFrom(...headings, 'x', '- [X] y', ...hostileTexts.slice(0, 12))),
        (parts) => {
          expect(() => parseIssueForm(parts.map((each) => `### ${each}`).join('\n'))).not.toThrow();
        },
      ),
      { numRuns: 100 },
    );
  });
});

describe('the form that is shipped', () => {
  const form: unknown = parse(readFileSync('deploy/github/tenant-request.yml', 'utf8'));
  const body = Object(form).body as {
    type: string;
    attributes: { label?: string; options?: { label: string }[] };
  }[];

  it('has the headings that are read, in their order', () => {
    expect(body.flatMap(({ attributes }) => attributes.label ?? [])).toEqual(headings);
  });

  it('has the choices that are read', () => {
    const options = body.flatMap(({ attributes }) => attributes.options ?? []);
    expect(options.map(({ label }) => label)).toEqual(Object.keys(issueReach));
  });

  it('puts on the label that the sweep asks for', () => {
    expect(Object(form).labels).toEqual(['tenant-request']);
  });

  it.each([
    ['name', 'Name of the namespace'],
    ['access.prod', 'Access'],
    ['groups.prod', 'Access'],
    ['label.a/b', 'Labels'],
    ['platform', undefined],
  ] as const)('calls the field %s %s', (field, heading) => expect(issueHeadingOf(field)).toBe(heading));
});
