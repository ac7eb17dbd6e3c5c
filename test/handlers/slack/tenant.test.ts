import { openTenant } from '../../../handlers/slack/tenant/open-tenant.ts';
import { pressConfirm } from '../../../handlers/slack/tenant/press-second.ts';
import { pressOffboard } from '../../../handlers/slack/tenant/press-tenant.ts';
import { submitEdit } from '../../../handlers/slack/tenant/submit-edit.ts';
import { submitPorts } from '../../../handlers/slack/tenant/submit-ports.ts';
import { submitResize } from '../../../handlers/slack/tenant/submit-resize.ts';
import { REPO } from '../../support/sample-platform.ts';
import { HandlerScene, TESS, wordsOfView } from './scene.ts';

const about = { repo: REPO, name: 'old' };
const asked = (rest: string) => ({ user: TESS, triggerId: 'T1', rest });
const press = (value: string, view?: { readonly id: string }) => ({
  user: { id: TESS },
  trigger_id: 'T1',
  view,
  actions: [{ value, action_ts: '1.0' }],
});
const form = (size: string, places: readonly string[]) => ({
  id: 'V1',
  hash: 'h1',
  private_metadata: JSON.stringify(about),
  state: {
    values: {
      places: { value: { selected_options: places.map((value) => ({ value })) } },
      size: { value: { selected_option: { value: size } } },
    },
  },
});

describe('/trunkline tenant', () => {
  it('opens a view at once and leaves the rest to a job', async () => {
    const scene = new HandlerScene();
    await openTenant(scene.deps, asked('OLD'));
    expect(scene.opened).toHaveLength(1);
    expect(scene.tenants).toEqual([
      { v: 1, repo: REPO, askedBy: TESS, viewId: 'V1', name: 'old', what: { kind: 'standing' } },
    ]);
  });

  it.each([
    ['', 'Please say which tenant'],
    ['<!channel>', 'Please say which tenant'],
    ['old acme/other', 'Please say which platform'],
  ])('asks for what is missing in %j', async (rest, words) => {
    const scene = new HandlerScene();
    await openTenant(scene.deps, asked(rest));
    expect(wordsOfView(scene.opened[0])).toContain(words);
    expect(scene.tenants).toEqual([]);
  });

  it('says in the view when nobody can be asked', async () => {
    const scene = new HandlerScene();
    scene.queueFails = true;
    await openTenant(scene.deps, asked('old'));
    expect(wordsOfView(scene.updated[0]?.view)).toContain('cannot answer just now');
  });
});

describe('the buttons of a tenant', () => {
  it('have what an offboarding deletes drawn into the view that stands open', async () => {
    const scene = new HandlerScene();
    await pressOffboard(scene.deps, press(JSON.stringify(about), { id: 'V7' }));
    expect(scene.tenants).toMatchObject([
      { viewId: 'V7', what: { kind: 'preview', edit: { kind: 'offboard' } } },
    ]);
  });

  it.each(['', 'nonsense', '{"repo":"acme/other","name":"old"}', '{"repo":"acme/platform","name":"<!x>"}'])(
    'say so for a value that is not ours (%j)',
    async (value) => {
      const scene = new HandlerScene();
      await pressOffboard(scene.deps, press(value, { id: 'V7' }));
      await pressConfirm(scene.deps, press(value));
      expect(scene.tenants).toEqual([]);
      expect(scene.edits).toEqual([]);
      expect(wordsOfView(scene.opened[0])).toContain('start again');
    },
  );

  it('leave what the second person says in the queue, as what was asked and by whom', async () => {
    const scene = new HandlerScene();
    const value = { ...about, id: 'req-00000000000000aa', by: 'U0ANA', at: 5 };
    await pressConfirm(scene.deps, press(JSON.stringify(value)));
    expect(scene.edits).toEqual([
      {
        v: 1,
        repo: REPO,
        requestId: value.id,
        askedBy: 'U0ANA',
        askedAt: 5,
        name: 'old',
        edit: { kind: 'offboard' },
        answer: { kind: 'confirm', by: TESS },
      },
    ]);
  });
});

describe('the form of another size', () => {
  it('says at its field what is wrong, and asks for no preview', async () => {
    const scene = new HandlerScene();
    const nowhere = await submitResize(scene.deps, TESS, form('medium', []));
    expect(nowhere.answer).toMatchObject({
      errors: { places: expect.stringContaining('at least one place') },
    });
    const own = await submitResize(scene.deps, TESS, form('own', ['aws/common']));
    expect(own.answer).toMatchObject({ errors: { requestsCpu: expect.stringContaining('Fill this in') } });
    expect(own.afterwards).toBeUndefined();
  });

  it('has the preview drawn once Slack has its answer', async () => {
    const scene = new HandlerScene();
    const { answer, afterwards } = await submitResize(scene.deps, TESS, form('medium', ['aws/common']));
    expect(answer).toMatchObject({ response_action: 'update' });
    expect(scene.tenants).toEqual([]);
    await afterwards?.();
    expect(scene.tenants).toMatchObject([
      { viewId: 'V1', what: { edit: { size: 'medium', places: [{ cloud: 'aws', folder: 'common' }] } } },
    ]);
  });
});

describe('the form of further ports', () => {
  const typed = (ports: string) => ({
    ...form('', []),
    state: { values: { 'ports:aws/common': { value: { value: ports } } } },
  });

  it('says at its field what is wrong with a line, or that it is too much', async () => {
    const scene = new HandlerScene();
    expect(submitPorts(scene.deps, TESS, typed('8080')).answer).toMatchObject({
      errors: { 'ports:aws/common': expect.stringContaining('8080') },
    });
    const values = Array.from({ length: 9 }, (_, index) => [
      `ports:cloud-${index}/common`,
      { value: { value: `8080 from namespace ${'n'.repeat(60)}\n`.repeat(8) } },
    ]);
    const state = { values: Object.fromEntries(values) };
    expect(submitPorts(scene.deps, TESS, { ...typed(''), state }).answer).toMatchObject({
      errors: { 'ports:cloud-0/common': expect.stringContaining('more than one request can hold') },
    });
  });

  it('has the preview drawn of all places', async () => {
    const scene = new HandlerScene();
    await submitPorts(scene.deps, TESS, typed('80 from anywhere')).afterwards?.();
    expect(scene.tenants).toMatchObject([
      {
        what: {
          edit: { kind: 'ports', places: [{ cloud: 'aws', folder: 'common', ports: '80 from anywhere' }] },
        },
      },
    ]);
  });
});

describe('the preview of a change', () => {
  const edit = { kind: 'offboard' } as const;
  const view = { id: 'V1', private_metadata: JSON.stringify({ ...about, edit }) };

  it('is one request however often it is sent', async () => {
    const scene = new HandlerScene();
    await submitEdit(scene.deps, TESS, view);
    await submitEdit(scene.deps, TESS, view);
    const [first, second] = scene.edits;
    expect(first).toMatchObject({ repo: REPO, askedBy: TESS, name: 'old', edit });
    expect(second?.requestId).toBe(first?.requestId);
  });

  it('stays when the queue is away, and says that nothing was sent', async () => {
    const scene = new HandlerScene();
    scene.queueFails = true;
    const answer = await submitEdit(scene.deps, TESS, view);
    expect(answer.response_action).toBe('push');
    expect(JSON.stringify(answer)).toContain('Nothing was sent');
  });
});
