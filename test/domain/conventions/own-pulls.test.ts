import { HISTORY } from '../../../sandbox/sample/history.ts';
import { checkRequest } from '../../../src/domain/check-request.ts';
import { tenantTitle } from '../../../src/domain/convention.ts';
import type { FormValues } from '../../../src/domain/form/values.ts';
import { promotionTitle } from '../../../src/domain/promotion/promotion-names.ts';
import { promotionPlaces } from '../../../src/domain/promotion/promotion-places.ts';
import { tenantFiles } from '../../../src/domain/tenant.ts';
import { formOf, platformOf, policyOf } from '../samples.ts';
import { checked, lines } from './pull.ts';

type Files = Readonly<Record<string, string>>;

/** The sample's files once so many of its pull requests are merged. */
function filesAt(merged: number): Files {
  return Object.assign({}, ...HISTORY.slice(0, merged + 1).map(({ files }) => files));
}

const now = filesAt(HISTORY.length - 1);
const policy = policyOf(now['.github/trunkline.yaml']);

describe('pull requests that nobody would complain of', () => {
  it.each(HISTORY.slice(1).map(({ title }, index) => [title, index] as const))(
    'of the sample platform: %s',
    (title, index) => {
      const told = checked(filesAt(index), filesAt(index + 1), title.replace(/ \(#\d+\)$/, ''), policy);
      // A cluster that comes before its first tenant: Flux fails on the folder until that is there.
      const others = told.findings.filter(({ problem }) => {
        return problem.code !== 'missing-path' || !problem.wanted.startsWith('tenants/');
      });
      expect(lines(others)).toEqual([]);
      expect(told.suggestedTitle).toBeUndefined();
    },
  );

  it.each<Partial<FormValues>>([
    { name: 'shop' },
    { name: 'shop', clouds: ['aws', 'azure'], environments: ['non-prod'], size: 'large' },
    { name: 'shop', reach: ['ingress'], access: { prod: 'reader' } },
  ])('of our own, for a tenant: %j', (values) => {
    const platform = platformOf(now, policy);
    const request = checkRequest(formOf(values), { policy, platform, openRequests: [] });
    if (request.kind === 'refused') throw new Error(JSON.stringify(request.refusals));
    const files = tenantFiles(request.request, policy, platform);
    const after = { ...now, ...Object.fromEntries(files.map(({ path, content }) => [path, content])) };
    const title = tenantTitle('shop', values.clouds ?? ['aws']);
    expect(lines(checked(now, after, title, policy).findings)).toEqual([]);
  });

  it('of our own, for a promotion', () => {
    const source = Object.keys(now).find((path) => /aws.*gitrepository-release/.test(path)) ?? '';
    const after = { ...now, [source]: (now[source] ?? '').replace(/tag: \S+/, 'tag: v9.9.9') };
    const places = promotionPlaces(platformOf(now, policy), policy);
    for (const place of places) {
      const title = promotionTitle('v9.9.9', place, places);
      expect(lines(checked(now, after, title, policy).findings)).toEqual([]);
    }
    expect(places.length).toBeGreaterThan(0);
  });
});
