import type { Line } from '../play.ts';
import type { Stage } from '../stage.ts';
import { recordsNow } from '../world/ledger-truth.ts';
import { ANA, BEN, GUS, OLLI, PAT, type People } from '../world/people.ts';
import { checkChange } from './check-change.ts';

const SOURCE = 'providers/aws/v1/mgmt/namespaced/flux-system/gitrepository-release.yaml';

/** A promotion that two people approve, with others who do something at the worst moment. */
export const changeLine: Line = {
  name: 'change',
  async act(stage) {
    const { world, people, random } = stage;
    const draw = random.fork('people');
    const main = world.github.state.refs.get('refs/heads/main') ?? '';
    await people.onGitHub('pat-platform', 'POST', '/git/refs', { ref: 'refs/tags/v0.2.0', sha: main });
    const isByHand = draw.chance(0.25);
    if (isByHand) await openByHand(people, main);
    else await people.command(PAT, '/trunkline', 'promote v0.2.0 aws');
    const change = await findChange(stage, 45_000);
    if (change === undefined) {
      if (!isByHand) await people.command(PAT, '/trunkline', 'promote v0.2.0 aws');
      if ((await findChange(stage, 120_000)) === undefined) return;
    }
    layAmbush(stage);
    await Promise.all([approvals(stage, ANA), approvals(stage, BEN), ...meddlers(stage)]);
    if (draw.chance(0.6)) await putRight(stage);
  },
  check: checkChange,
};

async function openByHand(people: People, main: string): Promise<void> {
  await people.onGitHub('pat-platform', 'POST', '/git/refs', { ref: 'refs/heads/turn', sha: main });
  await people.write('pat-platform', 'turn', SOURCE, (text) => text.replace(/tag: .*/, 'tag: v0.2.0'));
  await people.onGitHub('pat-platform', 'POST', '/pulls', {
    title: 'Turn production',
    head: 'turn',
    base: 'main',
    body: '',
  });
}

/** What is worst while a merge is under way. */
const WORST = [
  'a push',
  'a push',
  'a moved tag',
  'a moved tag',
  'a second thought',
  'a rejection',
  'a hold',
  'a freeze',
  'somebody who leaves the group',
  'somebody who is deactivated',
] as const;

/** Somebody does something while one of the calls that matter is on its way. */
function layAmbush(stage: Stage): void {
  const draw = stage.random.fork('ambush');
  if (!draw.chance(0.8)) return;
  const isWorst = draw.chance(0.75);
  const name = draw.pick(isWorst ? WORST : Object.keys(MEDDLERS));
  stage.world.ambushes.push({
    match: isWorst
      ? draw.pick([/merge$/, /PATCH .*check-runs/])
      : draw.pick([/check-runs/, /graphql (Ledger|ChangeFacts)/, /AppendRecord/]),
    after: draw.pick(isWorst ? [0, 0, 0, 1, 2] : [0, 1, 2, 5]),
    slowMs: draw.pick([0, 0, 400, 3_000, 7_000, 9_500]),
    run: async () => {
      stage.world.story.tell(`meddling: ${name}`);
      await MEDDLERS[name]?.(stage);
    },
  });
}

/** The last change, once its message can be pressed. */
async function findChange(stage: Stage, ms: number): Promise<number | undefined> {
  const { world, people } = stage;
  for (const end = world.scheduler.now + ms; world.scheduler.now < end; ) {
    const change = lastChange(stage);
    if (change !== undefined && people.message(change, 'change_approve')) return change;
    await world.scheduler.sleep(500);
  }
  return undefined;
}

function lastChange({ world }: Stage): number | undefined {
  const opened = recordsNow(world.github).flatMap(({ deed }) =>
    deed.kind === 'opened' ? [deed.change] : [],
  );
  return opened.at(-1);
}

async function approvals(stage: Stage, who: string): Promise<void> {
  const draw = stage.random.fork(`approvals ${who}`);
  const { scheduler } = stage.world;
  await scheduler.sleep(draw.whole(0, draw.pick([200, 5_000, 20_000])));
  for (let round = draw.whole(1, 2); round > 0; round -= 1) {
    const change = lastChange(stage) ?? 1;
    await stage.people.press(who, change, 'change_approve');
    await scheduler.sleep(draw.whole(500, 25_000));
    await close(stage, who);
  }
}

async function close({ world }: Stage, who: string): Promise<void> {
  const top = world.slack.workspace.stack(who).at(-1);
  if (top !== undefined) await world.slack.client.close({ as: who, view_id: top.id, all: true });
}

type Meddler = (stage: Stage) => Promise<void>;

const MEDDLERS: Readonly<Record<string, Meddler>> = {
  'a push': async (stage) => {
    const branch = openBranch(stage);
    if (branch !== undefined)
      await stage.people.write('pat-platform', branch, 'README.md', (text) => `${text}\nmore\n`);
  },
  'a moved tag': async ({ world, people }) => {
    const main = world.github.state.refs.get('refs/heads/main') ?? '';
    const tree = world.github.memory.objects.commit(main)?.tree;
    const made = await people.onGitHub('olli-oncall', 'POST', '/git/commits', {
      message: 'other',
      tree,
      parents: [main],
    });
    const { sha } = made.data as { readonly sha: string };
    await people.onGitHub('olli-oncall', 'PATCH', '/git/refs/tags/v0.2.0', { sha, force: true });
  },
  'a deleted tag': async ({ people, world }) => {
    const before = world.github.state.refs.get('refs/tags/v0.2.0');
    await people.onGitHub('olli-oncall', 'DELETE', '/git/refs/tags/v0.2.0');
    await world.scheduler.sleep(15_000);
    await people.onGitHub('olli-oncall', 'POST', '/git/refs', { ref: 'refs/tags/v0.2.0', sha: before });
  },
  'a moved base': async ({ people }) => {
    await people.onGitHub('olli-oncall', 'POST', '/git/refs', {
      ref: 'refs/heads/side',
      sha: await headOf(people),
    });
    await people.write('olli-oncall', 'side', 'README.md', (text) => `${text}\nside\n`);
    await people.onGitHub('olli-oncall', 'POST', '/pulls', {
      title: 'Side',
      head: 'side',
      base: 'main',
      body: '',
    });
  },
  'a second thought': async (stage) => {
    await stage.people.press(BEN, lastChange(stage) ?? 1, 'change_take_back');
    await stage.world.scheduler.sleep(4_000);
    await close(stage, BEN);
  },
  'a rejection': async (stage) => {
    await stage.people.press(ANA, lastChange(stage) ?? 1, 'change_reject');
    await stage.world.scheduler.sleep(1_500);
    await stage.people.submit(ANA, 'not today');
    await stage.world.scheduler.sleep(12_000);
    await close(stage, ANA);
  },
  'a hold': (stage) => says(stage, OLLI, `hold ${lastChange(stage) ?? 1} wait`),
  'a freeze': async (stage) => {
    await says(stage, OLLI, 'freeze busy');
    await stage.world.scheduler.sleep(20_000);
    await says(stage, OLLI, 'unfreeze');
  },
  'a withdrawal': (stage) => says(stage, PAT, `withdraw ${lastChange(stage) ?? 1}`),
  'somebody who leaves the group': async ({ world, random }) => {
    const group = world.slack.workspace.groups.find(({ id }) => id === 'S0APPROVER');
    const team = world.github.state.teams.get('change-approvers');
    if (group === undefined || team === undefined) return;
    const { members } = team;
    const tell = (what: string) => {
      world.story.tell(what);
      world.slack.workspace.changed([BEN], { kind: 'channels' });
    };
    group.users = [ANA];
    const at = members.findIndex(({ login }) => login === 'ben-approver');
    const [ben] = members.splice(at, 1);
    tell('Ben leaves the approvers');
    await world.scheduler.sleep(random.whole(5_000, 60_000));
    group.users = [ANA, BEN];
    if (ben) members.push(ben);
    tell('Ben is an approver again');
  },
  'somebody who is deactivated': async ({ world, random }) => {
    const { workspace } = world.slack;
    const put = (isDeactivated: boolean) => {
      workspace.people = workspace.people.map((each) =>
        each.slackId === BEN ? { ...each, isDeactivated } : each,
      );
      world.story.tell(isDeactivated ? 'Ben is deactivated' : 'Ben is back');
      workspace.changed([BEN], { kind: 'channels' });
    };
    put(true);
    await world.scheduler.sleep(random.whole(5_000, 60_000));
    put(false);
  },
  'those who may not': async (stage) => {
    for (const who of [PAT, GUS, OLLI])
      await stage.people.press(who, lastChange(stage) ?? 1, 'change_approve');
  },
  'a second click': async (stage) => {
    await Promise.all([0, 1].map(() => stage.people.press(BEN, lastChange(stage) ?? 1, 'change_approve')));
  },
  'a second promotion': async (stage) => {
    await stage.people.command(PAT, '/trunkline', 'promote v0.2.0 aws');
  },
};

function meddlers(stage: Stage): readonly Promise<void>[] {
  const draw = stage.random.fork('meddlers');
  const names = draw.shuffled(Object.keys(MEDDLERS)).slice(0, draw.pick([0, 1, 1, 2, 3]));
  return names.map(async (name) => {
    await stage.world.scheduler.sleep(draw.whole(0, draw.pick([2_000, 15_000, 45_000])));
    stage.world.story.tell(`meddling: ${name}`);
    stage.world.marks.add(name);
    await MEDDLERS[name]?.(stage);
  });
}

async function says(stage: Stage, who: string, words: string): Promise<void> {
  await stage.people.command(who, '/trunkline', words);
  await stage.world.scheduler.sleep(8_000);
  await close(stage, who);
}

function openBranch({ world }: Stage): string | undefined {
  const open = [...world.github.state.pulls.values()].filter(
    ({ state, headRef }) => state === 'open' && headRef !== 'side',
  );
  return open.at(-1)?.headRef;
}

async function headOf(people: People): Promise<string> {
  const { data } = await people.onGitHub('olli-oncall', 'GET', '/git/ref/heads/main');
  return (data as { readonly object: { readonly sha: string } }).object.sha;
}

/** Everybody says once more what it takes, so that the change has to merge. */
async function putRight(stage: Stage): Promise<void> {
  const { scheduler, story } = stage.world;
  while (!stage.world.weather.isOver) await scheduler.sleep(1_000);
  await scheduler.sleep(70_000);
  const change = lastChange(stage);
  if (change === undefined || stage.people.message(change, 'change_approve') === undefined) return;
  stage.world.ambushes = [];
  story.tell('everybody puts it right');
  await says(stage, OLLI, 'unfreeze');
  await says(stage, OLLI, `unhold ${change}`);
  for (const who of [ANA, BEN]) {
    for (const action of ['change_take_back', 'change_approve']) {
      // A trigger lives three seconds: whoever sees nothing open presses again.
      for (let tries = 0; tries < 3; tries += 1) {
        await close(stage, who);
        await stage.people.press(who, change, action);
        await scheduler.sleep(6_000);
        if (stage.world.slack.workspace.stack(who).length > 0) break;
      }
    }
    await close(stage, who);
  }
  stage.world.marks.add(`put right ${change}`);
}
