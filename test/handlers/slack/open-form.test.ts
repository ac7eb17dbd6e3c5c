import { openForm } from '../../../handlers/slack/onboard/open-form.ts';
import type { RepoName } from '../../../src/domain/ids.ts';
import { sampleSnapshot } from '../../support/sample-platform.ts';
import { HandlerScene, TESS, wordsOfView } from './scene.ts';

const ask = { user: TESS, triggerId: 'T1', name: ' shop ' };

describe('/onboard-tenant', () => {
  it('opens the form at once, with the name that was typed behind the command', async () => {
    const scene = new HandlerScene();
    await openForm(scene.deps, ask);
    expect(scene.opened).toHaveLength(1);
    expect(scene.opened[0]?.submit?.text).toBe('Preview');
    expect(wordsOfView(scene.opened[0])).toContain('"initial_value":"shop"');
    expect(scene.updated).toEqual([]);
  });

  it('shows a waiting note first when the repository is not at hand, then the form', async () => {
    const scene = new HandlerScene();
    scene.late = { snapshot: sampleSnapshot(), at: 700 };
    scene.snapshot = undefined;
    await openForm(scene.deps, ask);
    expect(wordsOfView(scene.opened[0])).toContain('One moment');
    expect(scene.hints).toEqual(['acme/platform']);
    expect(scene.updated[0]?.view.submit?.text).toBe('Preview');
  });

  it('says after two or three seconds that the repository cannot be read, and what to do', async () => {
    const scene = new HandlerScene();
    scene.snapshot = undefined;
    await openForm(scene.deps, ask);
    expect(wordsOfView(scene.updated[0]?.view)).toContain('try again in a minute');
    expect(scene.now).toBeLessThan(4_000);
  });

  it('tells a guest that guests cannot ask', async () => {
    const scene = new HandlerScene();
    scene.person = { id: TESS, name: 'Gus', isMember: false };
    await openForm(scene.deps, ask);
    expect(wordsOfView(scene.opened[0])).toContain('Guests cannot ask');
    expect(scene.opened[0]?.submit).toBeUndefined();
  });

  it('opens for the members of the policy’s groups only', async () => {
    const policy = 'onboarding: { who: { usergroups: [S0LEADS] } }\n';
    const scene = new HandlerScene();
    scene.snapshot = sampleSnapshot(policy);
    await openForm(scene.deps, ask);
    expect(wordsOfView(scene.opened[0])).toContain('not in a group');
    scene.members = [TESS];
    await openForm(scene.deps, ask);
    expect(scene.opened[1]?.submit?.text).toBe('Preview');
  });

  it('names the first mistake of a policy that cannot be read, and whom to tell', async () => {
    const scene = new HandlerScene();
    scene.snapshot = sampleSnapshot('sizes:\n  default: huge\n');
    await openForm(scene.deps, ask);
    expect(wordsOfView(scene.opened[0])).toMatch(/tell the platform team .*line 2/);
  });

  it('says how old its knowledge is when GitHub has not confirmed it lately', async () => {
    const scene = new HandlerScene();
    scene.offset = 10 * 60_000;
    await openForm(scene.deps, ask);
    expect(wordsOfView(scene.opened[0])).toContain('10 minutes old');
  });

  it('lets one choose the platform when the bot serves several', async () => {
    const scene = new HandlerScene();
    const repos = ['acme/platform', 'acme/other'] as RepoName[];
    await openForm({ ...scene.deps, repos }, ask);
    expect(wordsOfView(scene.opened[0])).toContain('acme/other');
  });
});
