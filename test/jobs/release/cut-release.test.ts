import { PermanentError, RetryableError } from '../../../src/errors.ts';
import type { Mishap } from '../../support/fake-github.ts';
import type { ReleaseMethod } from '../../support/fake-releases.ts';
import { REPO } from '../../support/sample-platform.ts';
import { HEAD, LATER, ReleaseScene, V1 } from './release-scene.ts';

const END = 'cut:req-00000000000000aa:end';

function standing({ releases }: ReleaseScene) {
  const { tags, releases: all } = releases;
  return { tag: tags.get('v0.2.0'), releases: all.filter(({ tag }) => tag === 'v0.2.0').length };
}

describe('a release that was sent', () => {
  it('becomes a tag on the shown commit and a release with its notes, and the asker is told', async () => {
    const scene = new ReleaseScene();
    await scene.cut();
    expect(standing(scene)).toEqual({ tag: HEAD, releases: 1 });
    const [release] = scene.releases.releases.slice(-1);
    expect(release?.body).toContain('Hello.');
    expect(release?.body).toContain('#11');
    expect(release?.body).toMatch(/\n\nRequest-Id: req-00000000000000aa\nRequested-by: Pat \(Slack U0PAT\)$/);
    expect(scene.hints).toEqual([`${release?.id} v0.2.0`]);
    expect(scene.speaker.textOf(END)).toContain('v0.2.0');
    expect(scene.views.words('V1')).toContain('v0.2.0');
  });

  it('leaves out of the notes what was left out, and says so', async () => {
    const scene = new ReleaseScene();
    await scene.cut({ values: { version: 'v0.2.0', introduction: '', leftOut: [12] } });
    const body = scene.releases.releases.at(-1)?.body ?? '';
    expect(body).toContain('more memory');
    expect(body).not.toContain('add it');
    expect(body).toContain('#12');
  });

  it('costs three requests when the form was shown by the same process', async () => {
    const scene = new ReleaseScene();
    await scene.show();
    scene.releases.calls.length = 0;
    await scene.cut();
    expect(scene.releases.calls).toEqual(['readReleaseFacts', 'createTag', 'publishRelease']);
  });

  it('reads what it brings before it writes anything', async () => {
    const scene = new ReleaseScene();
    await scene.cut();
    expect(scene.releases.calls.indexOf('readRange')).toBeLessThan(scene.releases.calls.indexOf('createTag'));
  });

  const writes: readonly ReleaseMethod[] = ['createTag', 'publishRelease'];
  const mishaps: readonly Mishap[] = ['fails', 'done-but-unclear'];
  it.each(writes.flatMap((method) => mishaps.map((mishap) => [method, mishap] as const)))(
    'stands once when %s %s',
    async (method, mishap) => {
      const scene = new ReleaseScene();
      scene.releases.mishaps.set(method, [mishap]);
      expect(await scene.cutToTheEnd()).toBeGreaterThan(1);
      expect(standing(scene)).toEqual({ tag: HEAD, releases: 1 });
      expect(scene.speaker.textsTo('person')).toHaveLength(1);
    },
  );

  it('shows that GitHub does not answer from the second failure on, and goes on when it does', async () => {
    const scene = new ReleaseScene();
    scene.releases.mishaps.set('readReleaseFacts', ['fails', 'fails']);
    await expect(scene.cut({}, 1)).rejects.toThrow();
    expect(scene.views.shown.size).toBe(0);
    await expect(scene.cut({}, 2)).rejects.toThrow();
    expect(scene.views.words('V1')).toContain('GitHub does not answer just now');
    await scene.cut({}, 3);
    expect(scene.views.words('V1')).toContain('is released');
  });

  it('does nothing new when it is run again after its end', async () => {
    const scene = new ReleaseScene();
    await scene.cut();
    scene.forget();
    await scene.cut({}, 2);
    expect(standing(scene)).toEqual({ tag: HEAD, releases: 1 });
    expect(scene.releases.count('publishRelease')).toBe(1);
    expect(scene.speaker.textsTo('person')).toHaveLength(1);
  });

  it('goes on after it was ended between tag and release, wherever the default branch is by then', async () => {
    const scene = new ReleaseScene();
    scene.releases.mishaps.set('publishRelease', ['fails']);
    await expect(scene.cut()).rejects.toThrow();
    scene.forget();
    scene.releases.head = LATER;
    await scene.cut({}, 2);
    expect(standing(scene)).toEqual({ tag: HEAD, releases: 1 });
  });

  it('takes a tag for somebody else’s when Redis has forgotten whose it is, and publishes nothing', async () => {
    const scene = new ReleaseScene();
    scene.releases.mishaps.set('publishRelease', ['fails']);
    await expect(scene.cut()).rejects.toThrow();
    scene.marks.flush();
    scene.releases.tags.set('v0.2.0', LATER);
    await scene.cut({}, 2);
    expect(standing(scene)).toEqual({ tag: LATER, releases: 0 });
    expect(scene.speaker.textOf(END)).toContain('v0.2.0');
  });
});

describe('the world has changed under the form', () => {
  it('asks again in the form when the default branch has moved, and keeps what was typed', async () => {
    const scene = new ReleaseScene();
    scene.releases.head = LATER;
    await scene.cut();
    expect(standing(scene)).toEqual({ tag: undefined, releases: 0 });
    const form = scene.views.shown.get('V1');
    expect(form?.submit).toBeDefined();
    expect(scene.views.words('V1')).toContain('Hello.');
    expect(scene.views.words('V1')).toContain(HEAD.slice(0, 7));
    expect(scene.speaker.textsTo('person')).toEqual([]);
  });

  it('tells the asker directly when the form was closed meanwhile', async () => {
    const scene = new ReleaseScene();
    scene.releases.head = LATER;
    scene.views.closed.add('V1');
    await scene.cut();
    expect(standing(scene).releases).toBe(0);
    expect(scene.speaker.textOf(END)).toContain('main has moved');
    expect(JSON.stringify(scene.speaker.said.at(-1)?.text)).toContain('Hello.');
  });

  it('releases the commit that was shown when the person wants that, read by its tag', async () => {
    const scene = new ReleaseScene();
    scene.releases.head = LATER;
    await scene.cut({ knowsOfMove: true });
    expect(standing(scene)).toEqual({ tag: HEAD, releases: 1 });
  });

  it('is refused for a commit that main does not hold any more, or never did', async () => {
    const scene = new ReleaseScene();
    scene.releases.head = LATER;
    scene.releases.rewritten.add(HEAD);
    await scene.cut({ knowsOfMove: true });
    expect(standing(scene)).toEqual({ tag: undefined, releases: 0 });
    expect(scene.speaker.textOf(END)).toContain('is not part of the default branch any more');
  });

  it.each([
    ['pushed to the shown commit', HEAD],
    ['pushed elsewhere', V1],
  ])('refuses a tag that was %s, and moves nothing', async (_, commit) => {
    const scene = new ReleaseScene();
    scene.releases.tags.set('v0.2.0', commit);
    await scene.cut();
    expect(standing(scene)).toEqual({ tag: commit, releases: 0 });
    expect(scene.speaker.said.at(-1) && JSON.stringify(scene.speaker.said.at(-1)?.text)).toContain('Hello.');
  });

  it('refuses when another version was released meanwhile', async () => {
    const scene = new ReleaseScene();
    scene.releases.tags.set('v0.1.5', HEAD);
    scene.releases.add(REPO, 'v0.1.5');
    await scene.cut();
    expect(standing(scene)).toEqual({ tag: undefined, releases: 0 });
    expect(scene.speaker.textOf(END)).toContain('v0.1.5');
  });

  it('refuses when a tag is pushed in the very moment before ours', async () => {
    const scene = new ReleaseScene();
    scene.releases.before = (method) => {
      if (method === 'createTag') scene.releases.tags.set('v0.2.0', V1);
    };
    await scene.cutToTheEnd();
    expect(standing(scene)).toEqual({ tag: V1, releases: 0 });
  });

  it.each([
    [
      'has left the group that may release since',
      (scene: ReleaseScene) =>
        void Object.assign(scene, { policy: 'release: {who: {usergroups: [S0OTHERS]}}' }),
    ],
    [
      'was made a guest since',
      (scene: ReleaseScene) =>
        void Object.assign(scene, { person: { id: 'U0PAT' as never, name: 'Pat', isMember: false } }),
    ],
  ])('is refused to somebody who %s, and nothing is written', async (_, prepare) => {
    const scene = new ReleaseScene();
    prepare(scene);
    await scene.cut();
    expect(standing(scene)).toEqual({ tag: undefined, releases: 0 });
    expect(scene.speaker.textOf(END)).toContain('You may not cut a release');
    expect(JSON.stringify(scene.speaker.said.at(-1)?.text)).toContain('Hello.');
  });

  it('keeps the release that somebody publishes on the tag in the moment between', async () => {
    const scene = new ReleaseScene();
    scene.releases.before = (method) => {
      const isThere = scene.releases.releases.some(({ tag }) => tag === 'v0.2.0');
      if (method === 'publishRelease' && !isThere) scene.releases.add(REPO, 'v0.2.0', { body: 'By hand.' });
    };
    await scene.cutToTheEnd();
    expect(standing(scene)).toEqual({ tag: HEAD, releases: 1 });
    expect(scene.releases.releases.at(-1)?.body).toBe('By hand.');
  });

  it('lets one of two people release a version, and refuses the other', async () => {
    const scene = new ReleaseScene();
    const other = { requestId: 'req-00000000000000bb' as never, viewId: 'V2' };
    scene.releases.mishaps.set('publishRelease', ['fails']);
    await expect(scene.cut()).rejects.toThrow();
    await scene.cut(other).catch(() => undefined);
    expect(scene.releases.count('publishRelease')).toBe(1);
    await scene.cut({}, 2);
    await scene.cut(other, 2);
    expect(standing(scene)).toEqual({ tag: HEAD, releases: 1 });
    expect(scene.speaker.said.filter(({ key }) => key.startsWith('cut:'))).toHaveLength(2);
  });
});

describe('a release that cannot be cut', () => {
  it.each([
    [
      'a person whom the policy does not name',
      (scene: ReleaseScene) => {
        scene.policy = 'release: {who: {usergroups: [S0OTHERS]}}';
      },
    ],
    [
      'a guest',
      (scene: ReleaseScene) => {
        scene.person = { id: scene.payload().askedBy, name: 'Gus', isMember: false };
      },
    ],
    [
      'a policy with mistakes',
      (scene: ReleaseScene) => {
        scene.policy = 'releases: {}';
      },
    ],
  ])('is refused to %s, who is told, and nothing is written', async (_, prepare) => {
    const scene = new ReleaseScene();
    prepare(scene);
    await scene.cut();
    expect(standing(scene)).toEqual({ tag: undefined, releases: 0 });
    expect(scene.speaker.textsTo('person')).toHaveLength(1);
  });

  it('shows the end in the form though the asker cannot be written to', async () => {
    const scene = new ReleaseScene();
    scene.speaker.refusals.set('person', new PermanentError('person-unreachable', 'no'));
    await scene.cut();
    expect(standing(scene)).toEqual({ tag: HEAD, releases: 1 });
    expect(scene.views.words('V1')).toContain('is released');
  });

  it('tells the asker when the form cannot be drawn anew after main has moved', async () => {
    const scene = new ReleaseScene();
    scene.releases.head = LATER;
    scene.releases.before = (method) => {
      if (method === 'readRange') throw new PermanentError('range-too-long', 'no');
    };
    await scene.cut();
    expect(scene.speaker.textOf(END)).toContain('more commits than Trunkline reads');
  });

  it('tells the asker of a mistake of ours once it was tried often enough', async () => {
    const scene = new ReleaseScene();
    scene.releases.before = () => {
      throw new TypeError('ours');
    };
    await expect(scene.cut({}, 7)).rejects.toThrow('ours');
    await scene.cut({}, 8);
    expect(scene.speaker.textOf(END)).toContain('unexpected');
  });

  it('tells the asker what GitHub refuses, repeats what was typed, and lets the version go', async () => {
    const scene = new ReleaseScene();
    scene.releases.before = (method) => {
      if (method === 'createTag') throw new PermanentError('forbidden', 'no');
    };
    await scene.cut();
    const [said] = scene.speaker.said.filter(({ key }) => key === END);
    expect(JSON.stringify(said?.text)).toContain('Hello.');
    scene.releases.before = () => {};
    await scene.cut({ requestId: 'req-00000000000000cc' as never });
    expect(standing(scene)).toEqual({ tag: HEAD, releases: 1 });
  });

  it('tells the asker that the form cannot come back when what came on top cannot be read', async () => {
    const scene = new ReleaseScene();
    scene.releases.head = LATER;
    scene.releases.before = (method) => {
      if (method === 'readRange') throw new PermanentError('range-too-long', 'too long');
    };
    await scene.cut();
    expect(scene.speaker.textOf(END)).toContain('more commits than Trunkline reads');
    expect(scene.views.words('V1')).toContain('more commits than Trunkline reads');
  });

  it('writes nothing when the tag that the notes go on from is gone, and says that', async () => {
    for (const older of [[], ['v0.0.9']]) {
      const scene = new ReleaseScene();
      scene.releases.tags.delete('v0.1.0');
      for (const tag of older) scene.releases.tags.set(tag, V1);
      await scene.cut();
      expect(standing(scene)).toEqual({ tag: undefined, releases: 0 });
      expect(scene.speaker.textOf(END)).toContain('The tag that the notes go on from is gone or was moved.');
    }
  });

  it.each(['v0.0.5', 'v0.1.0-rc.1', 'other/v0.2.0', 'nightly'])(
    'makes no tag %s, whatever the form was made to say',
    async (tag) => {
      const scene = new ReleaseScene();
      await scene.cut({ tag });
      expect(scene.releases.tags.has(tag)).toBe(false);
      expect(scene.speaker.textOf(END)).toContain('not higher than the last one');
    },
  );

  it('says so, too, when it ended before that was told and is run again', async () => {
    const scene = new ReleaseScene();
    scene.releases.before = (method) => {
      if (method === 'publishRelease') throw new PermanentError('forbidden', 'no');
    };
    scene.speaker.refusals.set('person', new RetryableError('Slack is away'));
    await expect(scene.cut()).rejects.toBeInstanceOf(RetryableError);
    scene.speaker.refusals.clear();
    await scene.cut({}, 2);
    expect(scene.speaker.textOf(END)).toContain('The tag v0.2.0 was made and stays');
  });

  it('says that the tag stands when GitHub refuses the release on it', async () => {
    const scene = new ReleaseScene();
    scene.releases.before = (method) => {
      if (method === 'publishRelease') throw new PermanentError('forbidden', 'no');
    };
    await scene.cut();
    expect(standing(scene)).toEqual({ tag: HEAD, releases: 0 });
    expect(scene.speaker.textOf(END)).toContain('The tag v0.2.0 was made and stays');
    expect(scene.views.words('V1')).toContain('Hello.');
  });
});
