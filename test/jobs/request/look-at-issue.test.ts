import { lookAtIssue } from '../../../jobs/request/look-at-issue.ts';
import { readRequestChange } from '../../../src/domain/convention.ts';
import type { GitHubLogin, SlackUserId } from '../../../src/domain/ids.ts';
import type { IssueFacts } from '../../../src/domain/request/issue-request.ts';
import { RetryableError } from '../../../src/errors.ts';
import { RequestScene, TESS } from '../../support/request-scene.ts';
import { REPO } from '../../support/sample-platform.ts';

const payload = { v: 1, repo: REPO, number: 30 };
const bodyOf = (over: Readonly<Record<string, string>> = {}) =>
  Object.entries({
    'Name of the namespace': 'kiosk',
    Clouds: 'aws',
    Environments: 'non-prod, prod',
    Size: 'small',
    Access: '_No response_',
    'Owning team': 'Team Kiosk',
    Contact: '#team-kiosk',
    'What may reach it': '- [X] The ingress controller',
    'Further TCP ports': '_No response_',
    Labels: '_No response_',
    Purpose: 'Sells papers.',
    ...over,
  })
    .map(([heading, text]) => `### ${heading}\n\n${text}`)
    .join('\n\n');

/** A scene with one issue, on which our comment stands as it was written last. */
function sceneOf(over: Partial<IssueFacts> = {}, policy?: string) {
  const scene = new RequestScene(policy);
  const comments: string[] = [];
  let message = '';
  scene.requests.issue = {
    number: 30,
    url: 'https://git.example/acme/platform/issues/30',
    body: bodyOf(),
    isOpen: true,
    author: 'tess-tenant' as GitHubLogin,
    association: 'MEMBER',
    ownComments: [],
    updatedAt: '2026-01-02T00:00:00Z',
    ...over,
  };
  scene.changes.comment = async (_repo, _number, _key, markdown) => {
    comments.push(markdown);
    if (scene.requests.issue) scene.requests.issue = { ...scene.requests.issue, ownComments: [markdown] };
  };
  const open = scene.github.openPullRequest;
  scene.github.openPullRequest = async (plan) => {
    message = plan.commit?.body ?? message;
    return open(plan);
  };
  scene.requests.readStanding = async () => {
    const [pull] = scene.github.pulls;
    const { standing } = scene.requests;
    if (!pull || !standing) return undefined;
    const commit = { sha: pull.head, ours: true, changeId: readRequestChange(message), message };
    return { ...standing, pull, commits: [commit] };
  };
  const look = () => scene.run(payload, 1, lookAtIssue);
  return { scene, comments, look };
}

describe('an issue that asks for a tenant', () => {
  it('becomes one pull request that names its asker, however often it is looked at', async () => {
    const { scene, comments, look } = sceneOf();
    await look();
    await look();
    expect(scene.github.pulls).toMatchObject([{ branch: 'tenant-kiosk', requestedBy: undefined }]);
    expect(comments.at(-1)).toContain('#1 is this request');
    expect(comments).toHaveLength(2);
    expect(scene.hints).toEqual([1]);
  });

  it.each(['reserveBranch', 'openPullRequest'] as const)(
    'is one pull request when %s is unclear',
    async (method) => {
      const { scene, comments } = sceneOf();
      scene.github.mishaps.set(method, ['done-but-unclear']);
      await scene.runUntilDone(payload, lookAtIssue);
      expect(scene.github.pulls).toHaveLength(1);
      expect(comments.at(-1)).toContain('#1 is this request');
    },
  );

  it('is known again when its comment is lost', async () => {
    const { scene, comments, look } = sceneOf();
    await look();
    const [pull] = scene.github.pulls;
    if (scene.requests.issue) scene.requests.issue = { ...scene.requests.issue, ownComments: [] };
    // What stands is read of the request's pull request, which is closed here.
    scene.requests.standing = undefined;
    await look();
    expect(scene.github.pulls).toEqual([pull]);
    expect(comments.at(-1)).toContain('it has ended');
  });

  it('waits for GitHub, and is not taken for seen', async () => {
    const { scene } = sceneOf();
    scene.github.mishaps.set('readRequestFacts', ['fails']);
    await expect(scene.run(payload, 1, lookAtIssue)).rejects.toThrow(RetryableError);
    expect(scene.github.pulls).toEqual([]);
  });

  it.each<[string, Partial<IssueFacts>, string | undefined, string]>([
    ['a stranger', { association: 'NONE' }, undefined, 'Only members'],
    ['whoever once contributed', { association: 'CONTRIBUTOR' }, undefined, 'Only members'],
    ['an App, or an account that is gone', { author: undefined }, undefined, 'Only members'],
    [
      'whom no Slack group can tell',
      {},
      'onboarding: { who: { usergroups: [S0X] } }\n',
      'which Slack account is yours',
    ],
    [
      'whom the groups leave out',
      {},
      'onboarding: { who: { usergroups: [S0X] } }\npeople: [{ slack: [U0TESS], github: [tess-tenant] }]\n',
      'does not let you',
    ],
  ])('opens nothing for %s', async (_who, over, policy, words) => {
    const { scene, comments, look } = sceneOf(over, policy);
    await look();
    await look();
    expect(scene.github.pulls).toEqual([]);
    expect(comments).toEqual([expect.stringContaining(words)]);
  });

  it('opens nothing for a guest, whatever GitHub calls them', async () => {
    const { scene, comments, look } = sceneOf({}, 'people: [{ slack: [U0TESS], github: [tess-tenant] }]\n');
    scene.people.set(TESS, { id: TESS, name: 'Tess', isMember: false });
    await look();
    expect(scene.github.pulls).toEqual([]);
    expect(comments.at(-1)).toContain('does not let you');
  });

  it('is that of the Slack account that the policy knows', async () => {
    const { scene, look } = sceneOf({}, 'people: [{ slack: [U0TESS], github: [Tess-Tenant] }]\n');
    await look();
    expect(scene.github.pulls[0]?.requestedBy).toBe('U0TESS' as SlackUserId);
  });

  it('says what has to change, once for each text', async () => {
    const { scene, comments, look } = sceneOf({ body: bodyOf({ Size: 'gigantic' }) });
    await look();
    await look();
    expect(comments).toEqual([expect.stringContaining('**Size**')]);
    if (scene.requests.issue)
      scene.requests.issue = { ...scene.requests.issue, body: bodyOf({ Labels: 'x' }) };
    await look();
    expect(comments.at(-1)).toContain('**Labels**: `x`');
    expect(scene.github.pulls).toEqual([]);
  });

  it('never becomes a second request by another name', async () => {
    const { scene, comments, look } = sceneOf();
    await look();
    const other = bodyOf({ 'Name of the namespace': 'booth' });
    if (scene.requests.issue) scene.requests.issue = { ...scene.requests.issue, body: other };
    await look();
    await look();
    expect(scene.github.pulls).toHaveLength(1);
    expect(comments.at(-1)).toContain('`kiosk`');
  });

  it.each<[string, Partial<IssueFacts>]>([
    ['is closed', { isOpen: false }],
    ['was not made with the form', { body: 'hello' }],
  ])('that %s is left alone', async (_what, over) => {
    const { scene, comments, look } = sceneOf(over);
    await look();
    expect(scene.github.pulls).toEqual([]);
    expect(comments).toEqual([]);
  });
});
