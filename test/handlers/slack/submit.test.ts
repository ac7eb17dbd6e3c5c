import { redrawForm } from '../../../handlers/slack/onboard/redraw-form.ts';
import { submitForm } from '../../../handlers/slack/onboard/submit-form.ts';
import { submitPreview } from '../../../handlers/slack/onboard/submit-preview.ts';
import { sizeAction } from '../../../src/views/onboard-form.ts';
import { readPreviewMetadata } from '../../../src/views/onboard-preview.ts';
import { completeForm, REPO, sampleSnapshot } from '../../support/sample-platform.ts';
import { HandlerScene, type ShownView, sentForm, TESS, wordsOfView } from './scene.ts';

const pushedBy = async (scene: HandlerScene, sent = sentForm()) => {
  const answer = await submitForm(scene.deps, sent);
  if (answer.response_action !== 'push') throw new Error(JSON.stringify(answer));
  return answer.view as ShownView;
};

describe('the form that was sent', () => {
  it('leads to a preview with title, files and arrivals, and writes nothing', async () => {
    const scene = new HandlerScene();
    const preview = await pushedBy(scene);
    expect(preview.title.text).toBe('Preview');
    const words = wordsOfView(preview);
    expect(words).toContain('tenants(shop): onboarding namespace to aws');
    expect(words).toContain('tenants/aws/common/shop/namespace.yaml');
    expect(words).toContain('non-prod-1');
    expect(words).toContain('with the next promotion');
    expect(scene.taken).toEqual([]);
  });

  it('keeps all that was typed in the preview', async () => {
    const preview = await pushedBy(new HandlerScene());
    const { repo, values } = readPreviewMetadata(preview.private_metadata ?? '');
    expect(repo).toBe(REPO);
    expect(values).toMatchObject({ name: 'shop', owner: 'Team Shop', purpose: 'Sells things.' });
  });

  it.each([
    ['a name that is no name', { name: 'Shop_1' }, 'name'],
    ['a reserved name', { name: 'kube-shop' }, 'name'],
    ['a cluster’s name', { name: 'prod-1' }, 'name'],
    ['a tenant that stands there', { name: 'old' }, 'environments'],
    ['a port line that says nothing', { ports: '8080 from\n' }, 'ports'],
  ])('is refused at its field for %s', async (_what, typed, field) => {
    const answer = await submitForm(new HandlerScene().deps, sentForm(typed));
    expect(answer).toMatchObject({ response_action: 'errors', errors: { [field]: expect.any(String) } });
  });

  it('is refused at the name, with the link, when a request for it is open', async () => {
    const scene = new HandlerScene();
    const url = 'https://git.example/acme/platform/pull/9';
    scene.snapshot = sampleSnapshot(undefined, [{ repo: REPO, number: 9, url, name: 'shop' }]);
    const answer = await submitForm(scene.deps, sentForm());
    expect(answer).toMatchObject({ errors: { name: expect.stringContaining(url) } });
  });

  it('stays as it is below a note when the repository cannot be read', async () => {
    const scene = new HandlerScene();
    scene.snapshot = undefined;
    expect(wordsOfView(await pushedBy(scene))).toContain('try again');
  });

  it('gets fields for own figures when that size is chosen, and keeps what was typed', async () => {
    const scene = new HandlerScene();
    const view = { id: 'V1', hash: 'h', ...sentForm({ size: 'own', purpose: 'Kept.' }) };
    await redrawForm(scene.deps, { view, actions: [{ action_id: sizeAction }] });
    expect(scene.updated[0]).toMatchObject({ id: 'V1', hash: 'h' });
    expect(wordsOfView(scene.updated[0]?.view)).toMatch(/requestsCpu.*Kept\./);
  });
});

describe('the preview that was sent', () => {
  async function send(scene: HandlerScene, over: Parameters<typeof completeForm>[0] = {}, root = 'V1') {
    const preview = await pushedBy(scene, sentForm(over));
    const view = { private_metadata: preview.private_metadata, root_view_id: root };
    return submitPreview(scene.deps, TESS, view);
  }

  it('leaves the request in the queue, then says that it is worked on, and closes with the form', async () => {
    const scene = new HandlerScene();
    const answer = await send(scene);
    expect(scene.taken).toMatchObject([{ v: 1, repo: REPO, askedBy: TESS, values: { name: 'shop' } }]);
    expect(answer).toMatchObject({ response_action: 'update', view: { clear_on_close: true } });
    expect(JSON.stringify(answer)).toContain('Working on the request for shop');
  });

  it('is one request however often it is delivered, and another when something was changed', async () => {
    const scene = new HandlerScene();
    for (const _ of [1, 2, 3, 4]) await send(scene);
    await send(scene, { size: 'medium' });
    await send(scene, {}, 'V2');
    expect(new Set(scene.taken.map(({ requestId }) => requestId)).size).toBe(3);
    expect(scene.taken[0]?.requestId).toMatch(/^req-[0-9a-f]{16}$/);
  });

  it('says that nothing was sent when the queue does not take it, above the preview that stays', async () => {
    const scene = new HandlerScene();
    scene.queueFails = true;
    const answer = await send(scene);
    expect(answer).toMatchObject({ response_action: 'push' });
    expect(JSON.stringify(answer)).toContain('Nothing was sent');
  });

  it('takes nothing for a repository that is not ours', async () => {
    const scene = new HandlerScene();
    const view = { private_metadata: `evil/repo\n${JSON.stringify(completeForm())}`, root_view_id: 'V1' };
    await submitPreview(scene.deps, TESS, view);
    expect(scene.taken).toEqual([]);
  });
});
