import type { Call } from '../../sandbox/faults.ts';
import { eventually } from '../support/eventually.ts';
import { failuresAt, type KillCase, killAt, loseCall, nameOf } from '../support/kill-at.ts';
import { PersonOnGitHub } from '../support/person-on-github.ts';
import { ReleasingPerson, shownText } from '../support/release-person.ts';
import { mergePull, Releases } from '../support/releases.ts';
import { type Stage, setStage } from '../support/stage.ts';

const TEAM = 'C0TEAMGUES';
const QUOTA = 'tenants/aws/common/guestbook/resourcequota-compute.yaml';

let stage: Stage;
let pat: ReleasingPerson;
let tess: ReleasingPerson;
let patAtGitHub: PersonOnGitHub;
let releases: Releases;

beforeAll(async () => {
  // Over HTTP, for Slack limits how often an app may open a socket.
  stage = await setStage({ slackMode: 'http', env: { JOB_LOCK_MS: '1000' } });
  pat = new ReleasingPerson(stage.world);
  tess = new ReleasingPerson(stage.world, 'U0TENANT01');
  patAtGitHub = new PersonOnGitHub(stage.world, 'pat-platform');
  releases = new Releases(stage.world);
  await pat.warm();
}, 90_000);

afterAll(async () => stage?.close(), 60_000);

/** Processes that remember nothing ask for the group of those who may more often than Slack answers in a minute. */
const LIMITED_MS = 75_000;

let patch = 1;

/** Merges something for the guestbook's team and opens the form. */
async function prepare() {
  patch += 1;
  const tag = `v0.1.${patch}`;
  const quota = `apiVersion: v1
kind: ResourceQuota
metadata: { name: compute, namespace: guestbook }
spec: { hard: { limits.cpu: ${patch} } }
`;
  await mergePull(patAtGitHub, `tenants(guestbook): quota ${patch}`, QUOTA, quota);
  return { tag, commit: releases.head, form: await pat.releaseForm(LIMITED_MS) };
}

/** How often each thing stands for a tag; a list of what is not there exactly once. */
function wrong(tag: string, commit: string | undefined): readonly string[] {
  const isOf = (text: string) => text.includes(`${tag} `) || text.includes(`${tag}.`) || text.endsWith(tag);
  const direct = pat
    .directMessages()
    .filter(({ blocks }) => shownText(blocks).includes(`${tag} is released`));
  const counts = {
    tag: releases.tag(tag) === commit ? 1 : 0,
    release: releases.of(tag).length,
    announcement: pat.announcements(tag).filter(({ text }) => isOf(text)).length,
    'message to the team': tess.announcements(tag, TEAM).filter(({ text }) => isOf(text)).length,
    'message to the asker': direct.length,
  };
  return Object.entries(counts).flatMap(([what, count]) => (count === 1 ? [] : [`${count} ${what}`]));
}

function isLook({ name }: Call): boolean {
  // Checks and comments are of the pull request that was merged before.
  return /^WATCH |^graphql (Pulse|Head|Texts|Pull|Ledger|ConventionPull|ReviewNames|ReleaseFacts|TagOfRelease|Compare\w*|HistoryOf\w*)|^GET |auth\.test|access_tokens|generate-notes|^users\.|^usergroups\.|\/check-runs$|\/issues\/\d+\/comments$/.test(
    name,
  );
}

async function callsOfOneRelease(): Promise<readonly string[]> {
  const { tag, commit, form } = await prepare();
  const before = stage.world.faults.calls().length;
  await pat.submit(form, { version: tag });
  await eventually(`${tag} is done`, () => wrong(tag, commit).length === 0, 20_000);
  await pat.closeAll();
  return stage.world.faults
    .calls()
    .slice(before)
    .filter((call) => !isLook(call))
    .map(nameOf);
}

async function survives({ call, nth, moment }: KillCase): Promise<string | undefined> {
  // What a process remembers saves it calls; every case begins with one that remembers nothing.
  await stage.restart();
  const { tag, commit, form } = await prepare();
  const killed = killAt(stage, call, nth, moment);
  if (moment === 'before it is done' && nth === 1) loseCall(stage, call);
  await pat.submit(form, { version: tag });
  const done = eventually(`${tag} is done`, () => wrong(tag, commit).length === 0, LIMITED_MS);
  await Promise.race([killed.done, done]).finally(killed.stop);
  await pat.closeAll();
  stage.world.faults.clear();
  await stage.restart();
  await eventually(`${tag} is done`, () => wrong(tag, commit).length === 0, LIMITED_MS).catch(
    () => undefined,
  );
  const problems = wrong(tag, commit);
  return problems.length === 0 ? undefined : problems.join(', ');
}

describe('the bot is killed (SIGKILL) at every call it makes for a release', () => {
  it('and each time one tag, one release, one announcement and one message to team and asker stand', async () => {
    const calls = await callsOfOneRelease();
    expect(calls).toEqual(
      expect.arrayContaining(['github graphql CreateTag', 'slack chat.postMessage', 'slack views.update']),
    );
    expect(await failuresAt(calls, survives)).toEqual([]);
  }, 900_000);
});
