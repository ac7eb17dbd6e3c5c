import type { Line } from '../play.ts';
import type { Stage } from '../stage.ts';
import { OLLI, PAT } from '../world/people.ts';
import { parseTrailers } from './read-trailers.ts';
import { keysOf, messageOf } from './said.ts';

/** A release that one or two people cut, with others who tag, push or edit meanwhile. */
export const releaseLine: Line = {
  name: 'release',
  async act(stage) {
    const draw = stage.random.fork('people');
    const cutting = [cuts(stage, PAT)];
    if (draw.chance(0.35)) cutting.push(cuts(stage, OLLI));
    await Promise.all([...cutting, meddles(stage)]);
    await stage.world.scheduler.sleep(draw.whole(1_000, 10_000));
  },
  check(stage) {
    tagsStay(stage);
    releasesAreWhatWasShown(stage);
    oneReleaseEach(stage);
    everyReleaseIsAnnounced(stage);
    everybodyHears(stage);
  },
};

async function cuts(stage: Stage, who: string): Promise<void> {
  const { world, people, random } = stage;
  const draw = random.fork(`cuts ${who}`);
  await world.scheduler.sleep(draw.whole(0, 10_000));
  for (let tries = 0; tries < 5; tries += 1) {
    await people.close(who);
    await people.command(who, '/trunkline', 'release');
    const form = await people.form(who, 'Release', 25_000);
    if (form === undefined) continue;
    await world.scheduler.sleep(draw.whole(200, 8_000));
    const shown = shownCommit(stage, who);
    if (shown !== undefined) world.marks.add(`shown ${shown}`);
    const sendings = draw.chance(0.3) ? 2 : 1;
    const sent = await Promise.all(Array.from({ length: sendings }, () => people.fill(who, form, {})));
    if (!sent.some(({ outcome }) => outcome === 'ok')) continue;
    await world.scheduler.sleep(30_000);
    const again = world.slack.client.views(who).at(-1);
    // The branch has moved and the form has come back: whoever reads it sends it again.
    if (again?.title !== 'Release' || again.submit === undefined) return;
  }
}

function shownCommit({ world }: Stage, who: string): string | undefined {
  const text = String(world.slack.workspace.stack(who).at(-1)?.body['private_metadata'] ?? '');
  return /"commit":"([0-9a-f]{40})"/.exec(text)?.[1];
}

async function meddles(stage: Stage): Promise<void> {
  const { world, people, random } = stage;
  const draw = random.fork('meddles');
  const what = draw.pick(['nothing', 'nothing', 'pushes', 'tags', 'edits', 'deletes', 'releases']);
  world.marks.add(what);
  await world.scheduler.sleep(draw.whole(2_000, 30_000));
  const sha = world.github.state.refs.get('refs/heads/main');
  if (what === 'pushes') await pushes(stage);
  if (what === 'tags')
    await people.onGitHub('olli-oncall', 'POST', '/git/refs', {
      ref: 'refs/tags/v0.1.1',
      sha: await other(stage),
    });
  if (what === 'releases')
    await people.onGitHub('olli-oncall', 'POST', '/releases', {
      tag_name: 'v0.1.1',
      target_commitish: sha,
      body: 'by hand',
    });
  if (what !== 'edits' && what !== 'deletes') return;
  for (let waited = 0; waited < 120 && world.github.state.releases.size === 0; waited += 1)
    await world.scheduler.sleep(1_000);
  const [release] = world.github.state.releases.values();
  if (release === undefined) return;
  await world.scheduler.sleep(draw.whole(0, 20_000));
  if (what === 'edits')
    await people.onGitHub('olli-oncall', 'PATCH', `/releases/${release.id}`, {
      body: `${release.body}\n\nEdited.`,
    });
  else await people.onGitHub('olli-oncall', 'DELETE', `/releases/${release.id}`);
}

async function other({ world, people }: Stage): Promise<string> {
  const main = world.github.state.refs.get('refs/heads/main') ?? '';
  const tree = world.github.memory.objects.commit(main)?.tree;
  const made = await people.onGitHub('olli-oncall', 'POST', '/git/commits', {
    message: 'other',
    tree,
    parents: [main],
  });
  return (made.data as { readonly sha: string }).sha;
}

/** Something that changes nothing in production comes to the default branch, once its check allows it. */
async function pushes({ world, people }: Stage): Promise<void> {
  const sha = world.github.state.refs.get('refs/heads/main');
  await people.onGitHub('olli-oncall', 'POST', '/git/refs', { ref: 'refs/heads/side', sha });
  await people.write('olli-oncall', 'side', 'README.md', (text) => `${text}\nside\n`);
  const opened = await people.onGitHub('olli-oncall', 'POST', '/pulls', {
    title: 'docs: side',
    head: 'side',
    base: 'main',
    body: '',
  });
  const { number } = opened.data as { readonly number: number };
  for (let tries = 0; tries < 20 && !world.github.state.pulls.get(number)?.merged; tries += 1) {
    await world.scheduler.sleep(2_000);
    await people.onGitHub('olli-oncall', 'PUT', `/pulls/${number}/merge`, { merge_method: 'squash' });
  }
}

/** I3: what the bot tagged is what somebody was shown, and it moves no tag. */
function tagsStay(stage: Stage): void {
  const { state } = stage.world.github;
  for (const { ref, actor, type, after } of state.activities) {
    if (!ref.startsWith('refs/tags/') || actor !== state.botLogin()) continue;
    if (type !== 'branch_creation') stage.accuse('I3', `the bot moved ${ref}`);
    else if (!stage.world.marks.has(`shown ${after}`))
      stage.accuse('I3', `${ref} is at what nobody was shown`);
  }
}

/** I3: what is released is what somebody was shown, whoever had tagged it. */
function releasesAreWhatWasShown(stage: Stage): void {
  const { state } = stage.world.github;
  for (const { tagName, author } of state.releases.values()) {
    const commit = state.refs.get(`refs/tags/${tagName}`);
    if (author === state.botLogin() && !stage.world.marks.has(`shown ${commit}`))
      stage.accuse('I3', `${tagName} is released at what nobody was shown`);
  }
}

/** I1 */
function oneReleaseEach(stage: Stage): void {
  const seen = new Map<string, string>();
  for (const { tagName, body, author } of stage.world.github.state.releases.values()) {
    const id = parseTrailers(body ?? '')['Request-Id'];
    if (author !== stage.world.github.state.botLogin() || id === undefined) continue;
    stage.world.marks.add('ended');
    if (seen.has(id)) stage.accuse('I1', `${seen.get(id)} and ${tagName} are of one request ${id}`);
    seen.set(id, tagName);
  }
}

/** I2 says that none stands twice; here that one stands. */
function everyReleaseIsAnnounced(stage: Stage): void {
  for (const { id, tagName, draft, prerelease } of stage.world.github.state.releases.values()) {
    if (draft || prerelease) continue;
    if (messageOf(stage, `release:sandbox-org/platform:${id}`) === undefined)
      stage.accuse('I6', `${tagName} is released and not announced`);
  }
}

/** I6 */
function everybodyHears(stage: Stage): void {
  const keys = keysOf(stage);
  for (const request of stage.world.standing) {
    const [intent, id = ''] = request.split(' ');
    if (intent !== 'cut-release' || keys.has(`cut:${id}:end`)) continue;
    const isAskedAgain = [PAT, OLLI].some(
      (who) => stage.world.slack.workspace.stack(who).at(-1)?.body['submit'] !== undefined,
    );
    if (!isAskedAgain && !stage.world.marks.has('pushes'))
      stage.accuse('I6', `nobody heard how the release ${id} ended`);
  }
}
