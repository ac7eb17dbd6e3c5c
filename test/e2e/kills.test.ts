import type { Call } from '../../sandbox/faults.ts';
import { eventually } from '../support/eventually.ts';
import { failuresAt, type KillCase, killAt, loseCall, nameOf } from '../support/kill-at.ts';
import { PersonInSlack, wordsOf } from '../support/person.ts';
import { Repository } from '../support/repository.ts';
import { type Stage, setStage } from '../support/stage.ts';

let stage: Stage;
let tess: PersonInSlack;
let repository: Repository;

beforeAll(async () => {
  // Over HTTP, for Slack limits how often an app may open a socket.
  stage = await setStage({ slackMode: 'http', env: { JOB_LOCK_MS: '1000' } });
  tess = new PersonInSlack(stage.world, 'U0TENANT01');
  repository = new Repository(stage.world);
  await tess.warm();
}, 90_000);

afterAll(async () => stage?.close(), 60_000);

/** The bot's calls for one request are told from its looks by name: looks read only. */
function isLook({ name }: Call): boolean {
  return /^graphql (Pulse|Head|Texts|Pull|ReviewNames)$|^GET |auth\.test|apps\.connections|access_tokens/.test(
    name,
  );
}

/** Whether everything that a request should come to stands. */
function isDone(name: string): boolean {
  const [message] = tess.requestMessages(name);
  return message !== undefined && wordsOf(message).includes('is open') && message.replies.length > 0;
}

async function callsOfOneRequest(name: string): Promise<readonly string[]> {
  const before = stage.world.faults.calls().length;
  await tess.onboard(name);
  await eventually(`${name} is done`, () => isDone(name), 20_000);
  return stage.world.faults
    .calls()
    .slice(before)
    .filter((call) => !isLook(call) && !call.name.startsWith('views.'))
    .map(nameOf);
}

describe('the bot is killed (SIGKILL) at every call it makes for a request', () => {
  it('and each time one branch, one commit, one pull request and one message stand in the end', async () => {
    const calls = await callsOfOneRequest('base');
    expect(calls).toEqual(
      expect.arrayContaining(['github graphql ReserveBranch', 'github graphql OpenPullRequest']),
    );
    expect(await failuresAt(calls, survives)).toEqual([]);
  }, 600_000);
});

async function survives({ call, nth, moment, id }: KillCase): Promise<string | undefined> {
  const name = `kill-${id}`;
  // What a process remembers saves it calls; every case begins with one that remembers nothing.
  await stage.restart();
  const preview = await tess.preview(name);
  const killed = killAt(stage, call, nth, moment);
  if (moment === 'before it is done' && nth === 1) loseCall(stage, call);
  await tess.submit(preview);
  // A call that another look has made needless is not made; the request must be right all the same.
  const done = eventually(`${name} is done`, () => isDone(name), 30_000);
  await Promise.race([killed.done, done]).finally(killed.stop);
  await tess.closeAll();
  stage.world.faults.clear();
  await stage.restart();
  // A write of unclear outcome is repeated only when reads are sure to show it, 35 s later.
  await eventually(`${name} is done`, () => isDone(name), 60_000);
  return leftovers(name);
}

/** What stands beyond one of everything; undefined when nothing does. */
async function leftovers(name: string): Promise<string | undefined> {
  const branches = await repository.branches(`tenant-${name}`);
  const pulls = repository.pulls(`tenant-${name}`);
  const messages = tess.requestMessages(name);
  const commits = await repository.ownCommits(`tenant-${name}`);
  const counts = {
    branches: branches.length,
    commits: commits.length,
    pulls: pulls.length,
    messages: messages.length,
    details: messages[0]?.replies.length ?? 0,
  };
  const wrong = Object.entries(counts).filter(([, count]) => count !== 1);
  return wrong.length === 0 ? undefined : wrong.map(([what, count]) => `${count} ${what}`).join(', ');
}
