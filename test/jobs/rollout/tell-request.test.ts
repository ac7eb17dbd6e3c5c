import type { RequestId, SlackUserId } from '../../../src/domain/ids.ts';
import { PermanentError, RetryableError } from '../../../src/errors.ts';
import { BASE, REPO } from '../../support/sample-platform.ts';
import { RolloutScene, ranBefore, restoreClocks, running } from './rollout-scene.ts';

afterEach(restoreClocks);

const ID = 'req-00000000000000aa' as RequestId;
const TESS = 'U0TESS' as SlackUserId;

/** A tenant request that was merged as pull request 9, with its message in Slack. */
async function requested(over: { readonly ours?: boolean } = {}): Promise<RolloutScene> {
  const scene = new RolloutScene();
  scene.github.pulls.push({
    repo: REPO,
    number: 9,
    url: `https://git.example/${REPO}/pull/9`,
    title: 'tenants(shop): onboarding namespace to aws',
    branch: 'tenant-shop',
    head: BASE,
    state: 'merged',
    ours: over.ours ?? true,
    requestId: ID,
    requestedBy: TESS,
    endedBy: undefined,
    reviews: [],
    createdAt: '2026-01-02T00:00:00Z',
    updatedAt: '2026-01-02T00:00:00Z',
    labels: [],
    paths: [],
    awaitedReviewers: [],
  });
  scene.speaker.said.push({
    key: `request:${ID}`,
    place: { kind: 'channel', channel: 'platform-requests' },
    text: { text: 'shop', blocks: [] },
    message: { channel: 'C0REQUESTS' as never, ts: '0.1' },
  });
  scene.mergeQuiet();
  await scene.shows(ranBefore('aws'));
  await scene.look();
  return scene;
}

const live = 'Live in non-prod-1';

describe('a tenant request that is live', () => {
  it('is told to its thread and its asker, each once, with where', async () => {
    const scene = await requested();
    await scene.after(0);
    expect(scene.thread).toEqual([]);
    await scene.shows(running('aws', 'v0.1.0@1', 'f'));
    await scene.after();
    for (const kind of ['thread', 'person'] as const)
      expect(scene.speaker.textsTo(kind)).toEqual([expect.stringContaining(live)]);
    scene.marks.flush();
    scene.restart();
    await scene.look();
    await scene.after();
    expect(scene.speaker.textsTo('thread')).toHaveLength(1);
    expect(scene.speaker.textsTo('person')).toHaveLength(1);
  });

  it('is told to its asker though its channel takes no more, and the other way round', async () => {
    for (const refused of ['thread', 'person'] as const) {
      const scene = await requested();
      scene.speaker.refusals.set(refused, new PermanentError('no', 'no'));
      await scene.shows(running('aws', 'v0.1.0@1', 'f'));
      await scene.after();
      const other = refused === 'thread' ? 'person' : 'thread';
      expect(scene.speaker.textsTo(other)).toEqual([expect.stringContaining(live)]);
      expect(scene.follower.isIdle).toBe(true);
    }
  });

  it('is told once Slack is back', async () => {
    const scene = await requested();
    scene.speaker.refusals.set('person', new RetryableError('Slack is away'));
    await scene.shows(running('aws', 'v0.1.0@1', 'f'));
    await scene.after();
    expect(scene.follower.isIdle).toBe(false);
    scene.speaker.refusals.clear();
    await scene.after(5_000);
    expect(scene.speaker.textsTo('person')).toHaveLength(1);
    expect(scene.speaker.textsTo('thread')).toHaveLength(1);
  });

  it('is nobody’s business where somebody else opened the pull request', async () => {
    const scene = await requested({ ours: false });
    await scene.shows(running('aws', 'v0.1.0@1', 'f'));
    await scene.after();
    expect(scene.speaker.textsTo('person')).toEqual([]);
    expect(scene.changes.comments.get('9 rollout')).toContain('is live');
  });
});
