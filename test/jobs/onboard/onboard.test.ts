import type { JobDeps } from '../../../jobs/deps.ts';
import { onboard } from '../../../jobs/onboard/onboard.ts';
import type { OnboardPayload } from '../../../jobs/payloads.ts';
import type { Person, Snapshot } from '../../../jobs/ports.ts';
import type { RequestId, SlackUserId } from '../../../src/domain/ids.ts';
import { PermanentError, RetryableError } from '../../../src/errors.ts';
import { FakeGitHub } from '../../support/fake-github.ts';
import { fakeJobDeps } from '../../support/fake-job-deps.ts';
import { FakeMarks } from '../../support/fake-marks.ts';
import { FakeSpeaker } from '../../support/fake-speaker.ts';
import { completeForm, REPO, samplePlatform, sampleSnapshot } from '../../support/sample-platform.ts';

const TESS = 'U0TESS' as SlackUserId;
const ID = 'req-00000000000000aa' as RequestId;
const MESSAGE = `request:${ID}`;

class Scene {
  readonly github: FakeGitHub;
  readonly speaker = new FakeSpeaker();
  readonly marks = new FakeMarks();
  readonly hints: number[] = [];
  person: Person | undefined = { id: TESS, name: 'Tess', isMember: true };
  snapshot: Snapshot | undefined;

  constructor(policy?: string) {
    this.github = new FakeGitHub(samplePlatform(policy));
    this.snapshot = sampleSnapshot(policy);
  }

  /** Runs the intent once. */
  async run(over: Partial<OnboardPayload> = {}, attempt = 1): Promise<void> {
    const payload = {
      v: 1,
      repo: REPO,
      requestId: ID,
      askedBy: TESS,
      askedAt: 1,
      values: completeForm(),
      ...over,
    };
    const log = { info: () => {}, warn: () => {}, error: () => {} };
    await onboard(this.#deps).run(payload, { attempt, signal: new AbortController().signal, log });
  }

  /** Runs it again after every retryable failure. */
  async runUntilDone(over: Partial<OnboardPayload> = {}): Promise<void> {
    await this.runUntilDoneFrom(1, over);
  }

  async runUntilDoneFrom(first: number, over: Partial<OnboardPayload> = {}): Promise<void> {
    for (let attempt = first; attempt < 30; attempt += 1) {
      try {
        return await this.run(over, attempt);
      } catch (error) {
        if (!(error instanceof RetryableError)) throw error;
        this.marks.now += error.retryInMs ?? 2_000;
      }
    }
    throw new Error('never done');
  }

  get #deps(): JobDeps {
    return fakeJobDeps({
      github: this.github,
      speaker: this.speaker,
      people: {
        find: async () => this.person,
        findByEmail: async () => undefined,
        membersOf: async () => [],
      },
      snapshots: {
        current: async () => this.snapshot,
        put: async (snapshot) => {
          this.snapshot = snapshot;
        },
      },
      marks: this.marks,
      hints: {
        lookAtPlatform: async () => {},
        lookAtRequest: async (_repo, number) => void this.hints.push(number),
        lookAtIssue: async () => {},
        lookAtRelease: async () => {},
        lookAtPull: async () => {},
        lookAtConventions: async () => {},
        lookAtChange: async () => {},
        lookAtChanges: async () => {},
        followRollouts: async () => {},
      },
    });
  }
}

describe('a request that was sent', () => {
  it('becomes a pull request, one message and its details', async () => {
    const scene = new Scene();
    await scene.run();
    expect(scene.github.pulls).toMatchObject([
      {
        branch: 'tenant-shop',
        title: 'tenants(shop): onboarding namespace to aws',
        requestId: ID,
        requestedBy: TESS,
      },
    ]);
    expect(scene.speaker.textOf(MESSAGE)).toContain('The pull request is open');
    expect(scene.speaker.textsTo('channel')).toHaveLength(1);
    expect(scene.speaker.textsTo('thread')).toEqual(['Details of shop']);
    expect(scene.speaker.textsTo('person')).toEqual([]);
    expect(scene.hints).toEqual([1]);
  });

  it('makes nothing a second time when it is run again', async () => {
    const scene = new Scene();
    await scene.run();
    await scene.run();
    await scene.run({}, 2);
    expect(scene.github.pulls).toHaveLength(1);
    expect(scene.speaker.said).toHaveLength(2);
  });

  it('is labelled and brought to the reviewers of the policy, once', async () => {
    const scene = new Scene('pullRequest: { labels: [tenant], reviewers: [pat] }\n');
    await scene.run();
    scene.github.change(1, { labels: ['tenant'], awaitedReviewers: ['pat'] });
    await scene.run({}, 2);
    expect(scene.github.wishes).toEqual([{ number: 1, labels: ['tenant'] }]);
  });

  it('shows that it waits for GitHub, and goes on by itself', async () => {
    const scene = new Scene();
    scene.github.mishaps.set('readRequestFacts', ['fails', 'fails']);
    scene.github.mishaps.set('reserveBranch', ['fails']);
    await scene.runUntilDone();
    expect(scene.speaker.updates[0]).toContain('GitHub does not answer');
    expect(scene.speaker.textOf(MESSAGE)).toContain('The pull request is open');
  });

  it('is refused to a guest, who is told directly; nothing is written', async () => {
    const scene = new Scene();
    scene.person = { id: TESS, name: 'Gus', isMember: false };
    await scene.run();
    expect(scene.github.calls).toEqual([]);
    expect(scene.speaker.textsTo('person')).toEqual([expect.stringContaining('may not ask')]);
    expect(scene.speaker.textsTo('channel')).toEqual([]);
  });

  it('tells the asker why it cannot be, when the tenant has come to stand meanwhile', async () => {
    const scene = new Scene();
    await scene.run({ values: completeForm({ name: 'old' }) });
    expect(scene.github.pulls).toEqual([]);
    expect([...scene.github.branches.keys()]).toEqual([]);
    expect(scene.speaker.textOf(MESSAGE)).toContain('Not possible as it was asked');
    expect(scene.speaker.textsTo('person')).toEqual([expect.stringContaining('cannot be taken as it is')]);
  });

  it('is checked against what GitHub says now, not against what was at hand', async () => {
    const scene = new Scene();
    scene.github.base = scene.github.commit();
    await scene.run();
    expect(scene.github.pulls).toHaveLength(1);
    expect(scene.snapshot?.files.commit).toBe(scene.github.base);
  });

  it('is refused, with nothing left behind, when another request for the name is open', async () => {
    const scene = new Scene();
    await scene.run({ requestId: 'req-00000000000000bb' as RequestId });
    await scene.run();
    expect(scene.github.pulls).toHaveLength(1);
    expect([...scene.github.branches.keys()]).toEqual(['tenant-shop']);
    expect(scene.speaker.textsTo('person')).toEqual([expect.stringContaining('cannot be taken')]);
  });

  it('still becomes a pull request when the channel of the policy does not exist', async () => {
    const scene = new Scene();
    scene.speaker.refusals.set('channel', new PermanentError('channel-unknown', 'no such channel'));
    await scene.run();
    expect(scene.github.pulls).toHaveLength(1);
  });

  it('ends with news to the asker when it fails again and again by a mistake of ours', async () => {
    const scene = new Scene();
    scene.github.before = () => {
      throw new TypeError('cannot read properties of undefined');
    };
    await expect(scene.run({}, 1)).rejects.toThrow(TypeError);
    await expect(scene.run({}, 7)).rejects.toThrow(TypeError);
    await scene.run({}, 8);
    expect(scene.speaker.textOf(MESSAGE)).toContain('did not work');
    expect(scene.speaker.textsTo('person')).toEqual([expect.stringContaining('tell the platform team')]);
  });

  it('ends with news to the asker when GitHub forbids it', async () => {
    const scene = new Scene();
    scene.github.before = (method) => {
      if (method === 'reserveBranch') throw new PermanentError('forbidden', 'no');
    };
    await scene.run();
    expect(scene.speaker.textOf(MESSAGE)).toContain('did not work');
    expect(scene.speaker.textsTo('person')).toEqual([expect.stringContaining('did not work')]);
  });

  it('ends with news to the asker when the policy has mistakes', async () => {
    const scene = new Scene('sizes: 3\n');
    await scene.run();
    expect(scene.speaker.textsTo('person')).toEqual([expect.stringContaining('policy file has mistakes')]);
    expect(scene.github.calls).toEqual([]);
  });

  it('does not go on saying "working on it" when its asker may no longer ask in a later run', async () => {
    const scene = new Scene();
    scene.github.mishaps.set('reserveBranch', ['fails']);
    scene.github.mishaps.set('readRequestFacts', []);
    await expect(scene.run()).rejects.toBeInstanceOf(RetryableError);
    expect(scene.speaker.textOf(MESSAGE)).toContain('Working on it');
    scene.person = undefined;
    await scene.run({}, 2);
    expect(scene.speaker.textOf(MESSAGE)).toContain('did not work');
    expect(scene.speaker.textsTo('person')).toEqual([expect.stringContaining('may not ask')]);
  });

  it('does not go on saying "working on it" when the policy was broken meanwhile', async () => {
    const scene = new Scene();
    scene.github.mishaps.set('reserveBranch', ['fails']);
    await expect(scene.run()).rejects.toBeInstanceOf(RetryableError);
    scene.snapshot = sampleSnapshot('sizes: 3\n');
    await scene.run({}, 2);
    expect(scene.speaker.textOf(MESSAGE)).toContain('did not work');
  });

  it('is not called failed when its pull request stands already and the asker has left since', async () => {
    const scene = new Scene();
    scene.github.mishaps.set('openPullRequest', ['done-but-unclear']);
    await expect(scene.run()).rejects.toBeInstanceOf(RetryableError);
    scene.person = undefined;
    await scene.runUntilDoneFrom(2);
    expect(scene.github.pulls).toHaveLength(1);
    expect(scene.speaker.textOf(MESSAGE)).toContain('The pull request is open');
    expect(scene.speaker.textsTo('person')).toEqual([]);
  });

  it('ends with news to the asker when the repository cannot be read at all', async () => {
    const scene = new Scene();
    scene.snapshot = undefined;
    scene.github.before = () => {
      throw new PermanentError('not-found', 'no');
    };
    await scene.run();
    expect(scene.speaker.textsTo('person')).toEqual([expect.stringContaining('does not show Trunkline')]);
  });

  it('is done though its message was deleted before the details', async () => {
    const scene = new Scene();
    scene.speaker.refusals.set('thread', new PermanentError('message-gone', 'no such message'));
    await scene.run();
    expect(scene.hints).toEqual([1]);
  });
});
