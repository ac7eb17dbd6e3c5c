import { PermanentError } from '../../../src/errors.ts';
import { releaseFormCallback } from '../../../src/views/release/release-form.ts';
import { directOf, pullOf } from '../../domain/release/release-samples.ts';
import { REPO, samplePlatform } from '../../support/sample-platform.ts';
import { HEAD, LATER, ReleaseScene, V1 } from './release-scene.ts';

const shown = (scene: ReleaseScene) => scene.views.words('V1');

describe('the release form that somebody asked for', () => {
  it('shows what is new, the version with its reason, and writes nothing', async () => {
    const scene = new ReleaseScene();
    await scene.show();
    expect(scene.views.shown.get('V1')).toMatchObject({ callback_id: releaseFormCallback });
    for (const words of ['v0.1.0', '#11', '#12', 'v0.2.0, since feat(dns)', HEAD.slice(0, 7)]) {
      expect(shown(scene)).toContain(words);
    }
    expect(scene.releases.tags.size).toBe(1);
    expect(scene.releases.count('createTag') + scene.releases.count('publishRelease')).toBe(0);
  });

  it('is drawn from what was worked out before when it is opened again', async () => {
    const scene = new ReleaseScene();
    await scene.show();
    await scene.show();
    expect(scene.releases.count('readRange')).toBe(1);
    expect(scene.releases.count('readReleaseFacts')).toBe(2);
  });

  it.each([
    ['the last version is the head', (scene: ReleaseScene) => void scene.releases.tags.set('v0.1.0', HEAD)],
    [
      'nothing lies between',
      (scene: ReleaseScene) => {
        scene.releases.range = { pulls: [], direct: [], held: [], relation: 'behind' };
      },
    ],
  ])('says that there is nothing to release when %s', async (_, prepare) => {
    const scene = new ReleaseScene();
    prepare(scene);
    await scene.show();
    expect(shown(scene)).toContain('There is nothing to release: v0.1.0');
    expect(scene.views.shown.get('V1')?.submit).toBeUndefined();
  });

  it('tells what it will do by the head itself, where what is at hand is older', async () => {
    const scene = new ReleaseScene();
    const path = 'tenants/aws/prod/shop/namespace.yaml';
    const files = samplePlatform();
    const texts = new Map(
      [...files.texts].map(([name, text]) => [name, text.replace('tag: v0.1.0', 'tag: v0.0.9')] as const),
    );
    const after = { ...files, commit: HEAD, paths: [...files.paths, path], texts };
    const oids = new Map(files.paths.map((each) => [each, `old ${each}`]));
    scene.releases.commits.set(V1, { files: { ...files, commit: V1 }, oids });
    scene.releases.commits.set(HEAD, { files: after, oids: new Map([...oids, [path, 'new']]) });
    scene.releases.blobs.set('new', 'apiVersion: v1\nkind: Namespace\nmetadata:\n  name: shop\n');
    await scene.show();
    expect(shown(scene)).toContain('it runs v0.0.9 now');
  });

  it('proposes the first version where there is none', async () => {
    const scene = new ReleaseScene();
    scene.releases.tags.clear();
    scene.releases.releases.length = 0;
    await scene.show();
    expect(shown(scene)).toContain('v0.1.0, since it is the first release');
  });

  it('says what is half done between tags and releases', async () => {
    const scene = new ReleaseScene();
    scene.releases.tags.set('v0.1.1', V1);
    scene.releases.add(REPO, 'v0.5.0');
    scene.releases.add(REPO, 'v0.6.0', { isDraft: true });
    await scene.show();
    expect(shown(scene)).toContain('Tag v0.1.1 has no release on GitHub');
    expect(shown(scene)).toContain('Release v0.5.0 on GitHub has no tag');
    expect(shown(scene)).toContain('A draft of v0.6.0 waits');
  });

  it('says that the history was rewritten, and names commits without a pull request', async () => {
    const scene = new ReleaseScene();
    scene.releases.range = {
      pulls: [pullOf(12, 'fix: y')],
      direct: [directOf('by hand')],
      held: [9],
      relation: 'diverged',
    };
    await scene.show();
    expect(shown(scene)).toContain('v0.1.0 is not in the history of main');
    expect(shown(scene)).toContain('1 commit came without a pull request');
  });

  it.each([
    [
      'a guest',
      (scene: ReleaseScene) =>
        void Object.assign(scene, { person: { id: 'U1' as never, name: 'G', isMember: false } }),
    ],
    ['a stranger', (scene: ReleaseScene) => void Object.assign(scene, { person: undefined })],
    [
      'somebody whom the policy does not name',
      (scene: ReleaseScene) =>
        void Object.assign(scene, { policy: 'release: {who: {usergroups: [S0OTHERS]}}' }),
    ],
  ])('is not shown to %s', async (_, prepare) => {
    const scene = new ReleaseScene();
    prepare(scene);
    await scene.show();
    expect(shown(scene)).toContain('You may not cut a release');
    expect(scene.releases.calls).toEqual([]);
  });

  it('names the first mistake of the policy in its place', async () => {
    const scene = new ReleaseScene();
    scene.policy = 'releases: {}';
    await scene.show();
    expect(shown(scene)).toContain('did you mean');
  });

  it('waits for GitHub twice, then says that it does not answer', async () => {
    const scene = new ReleaseScene();
    scene.releases.mishaps.set('readReleaseFacts', ['fails', 'fails', 'fails']);
    await expect(scene.show(1)).rejects.toThrow();
    await expect(scene.show(2)).rejects.toThrow();
    await scene.show(3);
    expect(shown(scene)).toContain('GitHub does not answer just now');
  });

  it('says at once what no second try can mend', async () => {
    const scene = new ReleaseScene();
    scene.releases.before = (method) => {
      if (method === 'readRange') throw new PermanentError('tag-gone', 'gone');
    };
    await scene.show();
    expect(shown(scene)).toContain('is gone');
  });

  it("goes on without GitHub's own notes when they are refused, and says so", async () => {
    const scene = new ReleaseScene();
    scene.releases.before = (method) => {
      if (method === 'generateNotes') throw new PermanentError('refused', 'no');
    };
    await scene.show();
    expect(shown(scene)).toContain('were not compared');
  });

  it('comes again when main moved while it was read', async () => {
    const scene = new ReleaseScene();
    scene.releases.before = (method) => {
      if (method === 'readRange') scene.releases.head = LATER;
    };
    await expect(scene.show()).rejects.toThrow('has moved');
    await scene.show(2);
    expect(shown(scene)).toContain(LATER.slice(0, 7));
  });
});
