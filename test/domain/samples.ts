import type { FormValues } from '../../src/domain/check-request.ts';
import type { CommitSha } from '../../src/domain/ids.ts';
import type { Platform } from '../../src/domain/platform.ts';
import { type Policy, parsePolicy } from '../../src/domain/policy.ts';
import { isRelevantPath, readPlatform } from '../../src/domain/read-platform.ts';

/** The policy that a text gives; the defaults without one. */
export function policyOf(text?: string): Policy {
  const parsed = parsePolicy(text);
  if (parsed.kind === 'invalid') throw new Error(JSON.stringify(parsed.problems));
  return parsed.policy;
}

/** The platform that files (path -> text) make up. */
export function platformOf(files: Readonly<Record<string, string>>, policy: Policy = policyOf()): Platform {
  const paths = Object.keys(files);
  const texts = new Map(Object.entries(files).filter(([path]) => isRelevantPath(path, policy)));
  return readPlatform({ commit: 'c'.repeat(40) as CommitSha, defaultBranch: 'main', paths, texts }, policy);
}

/** A form that can be sent as it is, but for what is given. */
export function formOf(values: Partial<FormValues> = {}): FormValues {
  return {
    name: 'sample',
    clouds: ['aws'],
    environments: ['non-prod', 'prod'],
    size: 'small',
    requestsMemory: '',
    limitsMemory: '',
    requestsCpu: '',
    limitsCpu: '',
    access: {},
    groups: {},
    owner: 'Team Sample',
    contact: '#team-sample',
    reach: ['same-namespace', 'ingress'],
    ports: '',
    labels: {},
    purpose: 'To try things out.',
    ...values,
  };
}

interface KustomizationSample {
  readonly name: string;
  readonly namespace?: string;
  readonly path: string;
  readonly source?: string;
  readonly cluster?: string;
  readonly version?: string;
  readonly more?: string;
}

/** A Flux Kustomization as a file of the platform holds it. */
export function kustomization(sample: KustomizationSample): string {
  const {
    name,
    namespace = 'flux-system',
    path,
    source = 'main',
    cluster,
    version = 'v1',
    more = '',
  } = sample;
  return `apiVersion: kustomize.toolkit.fluxcd.io/${version}
kind: Kustomization
metadata:
  name: ${name}
  namespace: ${namespace}
spec:
  interval: 5m
  path: ${path}
  prune: true
  sourceRef:
    kind: GitRepository
    name: ${source}
    namespace: flux-system
${cluster === undefined ? '' : `  kubeConfig:\n    secretRef:\n      name: ${cluster}-kubeconfig\n`}${more}`;
}

/** A source in git; `ref` as one line of YAML. */
export function gitRepository(name: string, ref: string, more = ''): string {
  return `apiVersion: source.toolkit.fluxcd.io/v1
kind: GitRepository
metadata:
  name: ${name}
  namespace: flux-system
spec:
  interval: 5m
  ref: ${ref}
  url: ssh://git@example.test/sample/platform.git
${more}`;
}

const mgmt = 'providers/aws/v1/mgmt/namespaced';

/** A platform of our own in the model's layout: two clusters, one follows main, one a tag; no tenant yet. */
export const sampleFiles: Readonly<Record<string, string>> = {
  'README.md': '# sample',
  [`${mgmt}/flux-system/gitrepository-main.yaml`]: gitRepository('main', '{ branch: main }'),
  [`${mgmt}/flux-system/gitrepository-release.yaml`]: gitRepository('release', '{ tag: v1.2.3 }'),
  [`${mgmt}/flux-system/kustomization-mgmt.yaml`]: kustomization({
    name: 'mgmt',
    path: './providers/aws/v1/mgmt',
  }),
  [`${mgmt}/one/kustomization-common.yaml`]: kustomization({
    name: 'tenants-common',
    namespace: 'one',
    path: './tenants/aws/common',
    cluster: 'one',
  }),
  [`${mgmt}/one/kustomization-non-prod.yaml`]: kustomization({
    name: 'tenants-non-prod',
    namespace: 'one',
    path: './tenants/aws/non-prod/',
    cluster: 'one',
  }),
  [`${mgmt}/two/kustomization-common.yaml`]: kustomization({
    name: 'tenants-common',
    namespace: 'two',
    path: './tenants/aws/common',
    source: 'release',
    cluster: 'two',
  }),
  [`${mgmt}/two/kustomization-prod.yaml`]: kustomization({
    name: 'tenants-prod',
    namespace: 'two',
    path: 'tenants/aws/prod',
    source: 'release',
    cluster: 'two',
  }),
  'providers/aws/v1/clusters/non-prod/one/namespaced/x.yaml': 'kind: ConfigMap',
  'providers/aws/v1/clusters/prod/two/namespaced/x.yaml': 'kind: ConfigMap',
  'providers/aws/v1/clusters/prod/common/non-namespaced/namespace.yaml':
    'apiVersion: v1\nkind: Namespace\nmetadata:\n  name: prod-common\n',
  'features/ingress-nginx/deployment.yaml': 'kind: Deployment',
};

export function samplePlatform(more: Readonly<Record<string, string>> = {}): Platform {
  return platformOf({ ...sampleFiles, ...more });
}

/** Texts that try to be more than text. */
export const hostileTexts: readonly string[] = [
  'a: b\nkind: Secret\n---\nkind: ClusterRoleBinding',
  '*anchor &a [x, y] !!js/function "x" %TAG',
  "'; DROP TABLE tenants; --",
  '<!channel> <!here> <@U0TENANT01> <https://evil.example|click me> @channel',
  '*bold* _italic_ ~strike~ `code` ```block```',
  '# heading\n## another\n===\n---\n***',
  '@octo-team/admins @octocat please merge, fixes #1, closes GH-2, see owner/repo#3 and org/repo@deadbeefcafe1234',
  '[link](https://evil.example) ![image](https://evil.example/x.png) https://evil.example www.evil.example <a@evil.example> mailto:a@b.example',
  '<script>alert(1)</script> <img src=x onerror=alert(1)> <details><summary>x</summary></details> &lt;b&gt; &#64;octocat',
  '| a | b |\n| - | - |\n| c | d |\n- [ ] task\n1. one\n> [!WARNING]\n> quote\n    code\n\tcode',
  // biome-ignore lint/suspicious/noTemplateCurlyInString: it is what a template engine would take
  '${HOME} $(reboot) `reboot` {{ .Values.secret }} {% include %} <%= x %> #{x} %s %n $x$ $$y$$',
  '../../../etc/passwd\\..\\.. /etc/shadow %2e%2e%2f \0',
  'Request-Id: req-0000000000000000\nRequested-by: Eve (Slack U0EVIL0001)',
  'text\n\nRequest-Id: req-0000000000000000\nRequested-by: Eve (Slack U0EVIL0001)',
  '\u202Egnp.exe\u202C \u2066x\u2069 \u200F\u200E\u061C',
  '👩‍👩‍👧‍👦 🏴󠁧󠁢󠁥󠁮󠁧󠁿 e\u0301 Z̸͍͝a̷l̴g̶o̵ ﷽ \uD800 \uFFFF',
  'null',
  'true',
  '~',
  '1e3',
  '0x1F',
  '2026-01-01',
  '- a',
  '? b',
  ': c',
  '',
  ' ',
  '\n\n',
  '\u2028\u2029\u0085',
  '[^1]: note [^1] :tada: :+1: <https://x.example> [x]: https://evil.example',
  'x'.repeat(100_000),
  '@'.repeat(100_000),
  '<&>'.repeat(33_000),
  '👩‍👩‍👧‍👦'.repeat(9_000),
  '`'.repeat(500),
  'e\u0301'.repeat(400),
];
