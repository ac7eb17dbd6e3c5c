import { createRequire } from 'node:module';
import { documentedPath, restProblems } from './check-rest-answer.ts';
import { webhookProblems } from './check-webhook.ts';

const openapi = createRequire(import.meta.url)('@octokit/openapi/generated/api.github.com.json');
const examples: { name: string; examples: { action?: string }[] }[] = createRequire(import.meta.url)(
  '@octokit/webhooks-examples',
);

function example(name: string): unknown {
  return openapi.components.examples[name].value;
}

describe('the check of REST answers', () => {
  it("takes GitHub's own examples", () => {
    const get = (path: string, name: string) =>
      restProblems({ method: 'GET', path, status: 200, body: example(name) });
    expect(get('/repos/o/r/issues/1', 'issue')).toEqual([]);
    expect(get('/repos/o/r/labels', 'label-items')).toEqual([]);
    expect(get('/repos/o/r/releases/latest', 'release')).toEqual([]);
  });

  it('refuses a missing field, a wrong type and an unknown status', () => {
    const label = { ...(example('label') as object), color: 7, id: undefined };
    const body = JSON.parse(JSON.stringify(label));
    const problems = restProblems({ method: 'GET', path: '/repos/o/r/labels/x', status: 200, body });
    expect(problems.join()).toMatch(/color.*id|id.*color/);
    expect(restProblems({ method: 'GET', path: '/repos/o/r/labels/x', status: 203, body })).toHaveLength(1);
  });

  it('finds the documented path, slashes in names included', () => {
    expect(documentedPath('GET', '/repos/o/r/git/ref/heads/a/b')).toBe('/repos/{owner}/{repo}/git/ref/{ref}');
    expect(documentedPath('GET', '/repos/o/r/commits/abc/check-runs')).toBe(
      '/repos/{owner}/{repo}/commits/{ref}/check-runs',
    );
    expect(documentedPath('GET', '/nothing/here')).toBeUndefined();
  });
});

describe('the check of webhooks', () => {
  it('takes an example of GitHub and refuses a broken one', () => {
    const old = examples.find((event) => event.name === 'label')?.examples[0] as { label: object };
    const label = { ...old, label: { ...old.label, description: null } };
    expect(webhookProblems('label', label)).toEqual([]);
    expect(webhookProblems('label', { ...label, label: { id: 'x' } })).not.toEqual([]);
    expect(webhookProblems('label', { action: 'invented' })).toEqual([
      'GitHub has no webhook label-invented',
    ]);
  });
});
