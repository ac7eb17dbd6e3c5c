import { redrawForm } from '../../../handlers/slack/onboard/redraw-form.ts';
import { submitChangeForm } from '../../../handlers/slack/onboard/submit-form.ts';
import { pressChange } from '../../../handlers/slack/request/press-change.ts';
import { submitChange } from '../../../handlers/slack/request/submit-change.ts';
import { onboardPreviewCallback } from '../../../src/views/onboard-preview.ts';
import {
  changeFormCallback,
  changePreviewCallback,
  encodeTarget,
} from '../../../src/views/request/change-target.ts';
import { REPO, sampleSnapshot } from '../../support/sample-platform.ts';
import { HandlerScene, sentForm, TESS, wordsOfView } from './scene.ts';

const TARGET = { repo: REPO, number: 7, seen: 'a'.repeat(40) };

function press(value: string) {
  return {
    user: { id: TESS },
    trigger_id: 't',
    message: { ts: '1.0' },
    actions: [{ value, action_ts: '2.0' }],
  };
}

describe('the button Change', () => {
  it('opens a view that a job fills in', async () => {
    const scene = new HandlerScene();
    await pressChange(scene.deps, press(JSON.stringify({ r: REPO, n: 7 })));
    expect(scene.requests).toEqual([{ v: 1, repo: REPO, number: 7, askedBy: TESS, viewId: 'V1' }]);
    expect(wordsOfView(scene.opened[0])).toContain('One moment');
  });

  it.each(['', '{}', '{"r":"other/repo","n":7}', `{"r":"${REPO}","n":-1}`, 'x'.repeat(5_000)])(
    'says so when it is about nothing here (%s)',
    async (value) => {
      const scene = new HandlerScene();
      await pressChange(scene.deps, press(value));
      expect(scene.requests).toEqual([]);
      expect(wordsOfView(scene.opened[0])).toContain('not about a request');
    },
  );

  it('says so when Redis is away', async () => {
    const scene = new HandlerScene();
    scene.queueFails = true;
    await pressChange(scene.deps, press(JSON.stringify({ r: REPO, n: 7 })));
    expect(wordsOfView(scene.updated[0]?.view)).toContain('Nothing was changed');
  });
});

describe('the form that changes a request', () => {
  const sent = (over = {}) => ({ ...sentForm(over, undefined, TARGET), root_view_id: 'V1' });

  it('has the name in words, for that stays', () => {
    const form = sent();
    expect(form.callback_id).toBe(changeFormCallback);
    expect(form.blocks.some(({ block_id }) => block_id === 'name')).toBe(false);
    expect(JSON.stringify(form.blocks)).toContain('The name stays');
  });

  it('leads to a preview of what the pull request will hold', async () => {
    const scene = new HandlerScene();
    const answer = await submitChangeForm(scene.deps, sent({ size: 'medium' }));
    expect(answer).toMatchObject({ response_action: 'push', view: { callback_id: changePreviewCallback } });
    expect(JSON.stringify(answer)).toContain('what pull request #7 will hold');
    expect(JSON.stringify(answer)).not.toContain(onboardPreviewCallback);
  });

  it('does not refuse its own open request, but another one of that name', async () => {
    const scene = new HandlerScene();
    const open = (number: number) =>
      sampleSnapshot('', [{ repo: REPO, number, url: 'https://x.test/1', name: 'shop' }]);
    scene.snapshot = open(7);
    expect(await submitChangeForm(scene.deps, sent())).toMatchObject({ response_action: 'push' });
    scene.snapshot = open(8);
    expect(await submitChangeForm(scene.deps, sent())).toMatchObject({
      response_action: 'errors',
      errors: { clouds: expect.stringContaining('https://x.test/1') },
    });
  });

  it('shows errors at their fields', async () => {
    const scene = new HandlerScene();
    expect(await submitChangeForm(scene.deps, sent({ purpose: '' }))).toMatchObject({
      errors: { purpose: expect.any(String) },
    });
  });

  it('stays that of the request when a choice draws it anew', async () => {
    const scene = new HandlerScene();
    const { private_metadata, state } = sent({ size: 'own' });
    await redrawForm(scene.deps, {
      view: { id: 'V1', hash: 'h', private_metadata, state },
      actions: [{ action_id: 'x' }],
    });
    expect(scene.updated[0]?.view).toMatchObject({ callback_id: changeFormCallback, private_metadata });
  });

  it('leaves the change in the queue, once however often it is sent', async () => {
    const scene = new HandlerScene();
    const answer = await submitChangeForm(scene.deps, sent({ size: 'medium' }));
    const metadata = 'view' in answer ? String(Reflect.get(answer.view, 'private_metadata')) : '';
    const preview = { private_metadata: metadata, root_view_id: 'V1' };
    const taken = await submitChange(scene.deps, TESS, preview);
    await submitChange(scene.deps, TESS, preview);
    expect(taken).toMatchObject({ response_action: 'update' });
    const [one, other] = scene.requests.map((each) => ('changeId' in each ? each.changeId : ''));
    expect(one).toMatch(/^req-[0-9a-f]{16}$/);
    expect(other).toBe(one);
    expect(scene.requests[0]).toMatchObject({
      number: 7,
      seen: 'a'.repeat(16),
      values: { name: 'shop', size: 'medium' },
    });
  });

  it('says that nothing was sent when Redis is away', async () => {
    const scene = new HandlerScene();
    scene.queueFails = true;
    const metadata = `${encodeTarget(TARGET)}\n{}`;
    const answer = await submitChange(scene.deps, TESS, { private_metadata: metadata, root_view_id: 'V1' });
    expect(JSON.stringify(answer)).toContain('Nothing was changed');
  });
});
