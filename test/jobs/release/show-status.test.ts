import { showStatus } from '../../../jobs/release/show-status.ts';
import { REPO } from '../../support/sample-platform.ts';
import { PAT, ReleaseScene } from './release-scene.ts';

async function status(scene: ReleaseScene, attempt = 1): Promise<string> {
  const log = { info: () => {}, warn: () => {}, error: () => {} };
  const context = { attempt, signal: new AbortController().signal, log };
  await showStatus(scene.deps).run({ v: 1, repo: REPO, askedBy: PAT, viewId: 'V1' }, context);
  return scene.views.words('V1');
}

describe('the status of the platform', () => {
  it('shows what each cluster runs, what waits for the next release, and what is under way', async () => {
    const scene = new ReleaseScene();
    scene.github.openPulls.push(
      { number: 21, url: 'https://git.example/21', title: 'chore(release): promote v0.1.0 to aws prod' },
      { number: 22, url: 'https://git.example/22', title: 'tenants(shop): onboarding namespace to aws' },
    );
    const words = await status(scene);
    for (const part of ['prod-1', 'v0.1.0', 'non-prod-1', 'main', 'more memory', '#21', '#22']) {
      expect(words).toContain(part);
    }
  });

  it('says when nothing waits', async () => {
    const scene = new ReleaseScene();
    scene.releases.tags.set('v0.1.0', scene.releases.head);
    expect(await status(scene)).toContain('Nothing waits');
    expect(scene.releases.count('readRange')).toBe(0);
  });

  it('is not shown to guests', async () => {
    const scene = new ReleaseScene();
    scene.person = { id: PAT, name: 'Gus', isMember: false };
    expect(await status(scene)).toContain('Guests cannot see');
  });

  it('says that GitHub does not answer after a few tries', async () => {
    const scene = new ReleaseScene();
    scene.releases.mishaps.set('readReleaseFacts', ['fails', 'fails']);
    await expect(status(scene)).rejects.toThrow();
    expect(await status(scene, 3)).toContain('GitHub does not answer');
  });
});
