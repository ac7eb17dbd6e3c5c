import { issueChanged } from '../../../handlers/github/issue.ts';
import { pullRequestChanged } from '../../../handlers/github/pull-request.ts';
import { pushed } from '../../../handlers/github/push.ts';
import { releaseChanged } from '../../../handlers/github/release.ts';
import { REPO } from '../../support/sample-platform.ts';

function intake() {
  const hints: string[] = [];
  return {
    hints,
    lookAtPlatform: async (repo: string) => void hints.push(repo),
    lookAtRequest: async (repo: string, number: number) => void hints.push(`${repo}#${number}`),
    lookAtRelease: async (repo: string, id: number, tag: string) => void hints.push(`${repo}!${id} ${tag}`),
    lookAtPull: async () => {},
    lookAtConventions: async () => {},
    lookAtIssue: async (repo: string, number: number) => void hints.push(`issue ${repo}#${number}`),
    lookAtChanges: async () => {},
  };
}

describe('an event of GitHub', () => {
  it.each([
    ['a push to the default branch has the platform looked at', 'refs/heads/main', [REPO]],
    ['a push to another branch has nothing looked at', 'refs/heads/tenant-shop', []],
    ['a tag has the platform looked at', 'refs/tags/main', [REPO]],
  ])('%s', async (_what, ref, hints) => {
    const to = intake();
    await pushed(to, REPO, { ref, repository: { full_name: REPO, default_branch: 'main' } });
    expect(to.hints).toEqual(hints);
  });

  it.each([
    ['opened', '### Name of the namespace\n\nshop', [`issue ${REPO}#30`]],
    ['edited', '### Name of the namespace\n\nshop', [`issue ${REPO}#30`]],
    ['labeled', '### Name of the namespace\n\nshop', []],
    ['opened', 'something else', []],
    ['opened', null, []],
  ])('an issue that was %s and says %j has this looked at: %j', async (action, body, hints) => {
    const to = intake();
    await issueChanged(to, REPO, { action, repository: { full_name: REPO }, issue: { number: 30, body } });
    expect(to.hints).toEqual(hints);
  });

  it.each([
    ['opened', 'tenant-shop', [`${REPO}#7`, REPO]],
    ['closed', 'tenant-shop', [`${REPO}#7`, REPO]],
    ['submitted', 'tenant-shop', [`${REPO}#7`]],
    ['opened', 'fix-typo', []],
  ])('a pull request that was %s from %s has this looked at: %j', async (action, ref, hints) => {
    const to = intake();
    const pull_request = { number: 7, head: { ref } };
    await pullRequestChanged(to, REPO, { action, repository: { full_name: REPO }, pull_request }, undefined);
    expect(to.hints).toEqual(hints);
  });

  it.each([
    ['published', false, [`${REPO}!5 v0.2.0`]],
    ['edited', false, [`${REPO}!5 v0.2.0`]],
    ['deleted', false, [`${REPO}!5 v0.2.0`]],
    ['unpublished', true, [`${REPO}!5 v0.2.0`]],
    ['deleted', true, [`${REPO}!5 v0.2.0`]],
    ['created', true, []],
    ['edited', true, []],
  ])('a release that was %s (draft: %s) has this looked at: %j', async (action, draft, hints) => {
    const to = intake();
    const release = { id: 5, tag_name: 'v0.2.0', draft };
    await releaseChanged(to, REPO, { action, repository: { full_name: REPO }, release });
    expect(to.hints).toEqual(hints);
  });

  it('fails when Redis does not take the hint, so that GitHub is told so', async () => {
    const to = { ...intake(), lookAtPlatform: () => Promise.reject(new Error('Redis is away')) };
    const event = { ref: 'refs/heads/main', repository: { full_name: REPO, default_branch: 'main' } };
    await expect(pushed(to, REPO, event)).rejects.toThrow('Redis is away');
  });
});
