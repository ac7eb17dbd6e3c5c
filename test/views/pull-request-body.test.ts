import fc from 'fast-check';
import remarkGfm from 'remark-gfm';
import remarkParse from 'remark-parse';
import { unified } from 'unified';
import { arrivals } from '../../src/domain/arrival.ts';
import { checkRequest, type FormValues } from '../../src/domain/check-request.ts';
import { parseTrailers } from '../../src/domain/convention.ts';
import type { RequestId, SlackUserId } from '../../src/domain/ids.ts';
import { tenantFiles } from '../../src/domain/tenant.ts';
import { pullRequestBody } from '../../src/views/pull-request-body.ts';
import { formOf, hostileTexts, policyOf, samplePlatform } from '../domain/samples.ts';

const requestId = 'req-0123456789abcdef' as RequestId;
const slackId = 'U0TENANT01' as SlackUserId;

function bodyOf(
  values: Partial<FormValues>,
  name = 'Tess Tenant (sample)',
  platform = samplePlatform(),
): string | undefined {
  const checked = checkRequest(formOf(values), { policy: policyOf(), platform, openRequests: [] });
  if (checked.kind === 'refused') return undefined;
  const files = tenantFiles(checked.request, policyOf(), platform);
  const request = { ...checked.request, id: requestId, askedBy: { slackId, name } };
  return pullRequestBody({
    request,
    files,
    arrivals: arrivals(
      files.map(({ path }) => path),
      platform,
    ),
  });
}

interface Node {
  readonly type: string;
  readonly depth?: number;
  readonly value?: string;
  readonly children?: readonly Node[];
}

function outline(markdown: string): string[] {
  const root = unified().use(remarkParse).use(remarkGfm).parse(markdown) as Node;
  const walk = (node: Node): string[] => [node.type, ...(node.children ?? []).flatMap(walk)];
  return walk(root).filter((type) => type !== 'text' && type !== 'break');
}

describe("a pull request's body", () => {
  it('says who asks, why, what each file is for and what happens when', () => {
    expect(
      bodyOf({ purpose: 'To sell shoes.\n\nFrom May on.', ports: '8080 from anywhere' }),
    ).toBe(`Tess Tenant (sample) asks for the namespace \`sample\` on aws, for non-prod and prod.

**Owning team:** \`Team Sample\`  
**Contact:** \`#team-sample\`

### Why

> To sell shoes.  
>
> From May on.  

### What each file is for

| File | What it is for |
| --- | --- |
| \`tenants/aws/common/sample/namespace.yaml\` | the namespace itself |
| \`tenants/aws/common/sample/limitrange-default.yaml\` | what a container gets that asks for nothing |
| \`tenants/aws/common/sample/resourcequota-compute.yaml\` | how much processor and memory all pods together may use |
| \`tenants/aws/common/sample/resourcequota-objects.yaml\` | how many objects of each kind there may be |
| \`tenants/aws/common/sample/serviceaccount-sample.yaml\` | the tenant's service account |
| \`tenants/aws/common/sample/networkpolicy-deny-default.yaml\` | closes the namespace to everything that no other file lets in |
| \`tenants/aws/common/sample/networkpolicy-allow-same-namespace.yaml\` | lets pods of the namespace reach each other |
| \`tenants/aws/common/sample/networkpolicy-allow-ingress.yaml\` | lets the ingress controller in |
| \`tenants/aws/common/sample/networkpolicy-allow-tcp-8080.yaml\` | lets the sources it names reach TCP port 8080 |
| \`tenants/aws/non-prod/sample/rolebinding-admin.yaml\` | gives the level admin (namespace-admin) in non-prod |
| \`tenants/aws/prod/sample/rolebinding-reader.yaml\` | gives the level reader (namespace-reader) in prod |

### What happens when

- **one**: at merge, within a few minutes
- **two**: with the next promotion (it runs tag v1.2.3 now)

Request-Id: req-0123456789abcdef
Requested-by: Tess Tenant sample (Slack U0TENANT01)`);
  });

  const text = fc.oneof(
    fc.string({ unit: 'binary', minLength: 1, maxLength: 60 }),
    fc.constantFrom(...hostileTexts.map((hostile) => hostile.slice(0, 60))),
  );

  it('has the same shape whatever was typed, and its own trailers', () => {
    const shape = outline(bodyOf({ purpose: 'x' }) ?? '');
    fc.assert(
      fc.property(text, text, text, text, (owner, contact, purpose, name) => {
        const body = bodyOf({ owner: `o${owner}`, contact: `c${contact}`, purpose: `p${purpose}` }, name);
        if (body === undefined) return;
        const paragraphsOfPurpose = outline(body).filter(
          (type, index, all) => type !== 'paragraph' || all[index - 1] !== 'paragraph',
        );
        expect(paragraphsOfPurpose).toEqual(shape);
        expect(parseTrailers(body)).toMatchObject({ requestId, requestedBy: slackId });
      }),
      { numRuns: 30 },
    );
  });

  it('fits into what GitHub takes, however much there is', () => {
    const platform = samplePlatform(
      Object.fromEntries(
        Array.from({ length: 60 }, (_, index) => [`tenants/${'cloud'.repeat(15)}-${index}/dev/x/y.yaml`, '']),
      ),
    );
    const clouds = platform.clouds
      .map(({ name }) => name)
      .filter((name) => name.startsWith('cloud'))
      .slice(0, 25);
    const body = bodyOf(
      { clouds, environments: ['dev'], purpose: '*'.repeat(500) },
      'x'.repeat(5000),
      platform,
    );
    expect(body?.length).toBeGreaterThan(10_000);
    expect(body?.length).toBeLessThanOrEqual(65_536);
    expect(parseTrailers(body ?? '').requestId).toBe(requestId);
  });
});
