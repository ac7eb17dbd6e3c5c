import type { Call } from '../../sandbox/faults.ts';
import { ChangePerson } from '../support/change-person.ts';
import { eventually } from '../support/eventually.ts';
import { failuresAt, type KillCase, killAt, loseCall, nameOf } from '../support/kill-at.ts';
import { PersonOnGitHub } from '../support/person-on-github.ts';
import { Promotions } from '../support/promotions.ts';
import { ROLLOUTS } from '../support/rollouts.ts';
import { type Stage, setStage } from '../support/stage.ts';

let stage: Stage;
let pat: ChangePerson;
let github: PersonOnGitHub;
let promotions: Promotions;

beforeAll(async () => {
  stage = await setStage({
    // Over HTTP, for Slack limits how often an app may open a socket.
    slackMode: 'http',
    fleet: { timing: { fetchMs: 50, applyMs: 100, longestIntervalMs: 5_000 } },
    env: { JOB_LOCK_MS: '1000' },
  });
  await stage.world.fleet.ready;
  pat = new ChangePerson(stage.world);
  github = new PersonOnGitHub(stage.world, 'pat-platform');
  promotions = new Promotions(stage, pat, github);
  await pat.warm();
}, 120_000);

afterAll(async () => stage?.close(), 60_000);

interface Merged {
  readonly tag: string;
  readonly pull: number;
}

/** A person promotes by hand and merges it, so that what is killed is the telling alone. */
async function opened(): Promise<Merged> {
  const tag = await promotions.tag();
  const pull = await promotions.open(github, `chore(release): ${tag}`, await promotions.turned(tag));
  return { tag, pull };
}

const merge = ({ pull }: Merged) => github.call('PUT', `/pulls/${pull}/merge`, { merge_method: 'squash' });

/** What does not stand exactly once of a rollout that has ended well. */
function wrong({ tag, pull }: Merged): readonly string[] {
  const { state } = stage.world.github.world;
  const messages = pat
    .messages(ROLLOUTS)
    .filter(({ isBot, blocks }) => isBot && JSON.stringify(blocks).includes(`/pull/${pull}"`));
  const ends = messages
    .flatMap(({ replies }) => replies)
    .filter(({ text }) => text.includes('runs everywhere'));
  const deployments = [...state.deployments.values()].filter(({ sha }) => sha === promotions.commitOf(tag));
  const stands = {
    message: messages.length,
    'message that it runs everywhere': messages.filter(({ text }) => text.includes('runs everywhere')).length,
    'end in the thread': ends.length,
    comment: [...state.comments.values()].filter(
      ({ issueNumber, body }) => issueNumber === pull && body.includes('is live'),
    ).length,
    deployment: deployments.length,
    'deployment that went well': deployments.filter(({ statuses }) => statuses.at(-1)?.state === 'success')
      .length,
  };
  return Object.entries(stands).flatMap(([what, count]) => (count === 1 ? [] : [`${count} ${what}`]));
}

/** What only looks, or keeps another message up to date, is done again by the next look. */
function matters({ service, name }: Call): boolean {
  if (service === 'kubernetes') return name.startsWith('PATCH');
  return (
    /chat\.postMessage|chat\.update|AppendRecord|\/deployments|\/comments/.test(name) &&
    !name.startsWith('GET')
  );
}

async function callsOfOneRollout(): Promise<readonly string[]> {
  const one = await opened();
  const before = stage.world.faults.calls().length;
  await merge(one);
  await eventually(`${one.tag} is told`, () => wrong(one).length === 0, 40_000);
  return stage.world.faults.calls().slice(before).filter(matters).map(nameOf);
}

async function survives({ call, nth, moment }: KillCase): Promise<string | undefined> {
  // What a process remembers saves it calls; every case begins with one that remembers nothing.
  await stage.restart();
  const one = await opened();
  const killed = killAt(stage, call, nth, moment);
  if (moment === 'before it is done' && nth === 1 && !call.startsWith('kubernetes')) loseCall(stage, call);
  await merge(one);
  const done = eventually(`${one.tag} is told`, () => wrong(one).length === 0, 40_000);
  await Promise.race([killed.done, done]).finally(killed.stop);
  stage.world.faults.clear();
  await stage.restart();
  await eventually(`${one.tag} is told`, () => wrong(one).length === 0, 40_000).catch(() => undefined);
  const problems = wrong(one);
  return problems.length === 0 ? undefined : problems.join(', ');
}

describe('the bot is killed (SIGKILL) at every call it makes for a rollout', () => {
  it('and each time one message, one end, one comment and one deployment stand', async () => {
    const calls = await callsOfOneRollout();
    expect(calls).toEqual(
      expect.arrayContaining(['slack chat.postMessage', 'slack chat.update', 'github graphql AppendRecord']),
    );
    expect(await failuresAt(calls, survives)).toEqual([]);
  }, 900_000);
});
