import { registerChangeHandlers } from '../../../handlers/slack/change/register.ts';
import { changeIntentPayload, promotePayload, showChangesPayload } from '../../../jobs/change/payloads.ts';
import {
  changeApproveAction,
  changeBackAction,
  changeConfirmOverrideAction,
  changeExternalNumberAction,
  changeGoAction,
  changeRejectAction,
  changeShowAction,
  changeTakeBackAction,
  encodeChangeButton,
  externalNumberFormCallback,
  promoteFormCallback,
  rejectFormCallback,
  releasePromoteAction,
} from '../../../src/views/change/action-ids.ts';
import { encodePromoteButton } from '../../../src/views/change/promote-button.ts';
import { REPO } from '../../support/sample-platform.ts';
import { HandlerScene, TESS, wordsOfView } from './scene.ts';

const VALUE = encodeChangeButton({ repo: REPO, change: 12, shown: 'digest' });

interface Pressed {
  readonly value?: unknown;
  readonly actionTs?: string;
  readonly user?: string;
  readonly inView?: boolean;
}

/** A press as Slack sends it. */
function press({ value = VALUE, actionTs = '1800000000.100', user = TESS, inView = false }: Pressed = {}) {
  const where = inView
    ? { view: { id: 'V9', hash: 'h' }, container: { type: 'view', view_id: 'V9' } }
    : {
        message: { ts: '1800000000.000', text: 'Change 12' },
        container: { type: 'message', message_ts: '1800000000.000', channel_id: 'C1' },
      };
  return {
    type: 'block_actions',
    user: { id: user, username: 'tess' },
    trigger_id: 'T1',
    ...where,
    actions: [{ type: 'button', action_id: 'x', block_id: 'b', value, action_ts: actionTs }],
  };
}

type Listener = (args: {
  readonly ack: (answer?: unknown) => Promise<void>;
  readonly body: unknown;
  readonly view?: unknown;
}) => Promise<void>;

/** The handlers as they are registered. */
function registered(scene = new HandlerScene()) {
  const listeners = new Map<string, Listener>();
  const on = (name: string, listener: Listener) => void listeners.set(name, listener);
  registerChangeHandlers({ action: on, view: on } as never, scene.deps);
  return {
    scene,
    press: async (action: string, body: unknown) => {
      const acked: unknown[] = [];
      await listeners.get(action)?.({ ack: async (answer) => void acked.push(answer), body });
      expect(acked).toEqual([undefined]);
    },
    send: async (callback: string, private_metadata: string, values: object) => {
      const acked: unknown[] = [];
      const view = { id: 'V9', hash: 'h', private_metadata, state: { values } };
      await listeners.get(callback)?.({
        ack: async (answer) => void acked.push(answer),
        body: { user: { id: TESS } },
        view,
      });
      expect(acked).toHaveLength(1);
      return acked[0];
    },
  };
}

const typed = (name: string, value: string) => ({ [name]: { input: { type: 'plain_text_input', value } } });

describe('a button of a change', () => {
  it.each([
    [changeApproveAction, 'approve'],
    [changeTakeBackAction, 'take-back'],
    [changeGoAction, 'go'],
    [changeConfirmOverrideAction, 'confirm-override'],
  ])('%s opens a view at once and leaves one wish in the queue', async (action, kind) => {
    const { scene, press: pressed } = registered();
    await pressed(action, press());
    expect(wordsOfView(scene.opened[0])).toContain('One moment');
    expect(scene.said).toEqual([
      {
        v: 1,
        repo: REPO,
        actionId: expect.stringMatching(new RegExp(`^${kind}-[0-9a-f]{32}$`)),
        by: { slack: TESS },
        askedAt: expect.any(Number),
        change: 12,
        via: 'slack',
        shown: 'digest',
        wish: { kind },
        answer: { kind: 'view', viewId: 'V1' },
      },
    ]);
    expect(scene.said.every((payload) => changeIntentPayload.safeParse(payload).success)).toBe(true);
  });

  it('is one deed however often Slack delivers a press; another press, person or button is another', async () => {
    const { scene, press: pressed } = registered();
    for (const body of [press(), press(), press({ actionTs: '1800000000.200' }), press({ user: 'U0LEAD' })])
      await pressed(changeApproveAction, body);
    await pressed(changeGoAction, press());
    const [one, again, ...others] = scene.said.map(({ actionId }) => actionId);
    expect(again).toBe(one);
    expect(new Set([one, ...others]).size).toBe(4);
  });

  it('in a form that stands open is answered there', async () => {
    const { scene, press: pressed } = registered();
    await pressed(changeApproveAction, press({ inView: true }));
    expect(scene.opened).toEqual([]);
    expect(scene.updated.map(({ id }) => id)).toEqual(['V9']);
    expect(scene.said).toMatchObject([{ answer: { kind: 'view', viewId: 'V9' } }]);
  });

  it('shows what the change does', async () => {
    const { scene, press: pressed } = registered();
    await pressed(changeShowAction, press());
    expect(scene.shown).toEqual([
      { v: 1, repo: REPO, askedBy: TESS, viewId: 'V1', what: { kind: 'effects', change: 12 } },
    ]);
  });

  it('shows it again in a form that was drawn already, and in one that is pressed twice', async () => {
    const { scene, press: pressed } = registered();
    await pressed(changeShowAction, press({ inView: true }));
    await pressed(changeShowAction, press({ inView: true, actionTs: '1800000000.200' }));
    expect(new Set(['V9', ...scene.shownAs]).size).toBe(3);
  });

  it('brings back what ran before', async () => {
    const { scene, press: pressed } = registered();
    await pressed(changeBackAction, press());
    await pressed(changeBackAction, press());
    expect(promotePayload.parse(scene.promoted[0])).toMatchObject({ backFrom: 12, where: [], viewId: 'V1' });
    expect(scene.promoted[0]).not.toHaveProperty('tag');
    expect(scene.promoted[1]?.requestId).toBe(scene.promoted[0]?.requestId);
  });

  it.each([
    [changeRejectAction, rejectFormCallback],
    [changeExternalNumberAction, externalNumberFormCallback],
  ])('%s opens its form, and says nothing by itself', async (action, callback) => {
    const { scene, press: pressed } = registered();
    await pressed(action, press());
    expect(scene.opened).toMatchObject([{ callback_id: callback, private_metadata: VALUE }]);
    expect(scene.said).toEqual([]);
  });

  it('under an announcement has the form drawn that promotes this release', async () => {
    const { scene, press: pressed } = registered();
    await pressed(releasePromoteAction, press({ value: encodePromoteButton({ repo: REPO, tag: 'v0.0.3' }) }));
    const what = { kind: 'promote', tag: 'v0.0.3' };
    expect(scene.shown).toEqual([{ v: 1, repo: REPO, askedBy: TESS, viewId: 'V1', what }]);
    expect(showChangesPayload.safeParse(scene.shown[0]).success).toBe(true);
  });

  it('says that nothing was recorded while Redis is away', async () => {
    const { scene, press: pressed } = registered();
    scene.queueFails = true;
    await pressed(changeApproveAction, press());
    expect(wordsOfView(scene.updated.at(-1)?.view)).toContain('Nothing was recorded');
  });

  describe.each([
    changeApproveAction,
    changeTakeBackAction,
    changeGoAction,
    changeConfirmOverrideAction,
    changeShowAction,
    changeBackAction,
    changeRejectAction,
    changeExternalNumberAction,
    releasePromoteAction,
  ])('%s with a forged value', (action) => {
    it.each([
      ['of another repository', encodeChangeButton({ repo: 'other/platform', change: 12, shown: 'x' })],
      ['with a change that is no number', JSON.stringify({ r: REPO, c: '12', s: 'x' })],
      ['with more than there is', JSON.stringify({ r: REPO, c: 12, s: 'x', by: 'U0BOSS' })],
      ['that is no JSON', '{'],
      ['that is huge', JSON.stringify({ r: REPO, c: 12, s: 'x'.repeat(5_000) })],
      ['that is missing', null],
      ['of another tag’s shape', JSON.stringify({ r: 'other/platform', t: 'v1' })],
    ])('%s asks for nothing, and says so', async (_what, value) => {
      const { scene, press: pressed } = registered();
      await pressed(action, press({ value }));
      expect([scene.said, scene.promoted, scene.shown]).toEqual([[], [], []]);
      expect(wordsOfView(scene.opened[0])).toContain('not about a change of this platform');
    });
  });

  it.each([{}, { ...press(), user: { id: 'no id' } }, { ...press(), actions: [] }])(
    'throws for what is no press of a person',
    async (body) => {
      const { scene, press: pressed } = registered();
      await expect(pressed(changeApproveAction, body)).rejects.toThrow();
      expect(scene.said).toEqual([]);
    },
  );
});

describe('a form of a change', () => {
  const forms = [
    [rejectFormCallback, 'reason', { kind: 'reject', reason: 'Too big.' }],
    [externalNumberFormCallback, 'externalNumber', { kind: 'external-number', externalNumber: 'Too big.' }],
  ] as const;

  it.each(forms)('%s is one wish with what was typed', async (callback, field, wish) => {
    const { scene, send } = registered();
    const answers = [
      await send(callback, VALUE, typed(field, ' Too big. ')),
      await send(callback, VALUE, typed(field, ' Too big. ')),
    ];
    expect(answers[0]).toMatchObject({ response_action: 'update' });
    const [one, again] = scene.said;
    expect(again?.actionId).toBe(one?.actionId);
    expect(changeIntentPayload.parse(one)).toMatchObject({
      repo: REPO,
      by: { slack: TESS },
      change: 12,
      shown: 'digest',
      wish,
      answer: { kind: 'view', viewId: 'V9' },
    });
  });

  it.each(forms)('%s needs its words', async (callback, field) => {
    const { scene, send } = registered();
    expect(await send(callback, VALUE, typed(field, '  '))).toMatchObject({
      response_action: 'errors',
      errors: { [field]: expect.any(String) },
    });
    expect(scene.said).toEqual([]);
  });

  it.each(forms)('%s stays open with an error while Redis is away', async (callback, field) => {
    const { scene, send } = registered();
    scene.queueFails = true;
    expect(await send(callback, VALUE, typed(field, 'Too big.'))).toMatchObject({
      response_action: 'errors',
      errors: { [field]: expect.stringContaining('nothing was recorded') },
    });
  });

  it.each(forms)('%s with forged metadata says nothing', async (callback, field) => {
    const { scene, send } = registered();
    const forged = encodeChangeButton({ repo: 'other/platform', change: 12, shown: '' });
    const answer = await send(callback, forged, typed(field, 'Too big.'));
    expect(JSON.stringify(answer)).toContain('Nothing was recorded');
    expect(scene.said).toEqual([]);
  });
});

describe('the form that promotes', () => {
  const choices = (places: readonly string[]) => ({
    tag: { input: { type: 'static_select', selected_option: { value: 'v0.0.3' } } },
    places: { input: { type: 'checkboxes', selected_options: places.map((value) => ({ value })) } },
    ...typed('externalNumber', 'CHG0042'),
  });

  it('is one promotion of what was chosen', async () => {
    const { scene, send } = registered();
    const values = choices(['aws-v1-prod', 'gcp-v1-prod']);
    expect(await send(promoteFormCallback, REPO, values)).toMatchObject({ response_action: 'update' });
    await send(promoteFormCallback, REPO, values);
    expect(promotePayload.parse(scene.promoted[0])).toMatchObject({
      repo: REPO,
      askedBy: TESS,
      tag: 'v0.0.3',
      where: ['aws-v1-prod', 'gcp-v1-prod'],
      externalNumber: 'CHG0042',
      viewId: 'V9',
    });
    expect(scene.promoted[1]?.requestId).toBe(scene.promoted[0]?.requestId);
  });

  it('with no place ticked does not mean all', async () => {
    const { scene, send } = registered();
    expect(await send(promoteFormCallback, REPO, choices([]))).toMatchObject({ response_action: 'errors' });
    expect(scene.promoted).toEqual([]);
  });

  it('stays open while Redis is away, and is refused for a repository that is not ours', async () => {
    const { scene, send } = registered();
    expect(JSON.stringify(await send(promoteFormCallback, 'other/platform', choices(['a'])))).toContain(
      'Nothing was recorded',
    );
    scene.queueFails = true;
    expect(await send(promoteFormCallback, REPO, choices(['a']))).toMatchObject({
      response_action: 'errors',
    });
    expect(scene.promoted).toEqual([]);
  });
});
