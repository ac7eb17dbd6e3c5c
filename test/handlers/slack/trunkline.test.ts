import { VERBS } from '../../../handlers/slack/commands.ts';
import { trunkline } from '../../../handlers/slack/trunkline.ts';
import { HandlerScene, TESS, wordsOfView } from './scene.ts';

function answerTo(text: string) {
  const reaction = trunkline(text);
  if (reaction.kind !== 'answer') throw new Error(`${text} opens something`);
  return reaction.answer;
}

async function openedBy(text: string, scene = new HandlerScene()) {
  const reaction = trunkline(text);
  if (reaction.kind !== 'open') throw new Error(`${text} opens nothing`);
  await reaction.open(scene.deps, { user: TESS, triggerId: 'T1' });
  return scene;
}

describe('/trunkline', () => {
  it.each(['', 'help', ' HELP ', 'help me'])('lists every command with who may use it (%j)', (text) => {
    const answer = answerTo(text);
    expect(answer.response_type).toBe('ephemeral');
    const words = JSON.stringify(answer.blocks);
    expect(words).toContain('/onboard-tenant [name]');
    for (const { usage, who } of VERBS) {
      expect(words).toContain(usage);
      expect(words).toContain(who);
    }
  });

  it('says that a verb does not exist and which do, and lets no mention through', () => {
    expect(answerTo('<!channel> now').text).toContain(
      'There is no /trunkline &lt;!channel&gt;. What there is: help, tenant, release, promote, changes, change, hold, unhold, override, withdraw, doctor, freeze, unfreeze, rollout, status and fleet.',
    );
  });

  it.each(['release', 'status'])('%s opens a view at once and asks for what it shows', async (verb) => {
    const scene = await openedBy(verb);
    expect(scene.opened).toHaveLength(1);
    expect(scene.shown).toEqual([{ v: 1, repo: 'acme/platform', askedBy: TESS, viewId: 'V1' }]);
    expect(scene.updated).toEqual([]);
  });

  it.each(['release', 'status'])(
    '%s says in its view that it cannot be had while Redis is away',
    async (verb) => {
      const scene = new HandlerScene();
      scene.queueFails = true;
      await openedBy(verb, scene);
      expect(wordsOfView(scene.updated.at(-1)?.view)).toContain('try again in a minute');
    },
  );

  it.each(['release', 'status'])('%s takes no repository that is not ours', async (verb) => {
    const scene = await openedBy(`${verb} other/platform`);
    expect(scene.shown).toEqual([]);
    expect(wordsOfView(scene.opened[0])).toContain('acme/platform');
  });
});
