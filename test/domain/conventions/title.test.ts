import fc from 'fast-check';
import { fleet } from '../effects/repositories.ts';
import { policyOf } from '../samples.ts';
import { checked } from './pull.ts';

const tenant = { 'tenants/aws/common/shop/x.md': 'x' };
const feature = { 'features/ingress/x.md': 'x' };

function judge(title: string, files: Readonly<Record<string, string>> = tenant, policy = policyOf()) {
  const { findings, suggestedTitle } = checked(fleet(), { ...fleet(), ...files }, title, policy);
  return { code: findings[0]?.problem.code, suggestedTitle };
}

describe('a title', () => {
  it.each([
    'feat(ingress): add nginx controller deployment',
    'chore(release): promote v0.0.3 to aws prod',
    'fix: correct filenames',
    'feat(api)!: drop the old one',
    'tenants(shop): onboarding namespace to aws',
    'tenants: tidy up',
    'providers(aws): apply access-control feature to mgmt cluster',
    'features(ingress): add it',
    'apps(shop): the repository has this folder',
  ])('that follows the convention: %s', (title) => {
    expect(judge(title)).toEqual({ code: undefined, suggestedTitle: undefined });
  });

  it.each([
    ['Feat(ingress): Add it', 'title-form', 'feat(ingress): add it'],
    ['feat (ingress) : add it.', 'title-form', 'feat(ingress): add it'],
    ['feat(ingress):add it', 'title-form', 'feat(ingress): add it'],
    ['feat[ingress]: add it', 'title-form', 'feat(ingress): add it'],
    ['feature(ingress): add it', 'title-type', 'feat(ingress): add it'],
    ['faet(ingress): add it', 'title-type', 'feat(ingress): add it'],
    ['tenant(shop): more memory', 'title-type', 'tenants(shop): more memory'],
    ['tenants(shpo): more memory', 'title-area', 'tenants(shop): more memory'],
    ['tenants(elsewhere): more memory', 'title-area', 'tenants(shop): more memory'],
    ['Give shop more memory', 'title-form', 'tenants(shop): give shop more memory'],
    ['feat: add it (#12)', 'title-form', 'feat: add it'],
    ['Revert "tenants(shop): more memory (#12)"', 'title-form', 'revert: tenants(shop): more memory'],
    ['JIRA-12: more memory', 'title-form', undefined],
    ['   ', 'title-form', undefined],
    ['zebra(shop): more memory', 'title-type', undefined],
  ])('%s is %s, and mended as %s', (title, code, suggestedTitle) => {
    expect(judge(title)).toEqual({ code, suggestedTitle });
  });

  it('gets its type from the files where they are of one feature', () => {
    expect(judge('Add the controller', feature).suggestedTitle).toBe('features(ingress): add the controller');
    expect(judge('Add the controller', { ...tenant, ...feature }).suggestedTitle).toBeUndefined();
  });

  it('may begin with what the policy says', () => {
    const policy = policyOf('conventions:\n  types: [ops]\n');
    expect(judge('ops: rotate', tenant, policy).code).toBeUndefined();
    expect(judge('chore: rotate', tenant, policy).code).toBe('title-type');
  });

  it('is never mended into one that is refused itself', () => {
    fc.assert(
      fc.property(fc.string({ maxLength: 60 }), fc.string({ maxLength: 20 }), (one, other) => {
        for (const title of [one, `${one}: ${other}`, `feat(${one}): ${other}`]) {
          const { suggestedTitle } = judge(title);
          if (suggestedTitle !== undefined) expect(judge(suggestedTitle).code).toBeUndefined();
        }
      }),
      { numRuns: 50 },
    );
  });
});
