import type { SlackUserId } from '../../../src/domain/ids.ts';
import { PermanentError } from '../../../src/errors.ts';
import { CHANGE, ID, RequestScene, TESS } from '../../support/request-scene.ts';
import { completeForm } from '../../support/sample-platform.ts';

const QUOTA = 'tenants/aws/common/shop/resourcequota-compute.yaml';
const NOTE = `request:${ID}:changed:${CHANGE}`;
const NOT_DONE = `request-change:${CHANGE}:end`;
const PAT = 'U0PAT' as SlackUserId;

describe('a change of a request', () => {
  it('is one commit with what differs, and a note in the thread', async () => {
    const scene = new RequestScene();
    await scene.run(scene.payload());
    expect(scene.requests.commits).toMatchObject([
      {
        branch: 'tenant-shop',
        headline: 'tenants(shop): change what the request asks for',
        body: `- Size: small → medium\n\nRequest-Id: ${ID}\nRequested-by: Tess (Slack U0TESS)\nRequest-Change: ${CHANGE}`,
        writes: [{ path: QUOTA }],
        deletes: [],
      },
    ]);
    expect(JSON.stringify(scene.speaker.said)).toContain('Size: small → medium');
    expect(scene.speaker.textOf(NOTE)).toContain('The request was changed');
    expect(scene.speaker.textOf(NOT_DONE)).toBeUndefined();
    expect(scene.hints).toEqual([7]);
  });

  it('mends title and text where they say something else now', async () => {
    const scene = new RequestScene();
    await scene.run(scene.payload({ values: completeForm({ environments: ['prod'], purpose: 'Other.' }) }));
    expect(scene.requests.standing?.body).toContain('> Other.');
    expect(scene.requests.commits[0]?.deletes).toContain('tenants/aws/non-prod/shop/rolebinding-admin.yaml');
  });

  it('of words that no file keeps changes the text alone, once', async () => {
    const scene = new RequestScene();
    const payload = scene.payload({ values: completeForm({ purpose: 'Other.' }) });
    await scene.run(payload);
    await scene.run(payload, 2);
    expect(scene.requests.commits).toEqual([]);
    expect(scene.requests.standing?.body).toContain('> Other.');
    expect(scene.speaker.textOf(NOT_DONE)).toBeUndefined();
    expect(scene.speaker.said.filter(({ key }) => key === NOTE)).toHaveLength(1);
  });

  it.each(['fails', 'done-but-unclear'] as const)('stands once when a commit %s', async (mishap) => {
    const scene = new RequestScene();
    scene.requests.mishaps.set('commit', [mishap]);
    const payload = scene.payload({ values: completeForm({ size: 'medium', clouds: ['aws'] }) });
    await scene.runUntilDone(payload);
    await scene.run(payload, 9);
    expect(scene.requests.commits).toHaveLength(1);
    expect(scene.speaker.said.filter(({ key }) => key === NOTE)).toHaveLength(1);
    expect(JSON.stringify(scene.speaker.said)).toContain('Size: small → medium');
  });

  it.each(['fails', 'done-but-unclear'] as const)(
    'is told once when asking for a review %s',
    async (mishap) => {
      const scene = new RequestScene();
      scene.over({ reviews: [{ id: '1', by: 'pat', opinion: 'changes-asked' }] });
      scene.github.mishaps.set('labelAndAskForReview', [mishap]);
      await scene.runUntilDone(scene.payload());
      expect(scene.requests.commits).toHaveLength(1);
      expect(JSON.stringify(scene.speaker.said)).toContain('Asked for a review: pat');
    },
  );

  it('that two runs make at once is one commit', async () => {
    const scene = new RequestScene();
    const payload = scene.payload();
    let ran = false;
    scene.requests.before = (method) => {
      if (method !== 'commit' || ran) return;
      ran = true;
      // The other run has just committed.
      scene.requests.push([{ path: QUOTA, content: 'x: 1\n' }], [], `t\n\nRequest-Change: ${CHANGE}`, true);
    };
    await scene.runUntilDone(payload);
    expect(scene.requests.commits).toEqual([]);
    expect(scene.speaker.textOf(NOTE)).toBeDefined();
    expect(scene.speaker.textOf(NOT_DONE)).toBeUndefined();
  });

  it('is not made when somebody pushed since the form was opened, and says so', async () => {
    const scene = new RequestScene();
    const payload = scene.payload();
    scene.requests.push([{ path: QUOTA, content: 'x: 1\n' }], [], 'by hand');
    await scene.run(payload);
    expect(scene.requests.commits).toEqual([]);
    expect(scene.speaker.textOf(NOT_DONE)).toContain('Somebody pushed');
    expect(JSON.stringify(scene.speaker.said)).toContain('Size: medium');
  });

  it('is not made when somebody pushes in the same moment', async () => {
    const scene = new RequestScene();
    let pushed = false;
    scene.requests.before = (method) => {
      if (method === 'commit' && !pushed) {
        pushed = true;
        scene.requests.push([], [], 'by hand');
      }
    };
    await scene.runUntilDone(scene.payload());
    expect(scene.requests.commits).toEqual([]);
    expect(scene.speaker.textOf(NOT_DONE)).toContain('Somebody pushed');
  });

  it('looks again once when what was read may be older than the form', async () => {
    const scene = new RequestScene();
    await scene.runUntilDone(scene.payload({ seen: 'f'.repeat(16) }));
    expect(scene.speaker.textOf(NOT_DONE)).toContain('Somebody pushed');
  });

  it('is not made where a person wrote something else', async () => {
    const scene = new RequestScene();
    scene.requests.push([{ path: QUOTA, content: 'kind: Other\n' }], [], 'by hand');
    await scene.run(scene.payload());
    expect(scene.speaker.textOf(NOT_DONE)).toContain(QUOTA);
    expect(scene.requests.commits).toEqual([]);
  });

  it.each([
    ['it is merged', (scene: RequestScene) => scene.over({ state: 'merged' }), 'has ended'],
    ['it is closed', (scene: RequestScene) => scene.over({ state: 'closed' }), 'has ended'],
    [
      'it is none of ours',
      (scene: RequestScene) => scene.over({ ours: false }),
      'no request that Trunkline opened',
    ],
    [
      'it is gone',
      (scene: RequestScene) => {
        scene.requests.standing = undefined;
      },
      'no request that Trunkline opened',
    ],
  ])('is not made once %s', async (_what, befall, words) => {
    const scene = new RequestScene();
    const payload = scene.payload();
    befall(scene);
    await scene.run(payload);
    expect(scene.speaker.textOf(NOT_DONE)).toContain(words);
    expect(scene.requests.commits).toEqual([]);
  });

  it('that asks for what stands already writes nothing and says so', async () => {
    const scene = new RequestScene();
    scene.requests.mishaps.clear();
    await scene.run(scene.payload());
    const again = { changeId: 'req-00000000000000dd', seen: scene.pull.head.slice(0, 16) } as const;
    await scene.run(scene.payload({ ...again, changeId: again.changeId as typeof CHANGE }));
    expect(scene.requests.commits).toHaveLength(1);
    expect(scene.speaker.textOf(`request-change:${again.changeId}:end`)).toContain('asks for already');
  });

  it('is refused at its fields when it cannot be taken', async () => {
    const scene = new RequestScene();
    await scene.run(scene.payload({ values: completeForm({ size: 'gigantic' }) }));
    expect(scene.speaker.textOf(NOT_DONE)).toContain('Size:');
  });

  it('never makes another tenant of it', async () => {
    const scene = new RequestScene();
    await scene.run(scene.payload({ values: completeForm({ name: 'cart' }) }));
    expect(scene.requests.commits).toEqual([]);
    expect(scene.speaker.textOf(NOT_DONE)).toBeDefined();
  });

  it('tells why when GitHub lets nobody write', async () => {
    const scene = new RequestScene();
    scene.requests.before = (method) => {
      if (method === 'commit') throw new PermanentError('forbidden', 'no');
    };
    await scene.run(scene.payload());
    expect(scene.speaker.textOf(NOT_DONE)).toContain('does not let Trunkline write');
  });

  describe('may be made by', () => {
    const limited = 'onboarding: { who: { usergroups: [S0TEAM] } }\n';
    const pat = { id: PAT, name: 'Pat', isMember: true };

    it('who asked, whatever the policy says of new requests', async () => {
      const scene = new RequestScene(limited);
      await scene.run(scene.payload());
      expect(scene.requests.commits).toHaveLength(1);
    });

    it('whoever may ask for tenants; the request stays that of its asker', async () => {
      const scene = new RequestScene();
      scene.people.set(PAT, pat);
      await scene.run(scene.payload({ askedBy: PAT }));
      expect(scene.requests.commits[0]?.body).toContain('Requested-by: Pat (Slack U0PAT)');
      expect(scene.requests.standing?.body).toMatch(/Requested-by: Tess \(Slack U0TESS\)$/);
    });

    it.each([
      ['nobody else', limited, PAT, pat],
      ['no guest, be it the asker', '', TESS, { id: TESS, name: 'Tess', isMember: false }],
      ['no stranger', '', PAT, undefined],
    ])('%s', async (_who, policy, askedBy, person) => {
      const scene = new RequestScene(policy);
      scene.people.delete(TESS);
      if (person) scene.people.set(askedBy, person);
      await scene.run(scene.payload({ askedBy }));
      expect(scene.requests.commits).toEqual([]);
      expect(scene.speaker.textOf(NOT_DONE)).toContain('can change a request');
    });
  });
});
