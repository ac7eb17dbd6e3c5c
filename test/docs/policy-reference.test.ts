import { Ajv2020 } from 'ajv/dist/2020.js';
import { parse } from 'yaml';
import { publishedSchema, withReference } from '../../scripts/policy-reference.ts';
import { parsePolicy } from '../../src/domain/policy.ts';
import { fencedBlocks, readText } from './read-docs.ts';

const document = readText('docs/policy.md');
const [handwritten = ''] = document.split('## All keys');
const examples = fencedBlocks(handwritten, 'yaml');

describe('the published policy schema', () => {
  it('is up to date (else: npm run schema)', () => {
    expect(JSON.parse(readText('docs/policy.schema.json'))).toEqual(
      JSON.parse(JSON.stringify(publishedSchema())),
    );
  });

  it('is a schema that editors can use, and takes the documentation’s examples', () => {
    const validate = new Ajv2020({ strict: false }).compile(publishedSchema());
    for (const example of examples)
      expect({ example, ok: validate(parse(example)) }).toMatchObject({ ok: true });
    expect(validate({ sizes: { defualt: 'small' } })).toBe(false);
  });
});

describe('the guide to the policy', () => {
  it('has an up-to-date reference of all keys (else: npm run schema)', () => {
    expect(withReference(document)).toBe(document);
  });

  it('has examples that the bot takes', () => {
    expect(examples.length).toBeGreaterThan(10);
    for (const example of examples)
      expect({ example, ...parsePolicy(example) }).toMatchObject({ kind: 'ok' });
  });

  it('has an example of every section', () => {
    const shown = new Set(examples.flatMap((example) => Object.keys(parse(example))));
    const { properties } = publishedSchema() as { properties: object };
    expect([...shown].toSorted()).toEqual(Object.keys(properties).toSorted());
  });

  it('shows errors in the words that the bot uses', () => {
    const parsed = parsePolicy('sizes:\n  defualt: x\nenvironments:\n  - { name: prod, access: owner }\n');
    const problems = parsed.kind === 'invalid' ? parsed.problems : [];
    expect(problems).toHaveLength(2);
    for (const { line, path, message } of problems) {
      expect(document).toContain(`.github/trunkline.yaml:${line}: ${path} ${message}`);
    }
  });
});
