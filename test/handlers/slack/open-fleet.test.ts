import { openFleet } from '../../../handlers/slack/fleet/open-fleet.ts';
import { HandlerScene, TESS, wordsOfView } from './scene.ts';

const asked = { user: TESS, triggerId: 'T1', rest: '' };

describe('/trunkline fleet', () => {
  it('opens its form at once, and leaves the rest to a job', async () => {
    const scene = new HandlerScene();
    await openFleet(scene.deps, asked);
    expect(wordsOfView(scene.opened[0])).toContain('asking the management clusters');
    expect(scene.shown).toEqual([{ v: 1, viewId: 'V1', askedBy: TESS }]);
    expect(scene.updated).toEqual([]);
  });

  it('says in the form when nobody can be asked to look', async () => {
    const scene = new HandlerScene();
    scene.queueFails = true;
    await openFleet(scene.deps, asked);
    expect(scene.updated.map(({ id }) => id)).toEqual(['V1']);
    expect(wordsOfView(scene.updated[0]?.view)).toContain('cannot look at the clusters just now');
  });
});
