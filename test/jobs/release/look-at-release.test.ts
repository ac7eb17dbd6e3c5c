import { PermanentError } from '../../../src/errors.ts';
import { REPO } from '../../support/sample-platform.ts';
import { HEAD, ReleaseScene } from './release-scene.ts';

const DAY = 24 * 60 * 60 * 1000;

/** A release of v0.2.0 that somebody made by hand just now. */
function published(scene: ReleaseScene, over: Parameters<ReleaseScene['releases']['add']>[2] = {}) {
  scene.releases.tags.set('v0.2.0', HEAD);
  return scene.releases.add(REPO, 'v0.2.0', { id: 7, body: '### Things\n\n- one thing', ...over });
}

const textOf = (scene: ReleaseScene, key = `release:${REPO}:7`) =>
  JSON.stringify(scene.speaker.said.find((each) => each.key === key)?.text ?? '');

describe('a published release', () => {
  it('is announced once, however often it is looked at', async () => {
    const scene = new ReleaseScene();
    published(scene);
    await scene.look(7, 'v0.2.0');
    await scene.look(7, 'v0.2.0');
    expect(scene.speaker.said.map(({ key }) => key)).toEqual([`release:${REPO}:7`]);
    expect(textOf(scene)).toContain('one thing');
    expect(textOf(scene)).toContain('pat-platform');
  });

  it('changes its announcement in place when its notes are edited', async () => {
    const scene = new ReleaseScene();
    published(scene);
    await scene.look(7, 'v0.2.0');
    scene.releases.change(7, { body: '### Things\n\n- another thing' });
    await scene.look(7, 'v0.2.0');
    expect(textOf(scene)).toContain('another thing');
    expect(scene.speaker.said).toHaveLength(1);
  });

  it('keeps long notes whole in the thread, and takes back what edited notes do not fill', async () => {
    const scene = new ReleaseScene();
    const lines = Array.from({ length: 400 }, (_, n) => `- change number ${n} ${'x'.repeat(60)}`);
    published(scene, { body: `### Many\n\n${lines.join('\n')}` });
    await scene.look(7, 'v0.2.0');
    const parts = scene.speaker.said.filter(({ place }) => place.kind === 'thread');
    expect(parts.length).toBeGreaterThan(2);
    const whole = JSON.stringify(parts.map(({ text }) => text.blocks));
    for (let n = 0; n < 400; n += 1) expect(whole).toContain(`change number ${n} `);
    scene.releases.change(7, { body: 'Short.' });
    await scene.look(7, 'v0.2.0');
    expect(scene.speaker.said.filter(({ place }) => place.kind === 'thread')).toEqual([]);
    expect(textOf(scene)).toContain('Short.');
  });

  it('is told to the teams whose tenants it changes, and to nobody else', async () => {
    const scene = new ReleaseScene();
    scene.policy = `teams:
  - {name: Shop, channel: team-shop, tenants: [shop]}
  - {name: Pay, channel: team-pay, tenants: [pay]}`;
    published(scene);
    await scene.look(7, 'v0.2.0');
    const keys = scene.speaker.said.map(({ key }) => key);
    expect(keys).toEqual([`release:${REPO}:7`, `release:${REPO}:7:team:team-shop`]);
    expect(textOf(scene, keys[1])).toContain('more memory');
    expect(textOf(scene, keys[1])).not.toContain('add it');
  });

  it('is not posted when it is a day old, but kept up to date where it stands', async () => {
    const scene = new ReleaseScene();
    published(scene);
    await scene.look(7, 'v0.2.0');
    scene.releases.at += 2 * DAY;
    scene.releases.change(7, { body: 'Later.' });
    await scene.look(7, 'v0.2.0');
    expect(textOf(scene)).toContain('Later.');
    const other = new ReleaseScene();
    published(other);
    other.releases.at += 2 * DAY;
    await other.look(7, 'v0.2.0');
    expect(other.speaker.said).toEqual([]);
  });

  it.each([
    ['a draft', { isDraft: true, publishedAt: undefined }],
    ['a pre-release', { isPrerelease: true }],
  ])('is not announced while it is %s, and is once it is not', async (_, over) => {
    const scene = new ReleaseScene();
    published(scene, over);
    await scene.look(7, 'v0.2.0');
    expect(scene.speaker.said).toEqual([]);
    scene.releases.at += 3 * DAY;
    const at = new Date(scene.releases.at).toISOString();
    const publishedAt = 'isDraft' in over ? at : '2026-01-02T00:00:00Z';
    scene.releases.change(7, { isDraft: false, isPrerelease: false, publishedAt });
    await scene.look(7, 'v0.2.0');
    expect(scene.speaker.said).toHaveLength(1);
  });

  it.each([
    ['deleted', (scene: ReleaseScene) => scene.releases.remove(7)],
    ['made a draft again', (scene: ReleaseScene) => scene.releases.change(7, { isDraft: true })],
  ])('is marked as withdrawn, for the teams too, when it is %s', async (_, change) => {
    const scene = new ReleaseScene();
    scene.policy = 'teams: [{name: Shop, channel: team-shop, tenants: [shop]}]';
    published(scene);
    await scene.look(7, 'v0.2.0');
    change(scene);
    await scene.look(7, 'v0.2.0');
    expect(scene.speaker.said).toHaveLength(2);
    for (const { text } of scene.speaker.said) expect(text.text.toLowerCase()).toContain('withdrawn');
  });

  it('says nothing of a release that was deleted before it was ever announced', async () => {
    const scene = new ReleaseScene();
    await scene.look(99, 'v9.9.9');
    expect(scene.speaker.said).toEqual([]);
  });

  it('is announced with its own words when its tag is missing or is no version', async () => {
    const scene = new ReleaseScene();
    scene.releases.add(REPO, 'autumn', { id: 7, body: 'Leaves fall.' });
    await scene.look(7, 'autumn');
    expect(textOf(scene)).toContain('Leaves fall.');
    expect(scene.releases.count('readRange')).toBe(0);
  });

  it('is announced though what it brings cannot be told', async () => {
    const scene = new ReleaseScene();
    published(scene);
    scene.releases.before = (method) => {
      if (method === 'readRange') throw new PermanentError('tag-gone', 'gone');
    };
    await scene.look(7, 'v0.2.0');
    expect(textOf(scene)).toContain('one thing');
  });

  it('is not held up by a channel that cannot be written to', async () => {
    const scene = new ReleaseScene();
    published(scene);
    scene.speaker.refusals.set('channel', new PermanentError('not-in-channel', 'no'));
    await scene.look(7, 'v0.2.0');
    expect(scene.speaker.said).toEqual([]);
  });
});

describe('the sweep', () => {
  it.each([
    ['the channel of releases', 'channel', 0],
    ["a team's channel", 'team-shop', 1],
  ])('comes back after a while to a release that could not be told in %s', async (_, refused, first) => {
    const scene = new ReleaseScene();
    scene.policy = 'teams: [{name: Shop, channel: team-shop, tenants: [shop]}]';
    published(scene);
    scene.github.releases = () => scene.releases.releases.toReversed();
    scene.github.at = scene.releases.at;
    scene.speaker.refusals.set(refused, new PermanentError('not-in-channel', 'no'));
    await scene.look(7, 'v0.2.0');
    expect(scene.speaker.said).toHaveLength(first);
    scene.speaker.refusals.clear();
    expect(await scene.sweep()).toEqual([]);
    scene.marks.now += 5 * 60 * 1000;
    expect(await scene.sweep()).toEqual(['7 v0.2.0']);
    await scene.look(7, 'v0.2.0');
    expect(scene.speaker.said).toHaveLength(2);
    expect(await scene.sweep()).toEqual([]);
  });

  it('finds a release of which no webhook told, once', async () => {
    const scene = new ReleaseScene();
    published(scene);
    scene.github.releases = () => scene.releases.releases.toReversed();
    scene.github.at = scene.releases.at;
    expect(await scene.sweep()).toEqual(['7 v0.2.0']);
    await scene.look(7, 'v0.2.0');
    expect(await scene.sweep()).toEqual([]);
    scene.github.at += 10_000;
    expect(await scene.sweep()).toEqual(['7 v0.2.0']);
    expect(await scene.sweep()).toEqual([]);
  });

  it('finds an announced release that is gone, and leaves drafts alone', async () => {
    const scene = new ReleaseScene();
    published(scene);
    await scene.look(7, 'v0.2.0');
    scene.releases.remove(7);
    const draft = scene.releases.add(REPO, 'v0.3.0', { id: 8, isDraft: true });
    scene.github.releases = () => [draft];
    scene.github.at = scene.releases.at;
    expect(await scene.sweep()).toEqual(['7 v0.2.0']);
    await scene.look(7, 'v0.2.0');
    expect(await scene.sweep()).toEqual([]);
  });

  it('does not bring old releases back when Redis has lost everything', async () => {
    const scene = new ReleaseScene();
    scene.github.releases = () => scene.releases.releases;
    scene.github.at = scene.releases.at;
    expect(await scene.sweep()).toEqual([]);
  });
});
