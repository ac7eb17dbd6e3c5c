import type { Conventions } from '../../../src/domain/conventions/conventions.ts';
import type { Finding, Problem } from '../../../src/domain/conventions/finding.ts';
import { conventionsCheck, conventionsUnknown } from '../../../src/views/conventions/conventions-check.ts';
import { problemWords } from '../../../src/views/conventions/problem-words.ts';

const nasty = '@everyone <img src=x> [a](https://evil.example) `code` #1'.repeat(20);

const problems: readonly Problem[] = [
  { code: 'title-form', suggestion: undefined },
  { code: 'title-form', suggestion: nasty },
  { code: 'title-type', type: nasty, known: ['feat', nasty], suggestion: undefined },
  { code: 'title-area', area: nasty, suggestion: 'tenants(shop): x' },
  { code: 'policy-mistake', key: '', message: nasty },
  { code: 'yaml-broken', message: nasty },
  { code: 'yaml-double-key', message: nasty },
  { code: 'not-an-object' },
  { code: 'misplaced', expected: ['features/<feature>/'] },
  { code: 'unknown-place', what: 'cloud', name: nasty, known: ['aws', nasty] },
  { code: 'scope-folder', object: nasty, folder: 'namespaced' },
  { code: 'scope-folder', object: nasty, folder: 'non-namespaced' },
  { code: 'double-object', object: nasty, other: nasty },
  { code: 'schema', object: nasty, field: nasty, why: { kind: 'type', wants: 'a text', is: 'a number' } },
  { code: 'schema', object: nasty, field: nasty, why: { kind: 'type', wants: 'a list', is: 'a text' } },
  { code: 'schema', object: nasty, field: '', why: { kind: 'missing', field: nasty } },
  { code: 'schema', object: nasty, field: nasty, why: { kind: 'value', is: nasty, wants: ['a', 'b'] } },
  { code: 'schema', object: nasty, field: nasty, why: { kind: 'form', is: nasty, pattern: nasty } },
  { code: 'schema', object: nasty, field: nasty, why: { kind: 'form', is: '5 min', pattern: '(ms|s|m|h)' } },
  { code: 'schema', object: nasty, field: nasty, why: { kind: 'unknown', field: nasty, near: 'name' } },
  { code: 'schema', object: nasty, field: nasty, why: { kind: 'unknown', field: nasty, near: undefined } },
  { code: 'name-form', object: nasty, field: 'name', rule: 'label' },
  { code: 'name-form', object: nasty, field: 'namespace', rule: 'subdomain' },
  { code: 'tenant-namespace', object: nasty, tenant: 'shop', namespace: nasty },
  { code: 'tenant-namespace', object: nasty, tenant: 'shop', namespace: undefined },
  { code: 'tenant-cluster-scoped', object: nasty, tenant: 'shop' },
  { code: 'clear-secret', object: nasty, field: nasty },
  { code: 'credential', what: 'a private key' },
  { code: 'missing-dependency', object: nasty, wanted: nasty },
  { code: 'missing-source', object: nasty, wanted: nasty },
  { code: 'missing-path', object: nasty, wanted: nasty },
  { code: 'dependency-cycle', objects: [nasty] },
  { code: 'dependency-cycle', objects: [nasty, nasty] },
  { code: 'missing-resource', wanted: nasty },
];

function finding(problem: Problem, over: Partial<Finding> = {}): Finding {
  const path = problem.code.startsWith('title-') ? undefined : 'apps/one.yaml';
  return { problem, path, line: 3, isNew: true, ...over };
}

function told(findings: readonly Finding[], over: Partial<Conventions> = {}) {
  return conventionsCheck({ findings, unread: [], suggestedTitle: undefined, ...over });
}

describe('the check of conventions', () => {
  it.each(problems)('says of %j how it is mended, within what GitHub takes', (problem) => {
    const { title, what, mend } = problemWords(problem);
    for (const text of [title, what, mend]) {
      expect(text.length).toBeGreaterThan(10);
      expect(text).not.toMatch(/undefined|null|\[object/);
    }
    expect(title.length).toBeLessThanOrEqual(255);
    const { summary, annotations } = told([finding(problem)]);
    expect(summary).not.toMatch(/@everyone|<img|\[a\]\(https/);
    for (const { title: heading, message } of annotations) {
      expect(heading.length).toBeLessThanOrEqual(255);
      expect(message.length).toBeLessThanOrEqual(65_536);
    }
  });

  it('is green and says so where there is nothing', () => {
    expect(told([])).toEqual({
      verdict: 'success',
      title: 'All in order',
      summary: 'What this pull request changes follows the conventions.',
      annotations: [],
      actions: [],
    });
  });

  it('fails by what is new, and lists what stood before apart', () => {
    const broken: Problem = { code: 'yaml-broken', message: 'it ends too soon' };
    const old = finding(broken, { isNew: false });
    const unknown: Problem = {
      code: 'schema',
      object: 'Pod a/b',
      field: 'spec.shiny',
      why: { kind: 'unknown', field: 'shiny', near: undefined },
    };
    expect(told([old, finding(unknown)])).toMatchObject({
      verdict: 'success',
      title: 'All in order (1 to know, 1 stood before)',
    });
    const { verdict, title, summary, annotations } = told([finding(broken), finding(unknown), old]);
    expect({ verdict, title }).toEqual({
      verdict: 'failure',
      title: '1 thing to mend (1 to know, 1 stood before)',
    });
    expect(summary.indexOf('### To know')).toBeLessThan(summary.indexOf('### Stood before'));
    expect(annotations.map(({ level }) => level)).toEqual(['failure', 'warning', 'notice']);
  });

  it('offers to mend the title where that can be done', () => {
    const suggestedTitle = 'feat(ingress): add it';
    const { summary, actions } = told([finding({ code: 'title-form', suggestion: suggestedTitle })], {
      suggestedTitle,
    });
    expect(summary).toContain(`which makes it “${suggestedTitle}”`);
    expect(actions).toEqual([
      { label: 'Mend the title', description: expect.any(String), identifier: 'mend-title' },
    ]);
    for (const { label, description, identifier } of actions) {
      expect(label.length).toBeLessThanOrEqual(20);
      expect(description.length).toBeLessThanOrEqual(40);
      expect(identifier.length).toBeLessThanOrEqual(20);
    }
  });

  it('stays within what GitHub takes however much there is, and says what it leaves out', () => {
    const many = Array.from({ length: 2_000 }, (_, index) =>
      finding({ code: 'missing-resource', wanted: nasty }, { isNew: index % 2 === 0, line: index + 1 }),
    );
    const unread = Array.from({ length: 500 }, () => nasty);
    const { title, summary, annotations } = told(many, { unread });
    expect(title).toBe('1000 things to mend (1000 stood before)');
    expect(summary.length).toBeLessThanOrEqual(65_535);
    expect(summary).toContain('more are not shown');
    expect(summary).toContain('and 480 more');
    expect(annotations).toHaveLength(50);
  });

  it('keeps nothing back while the policy has mistakes, or these could not be mended', () => {
    expect(conventionsUnknown()).toMatchObject({ verdict: 'neutral', annotations: [] });
  });
});
