import type { Line } from '../play.ts';
import type { Stage } from '../stage.ts';
import { OLLI, TESS } from '../world/people.ts';
import { parseTrailers } from './read-trailers.ts';
import { keysOf, messageOf } from './said.ts';

const COMPLETE = {
  clouds: ['aws'],
  owner: 'Team Shop',
  contact: '#team-shop',
  purpose: 'Sells things.',
} as const;

/** A tenant that one or two people ask for, with others who take its name or close what was opened. */
export const onboardingLine: Line = {
  name: 'onboarding',
  async act(stage) {
    const draw = stage.random.fork('people');
    const { scheduler, marks } = stage.world;
    if (draw.chance(0.25)) await takesName(stage);
    const asking = [asks(stage, TESS, 'shop')];
    if (draw.chance(0.3)) asking.push(asks(stage, OLLI, 'shop'));
    await Promise.all([...asking, closes(stage)]);
    marks.add('asked');
    await scheduler.sleep(draw.whole(1_000, 10_000));
  },
  check(stage) {
    oneEach(stage);
    everybodyHears(stage);
    messagesAgree(stage);
    foreignBranchesAreLeft(stage);
  },
};

async function asks(stage: Stage, who: string, name: string): Promise<void> {
  const { world, people, random } = stage;
  const draw = random.fork(`asks ${who}`);
  await world.scheduler.sleep(draw.whole(0, 10_000));
  for (let tries = 0; tries < 4; tries += 1) {
    await people.close(who);
    await people.command(who, '/onboard-tenant', name);
    const form = await people.form(who, 'Onboard a tenant', 15_000);
    if (form === undefined) continue;
    const checked = await people.fill(who, form, COMPLETE);
    const preview = checked.outcome === 'ok' ? await people.form(who, 'Preview', 5_000) : undefined;
    if (preview === undefined) continue;
    const sendings = draw.chance(0.3) ? 2 : 1;
    const sent = await Promise.all(Array.from({ length: sendings }, () => people.fill(who, preview, {})));
    if (sent.some(({ outcome }) => outcome === 'ok')) hasReallyArrived(stage, who);
    if (sent.some(({ outcome }) => outcome === 'ok')) return;
    await world.scheduler.sleep(4_000);
  }
}

/** What somebody reads as being worked on is in the queue by then (I6). */
function hasReallyArrived(stage: Stage, who: string): void {
  const text = JSON.stringify(stage.world.slack.workspace.stack(who).map(({ blocks }) => blocks));
  const isTaken = text.includes('Working on');
  if (isTaken && ![...stage.world.requests].some((each) => each.startsWith('onboard ')))
    stage.accuse('I6', `${who} was told that it is worked on, and the queue has nothing`);
}

/** Somebody has a branch of the name already, with something of their own. */
async function takesName({ world, people }: Stage): Promise<void> {
  const sha = world.github.state.refs.get('refs/heads/main');
  await people.onGitHub('olli-oncall', 'POST', '/git/refs', { ref: 'refs/heads/tenant-shop', sha });
  await people.write('olli-oncall', 'tenant-shop', 'README.md', (text) => `${text}\nmine\n`);
  world.marks.add('a foreign branch');
}

async function closes(stage: Stage): Promise<void> {
  const { world, people, random } = stage;
  const draw = random.fork('closes');
  const what = draw.pick(['nothing', 'closes', 'merges', 'deletes']);
  if (what === 'nothing') return;
  for (let waited = 0; waited < 120 && ourPulls(stage).length === 0; waited += 1)
    await world.scheduler.sleep(1_000);
  const [pull] = ourPulls(stage);
  if (pull === undefined) return;
  await world.scheduler.sleep(draw.whole(0, 15_000));
  if (what === 'closes')
    await people.onGitHub('pat-platform', 'PATCH', `/pulls/${pull.number}`, { state: 'closed' });
  if (what === 'deletes') await people.onGitHub('pat-platform', 'DELETE', `/git/refs/heads/${pull.headRef}`);
  for (let tries = 0; what === 'merges' && tries < 60 && !pull.merged; tries += 1) {
    await people.onGitHub('pat-platform', 'PUT', `/pulls/${pull.number}/merge`, { merge_method: 'squash' });
    await world.scheduler.sleep(3_000);
  }
  world.marks.add(what);
}

function ourPulls({ world }: Stage) {
  const { state } = world.github;
  return [...state.pulls.values()].filter(
    ({ user, headRef }) => user === state.botLogin() && headRef.startsWith('tenant-'),
  );
}

/** I1 */
function oneEach(stage: Stage): void {
  const seen = new Map<string, number>();
  for (const { number, body } of ourPulls(stage)) {
    const id = parseTrailers(body ?? '')['Request-Id'];
    if (id === undefined) continue;
    stage.world.marks.add('ended');
    if (seen.has(id)) stage.accuse('I1', `#${seen.get(id)} and #${number} are of one request ${id}`);
    seen.set(id, number);
  }
  const open = ourPulls(stage).filter(({ state }) => state === 'open');
  if (open.length > 1)
    stage.accuse('I1', `${open.map(({ number }) => `#${number}`).join(' and ')} ask for one name`);
  const forms = [...stage.world.requests].filter((each) => each.startsWith('onboard '));
  if (forms.length > stage.people.commands)
    stage.accuse('I1', `${forms.length} requests of ${stage.people.commands} commands`);
}

/** I6: an end that its asker is told of, or a pull request that its message leads to. */
function everybodyHears(stage: Stage): void {
  const keys = keysOf(stage);
  for (const request of stage.world.standing) {
    const [intent, id = ''] = request.split(' ');
    if (intent !== 'onboard') continue;
    const pull = ourPulls(stage).find(({ body }) => body?.includes(id));
    const isTold = pull === undefined ? keys.has(`request:${id}:end`) : keys.has(`request:${id}`);
    if (!isTold) stage.accuse('I6', `nobody heard how the request ${id} ended`);
  }
}

/** I7 */
function messagesAgree(stage: Stage): void {
  for (const { body, merged, state, number } of ourPulls(stage)) {
    const id = parseTrailers(body ?? '')['Request-Id'] ?? '';
    const message = messageOf(stage, `request:${id}`);
    if (message === undefined) continue;
    const wanted = merged ? 'Merged' : state === 'closed' ? 'Closed' : 'pull request is open';
    if (!JSON.stringify(message.blocks).includes(wanted))
      stage.accuse('I7', `the message about #${number} does not say "${wanted}"`);
  }
}

/** Nobody's branch is written to. */
function foreignBranchesAreLeft(stage: Stage): void {
  const { state } = stage.world.github;
  if (!stage.world.marks.has('a foreign branch')) return;
  const ours = state.activities.filter(
    ({ ref, actor, type }) =>
      ref === 'refs/heads/tenant-shop' && actor === state.botLogin() && type !== 'pr_merge',
  );
  if (ours.length > 0) stage.accuse('I1', 'the bot wrote to a branch of somebody else');
}
