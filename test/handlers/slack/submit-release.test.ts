import { submitRelease } from '../../../handlers/slack/release/submit-release.ts';
import type { CommitSha } from '../../../src/domain/ids.ts';
import { packReleaseMetadata } from '../../../src/views/release/read-release-form.ts';
import { REPO } from '../../support/sample-platform.ts';
import { HandlerScene, TESS } from './scene.ts';

const SHOWN = 'a'.repeat(40) as CommitSha;
const EARLIER = 'b'.repeat(40) as CommitSha;

interface Typed {
  readonly version?: string;
  readonly introduction?: string;
  readonly leftOut?: readonly number[];
  readonly upTo?: string;
}

/** What Slack sends when the form is sent with this typed into it. */
function sent({ version = 'v0.2.0', introduction = '', leftOut = [], upTo }: Typed = {}, repo = REPO) {
  const options = leftOut.map((number) => ({ value: String(number) }));
  return {
    id: 'V7',
    hash: 'h',
    private_metadata: packReleaseMetadata({
      repo,
      shown: { commit: SHOWN, previous: 'v0.1.0' },
      proposed: 'v0.1.1',
      prefix: 'v',
      tags: [{ name: 'v0.1.0' }, { name: 'v0.2.0-rc.1' }],
      released: ['v0.1.0', 'v0.3.0'],
    }),
    state: {
      values: {
        version: { input: { value: version } },
        introduction: { input: { value: introduction } },
        leftOut: { input: { selected_options: options } },
        ...(upTo && { upTo: { input: { selected_option: { value: upTo } } } }),
      },
    },
  };
}

describe('the release form that is sent', () => {
  it('becomes one release in the queue: what was shown and typed, and nothing else', async () => {
    const scene = new HandlerScene();
    const answer = await submitRelease(scene.deps, TESS, sent({ introduction: 'Hello.', leftOut: [4] }));
    expect(answer).toMatchObject({ response_action: 'update' });
    expect(JSON.stringify(answer)).toContain('Working on v0.2.0');
    expect(scene.cut).toEqual([
      {
        v: 1,
        repo: REPO,
        requestId: expect.stringMatching(/^req-[0-9a-f]{16}$/),
        askedBy: TESS,
        askedAt: expect.any(Number),
        viewId: 'V7',
        tag: 'v0.2.0',
        isPrerelease: false,
        shown: { commit: SHOWN, previous: 'v0.1.0' },
        knowsOfMove: false,
        values: { version: 'v0.2.0', introduction: 'Hello.', leftOut: [4] },
      },
    ]);
  });

  it('is the same release however often it is delivered, and another when something is changed', async () => {
    const scene = new HandlerScene();
    for (const typed of [{}, {}, { introduction: 'Changed.' }])
      await submitRelease(scene.deps, TESS, sent(typed));
    const [one, again, other] = scene.cut.map(({ requestId }) => requestId);
    expect(again).toBe(one);
    expect(other).not.toBe(one);
  });

  it('takes the earlier commit only when the person chose it', async () => {
    const scene = new HandlerScene();
    await submitRelease(scene.deps, TESS, sent({ upTo: EARLIER }));
    await submitRelease(scene.deps, TESS, sent({ upTo: SHOWN }));
    expect(scene.cut.map(({ shown, knowsOfMove }) => [shown.commit, knowsOfMove])).toEqual([
      [EARLIER, true],
      [SHOWN, false],
    ]);
  });

  it.each([
    ['next', 'Write three numbers'],
    ['v0.0.9', 'has to be higher than v0.1.0'],
    ['v0.1.0', 'is released already'],
    ['v0.2.0-rc.1', 'exists already, without a release'],
    ['v0.3.0', 'is released already'],
  ])('is refused at its field with the version %s, and nothing is taken', async (version, words) => {
    const scene = new HandlerScene();
    expect(await submitRelease(scene.deps, TESS, sent({ version }))).toEqual({
      response_action: 'errors',
      errors: { version: expect.stringContaining(words) },
    });
    expect(scene.cut).toEqual([]);
  });

  it('stays below the notice that it could not be taken while Redis is away', async () => {
    const scene = new HandlerScene();
    scene.queueFails = true;
    const answer = await submitRelease(scene.deps, TESS, sent());
    expect(answer).toMatchObject({ response_action: 'push' });
    expect(JSON.stringify(answer)).toContain('Nothing was written');
  });

  it('is refused for a repository that is not ours, whatever the form says', async () => {
    const scene = new HandlerScene();
    const answer = await submitRelease(scene.deps, TESS, sent({}, 'other/platform' as typeof REPO));
    expect(JSON.stringify(answer)).toContain('not set up');
    expect(scene.cut).toEqual([]);
  });

  it.each([{}, { ...sent(), private_metadata: '{}' }, { ...sent(), state: null }])(
    'throws for what is no form of ours',
    async (view) => {
      await expect(submitRelease(new HandlerScene().deps, TESS, view)).rejects.toThrow();
    },
  );
});
