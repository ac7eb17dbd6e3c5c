import type { InputBlock, ModalView } from '@slack/types';
import type { FormValues } from '../../src/domain/check-request.ts';
import { onboardForm } from '../../src/views/onboard-form.ts';
import { previewModal, readPreviewMetadata } from '../../src/views/onboard-preview.ts';
import { readForm } from '../../src/views/read-form.ts';
import { refusalErrors } from '../../src/views/refusal-errors.ts';
import { formOf, policyOf, samplePlatform } from '../domain/samples.ts';

const policy = policyOf(`
access: { groups: [{ name: "team:sample", title: Team Sample }] }
labels:
- { key: example.com/cost-centre, title: Cost centre, hint: Four digits. }
- { key: tier, title: Tier, required: false, options: [gold, silver] }
`);

/** What Slack sends back for a form that nobody changed. */
function stateOf(view: ModalView): unknown {
  const inputs = view.blocks.filter((block): block is InputBlock => block.type === 'input');
  const values = inputs.map(({ block_id: block = '', element }) => {
    const { action_id: action = '', type } = element as { action_id?: string; type: string };
    const given = element as unknown as Record<string, unknown>;
    const state = {
      type,
      value: given['initial_value'] ?? null,
      ...('initial_option' in given && { selected_option: given['initial_option'] }),
      ...(/checkboxes|multi/.test(type) && { selected_options: given['initial_options'] ?? [] }),
    };
    return [block, { [action]: state }];
  });
  return { values: Object.fromEntries(values) };
}

const filled: FormValues = formOf({
  size: 'own',
  requestsCpu: '500m',
  limitsCpu: '1',
  requestsMemory: '1Gi',
  limitsMemory: '2Gi',
  access: { 'non-prod': 'reader', prod: 'admin' },
  groups: { prod: ['team:sample'] },
  ports: '8080 from anywhere',
  labels: { 'example.com/cost-centre': '1234', tier: 'gold' },
  purpose: 'One.\n\nTwo.',
});

const blocksOf = (view: ModalView) =>
  view.blocks.map((block) => block.block_id).filter((id) => id !== undefined);

describe('the form', () => {
  it('asks for everything once', () => {
    const view = onboardForm({
      policy: policyOf(),
      platform: samplePlatform(),
      values: formOf(),
      notices: [],
    });
    expect(blocksOf(view)).toEqual([
      'name',
      'clouds',
      'environments',
      'size',
      'access.non-prod',
      'access.prod',
      'owner',
      'contact',
      'reach',
      'ports',
      'purpose',
    ]);
  });

  it('asks for figures only where they are one’s own, and for what the policy wants', () => {
    const view = onboardForm({ policy, platform: samplePlatform(), values: filled, notices: [] });
    expect(blocksOf(view)).toEqual(
      expect.arrayContaining([
        'requestsCpu',
        'limitsCpu',
        'requestsMemory',
        'limitsMemory',
        'groups.prod',
        'label.example.com/cost-centre',
        'label.tier',
      ]),
    );
  });

  it('gives back what it showed', () => {
    const view = onboardForm({ policy, platform: samplePlatform(), values: filled, notices: [] });
    expect(readForm(stateOf(view))).toEqual(filled);
  });

  it('lets clouds be typed while the repository is not known', () => {
    const view = onboardForm({
      policy,
      platform: undefined,
      values: { ...filled, clouds: ['aws', 'azure'] },
      notices: [{ kind: 'platform-unknown' }],
    });
    expect(readForm(stateOf(view)).clouds).toEqual(['aws', 'azure']);
    expect(JSON.stringify(view.blocks[0])).toContain('cannot be read just now');
  });

  it('offers to add to a tenant that stands elsewhere', () => {
    const platform = samplePlatform({ 'tenants/aws/non-prod/sample/namespace.yaml': '' });
    const view = onboardForm({ policy, platform, values: formOf(), notices: [] });
    expect(JSON.stringify(view.blocks[0])).toContain(
      'sample stands in aws non-prod already. This adds what is missing elsewhere.',
    );
  });

  it.each([null, {}, { values: 1 }, { values: { name: { value: { value: 7 } } } }])(
    'is not read from %j',
    (state) => {
      expect(() => readForm(state)).toThrow();
    },
  );
});

describe('errors', () => {
  it('stand at their field, several at one together', () => {
    const errors = refusalErrors([
      { field: 'name', code: 'name-empty' },
      { field: 'ports', code: 'port-line', line: 1, text: 'x', fault: 'form' },
      { field: 'ports', code: 'port-line', line: 2, text: '0 from anywhere', fault: 'port' },
    ]);
    expect(errors).toEqual({
      name: 'Give the namespace a name.',
      ports:
        'Line 1, "x": write it like "8080 from namespace monitoring", "5432 from 10.0.0.0/8" or "9000 from anywhere". Line 2, "0 from anywhere": a port is a number from 1 to 65535.',
    });
  });

  it('for a field that is not shown stand at the name', () => {
    const refusal = {
      field: 'access.prod',
      code: 'unknown-choice',
      choice: 'owner',
      known: ['admin'],
    } as const;
    expect(Object.keys(refusalErrors([refusal], ['name', 'clouds']))).toEqual(['name']);
  });
});

describe('the preview', () => {
  const state = {
    repo: 'sandbox-org/platform',
    request: {
      ...filled,
      size: { kind: 'named', name: 'small' },
      access: [],
      reach: { sameNamespace: true, ingress: true, ports: [] },
    },
    title: 't',
    files: [],
    arrivals: [],
    values: filled,
  } as const;

  it('keeps the form and gives it back', () => {
    const view = previewModal({ ...state, adds: [], unknown: [] });
    expect(readPreviewMetadata(view.private_metadata ?? '')).toEqual({
      repo: 'sandbox-org/platform',
      values: filled,
    });
    expect([view.submit?.text, view.close?.text]).toEqual(['Open pull request', 'Back']);
  });

  it('says what is not known and what stands already', () => {
    const text = JSON.stringify(
      previewModal({
        ...state,
        adds: [{ tenant: 'sample', cloud: 'aws', folder: 'common' }],
        unknown: ['platform', 'open-requests'],
      }),
    );
    expect(text).toContain('sample stands in aws common already');
    expect(text).toContain('The platform repository cannot be read just now.');
    expect(text).toContain('Whether a request for this name is open cannot be told');
    expect(text).toContain('the shared files stand already');
  });
});
