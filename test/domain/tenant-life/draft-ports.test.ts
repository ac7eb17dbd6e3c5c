import fc from 'fast-check';
import { allowPortManifest, writeManifest } from '../../../src/domain/manifests.ts';
import { draftEdit } from '../../../src/domain/tenant-life/draft-edit.ts';
import { portLines, portPolicies } from '../../../src/domain/tenant-life/port-policies.ts';
import { tenantFolders } from '../../../src/domain/tenant-life/tenant-texts.ts';
import type { PortRule } from '../../../src/domain/tenant-request.ts';
import { platformOf, policyOf } from '../samples.ts';

const policy = policyOf();
const at = 'tenants/aws/common/shop';
const rule = (port: number, name = 'monitoring'): PortRule => ({ port, from: { kind: 'namespace', name } });
const file = (port: number, ...rules: readonly PortRule[]) => ({
  [`${at}/networkpolicy-allow-tcp-${port}.yaml`]: writeManifest(
    allowPortManifest({ name: 'shop' }, port, rules),
  ),
});

function draft(ports: string, files: Readonly<Record<string, string>>) {
  const all = { [`${at}/namespace.yaml`]: 'kind: Namespace\nmetadata: { name: shop }\n', ...files };
  const facts = {
    policy,
    platform: platformOf(all),
    paths: Object.keys(all),
    texts: new Map(Object.entries(all)),
  };
  return draftEdit('shop', { kind: 'ports', places: [{ cloud: 'aws', folder: 'common', ports }] }, facts);
}

function linesOf(files: Readonly<Record<string, string>>): string {
  const [folder] = tenantFolders('shop', new Map(Object.entries(files)), policy);
  return folder ? portLines(portPolicies('shop', folder).flatMap(({ rules }) => rules)) : '';
}

describe('further ports of a tenant that stands', () => {
  it('are opened by the file that onboarding would write', () => {
    expect(draft('8080 from namespace monitoring', {})).toMatchObject({
      draft: {
        title: 'tenants(shop): open TCP port 8080',
        files: [
          {
            path: `${at}/networkpolicy-allow-tcp-8080.yaml`,
            before: '',
            after: Object.values(file(8080, rule(8080)))[0],
          },
        ],
        deletions: [],
      },
    });
  });

  it('are closed by taking the file away, and changed in place', () => {
    const files = { ...file(80, rule(80)), ...file(443, rule(443)) };
    const result = draft('443 from namespace other', files);
    if (result.kind === 'refused') throw new Error(JSON.stringify(result.refusals));
    expect(result.draft.title).toBe('tenants(shop): change open TCP ports');
    expect(result.draft.deletions).toEqual([`${at}/networkpolicy-allow-tcp-80.yaml`]);
    expect(result.draft.files.map(({ path }) => path)).toEqual([`${at}/networkpolicy-allow-tcp-443.yaml`]);
  });

  it('leave files alone that the form could not have written, and say which when one would have to change', () => {
    const [path = '', text = ''] = Object.entries(file(80, rule(80)))[0] ?? [];
    const wider = { [path]: text.replace('Ingress\n', 'Ingress\n  - Egress\n') };
    expect(linesOf(wider)).toBe('');
    expect(draft('', wider)).toEqual({ kind: 'refused', refusals: [{ code: 'ports-same' }] });
    const byHand = { kind: 'refused', refusals: [{ code: 'ports-by-hand', paths: [path] }] };
    expect(draft('80 from anywhere', wider)).toEqual(byHand);
    expect(draft('80 from anywhere', { [path]: `# ours\n${text}` })).toEqual(byHand);
    expect(draft('80 from namespace monitoring', { [path]: `# ours\n${text}` })).toMatchObject({
      refusals: [{ code: 'ports-same' }],
    });
    const list = { [`${at}/kustomization.yaml`]: 'resources: [namespace.yaml]\n' };
    expect(draft('80 from anywhere', list)).toMatchObject({ refusals: [{ code: 'folder-listed' }] });
    expect(draft('80', {})).toMatchObject({ refusals: [{ code: 'port-line' }] });
  });

  it('read, written and read again are the same, and going back gives the old files', () => {
    const source = fc.oneof(
      fc.constantFrom('a', 'monitoring').map((name) => `namespace ${name}`),
      fc.constantFrom('10.0.0.0/8', 'fd00::/8'),
      fc.constant('anywhere'),
    );
    const line = fc
      .tuple(fc.constantFrom(80, 443, 8080), source)
      .map(([port, from]) => `${port} from ${from}`);
    const lines = fc.uniqueArray(line, { minLength: 1, maxLength: 6 });
    fc.assert(
      fc.property(lines, lines, (first, second) => {
        const step = (files: Readonly<Record<string, string>>, ports: readonly string[]) => {
          const result = draft(ports.join('\n'), files);
          if (result.kind === 'refused') {
            expect(result.refusals).toEqual([{ code: 'ports-same' }]);
            return files;
          }
          const kept = Object.entries(files).filter(([path]) => !result.draft.deletions.includes(path));
          const written = result.draft.files.map(({ path, after }) => [path, after] as const);
          return Object.fromEntries([...kept, ...written]);
        };
        const one = step({}, first);
        const two = step(one, second);
        const back = step(two, linesOf(one).split('\n'));
        expect(linesOf(back).split('\n').toSorted()).toEqual(linesOf(one).split('\n').toSorted());
        expect(Object.keys(back).toSorted()).toEqual(Object.keys(one).toSorted());
      }),
      { numRuns: 30 },
    );
  });
});
