import { ChangePerson } from '../support/change-person.ts';
import { eventually } from '../support/eventually.ts';
import { PersonOnGitHub } from '../support/person-on-github.ts';
import { type OnePull, Promotions } from '../support/promotions.ts';
import { Repository } from '../support/repository.ts';
import { type Stage, setStage } from '../support/stage.ts';

let stage: Stage;
let pat: ChangePerson;
let ana: ChangePerson;
let ben: ChangePerson;
let olli: ChangePerson;
let patOnGitHub: PersonOnGitHub;
let anaOnGitHub: PersonOnGitHub;
let benOnGitHub: PersonOnGitHub;
let olliOnGitHub: PersonOnGitHub;
let promotions: Promotions;

beforeAll(async () => {
  stage = await setStage({ approvalRule: true });
  const { world } = stage;
  pat = new ChangePerson(world);
  ana = new ChangePerson(world, 'U0APPRVR01');
  ben = new ChangePerson(world, 'U0APPRVR02');
  olli = new ChangePerson(world, 'U0ONCALL01');
  patOnGitHub = new PersonOnGitHub(world, 'pat-platform');
  anaOnGitHub = new PersonOnGitHub(world, 'ana-approver');
  benOnGitHub = new PersonOnGitHub(world, 'ben-approver');
  olliOnGitHub = new PersonOnGitHub(world, 'olli-oncall');
  promotions = new Promotions(stage, pat, patOnGitHub);
  await pat.warm();
}, 60_000);

afterEach(() => stage?.world.faults.clear());
afterAll(async () => stage?.close(), 60_000);

const approves = (who: ChangePerson, { change }: OnePull, answer = 'Your approval is recorded') =>
  who.decides(change, 'change_approve', answer);
const bothApprove = async (one: OnePull) => {
  await approves(ana, one);
  await approves(ben, one);
};
const says = (one: OnePull, words: string) => ana.change(one.change, words, 15_000);
const threadSays = (one: OnePull, words: string) =>
  eventually(`the thread of change ${one.change} says "${words}"`, async () =>
    (await ana.thread(one.change)).includes(words),
  );
const isUnmerged = ({ pull }: OnePull) => expect(promotions.pull(pull).merged).toBe(false);
const putAway = async (one: OnePull) => {
  await pat.asks(`withdraw ${one.change}`, 'withdrawn');
  await eventually('it is closed', () => promotions.pull(one.pull).state === 'closed');
};

describe('what was approved changes', () => {
  it('is asked again after a push, and neither the pusher nor what was clicked on before counts', async () => {
    const one = await promotions.promote();
    await approves(ana, one);
    await says(one, '1 of 2');
    const before = await promotions.value(one.change);
    const { headRef } = promotions.pull(one.pull);
    await promotions.write(benOnGitHub, headRef, 'README.md', 'Not looked at.\n');
    await threadSays(one, 'What would be merged has changed');
    await says(one, '0 of 2');
    const now = await promotions.value(one.change);
    promotions.forge(one.change, before);
    await approves(ana, one, 'has changed since you saw it');
    promotions.forge(one.change, now);
    await approves(ben, one, 'You pushed what this change would merge');
    await approves(ana, one);
    await says(one, '1 of 2');
    isUnmerged(one);
    await putAway(one);
  }, 60_000);

  it('is asked again when the tag moves between two approvals', async () => {
    const one = await promotions.promote();
    await approves(ana, one);
    await says(one, '1 of 2');
    await promotions.moveTag(olliOnGitHub, one.tag);
    await threadSays(one, 'What would be merged has changed');
    await approves(ben, one);
    await says(one, '1 of 2');
    isUnmerged(one);
    await approves(ana, one);
    await promotions.merged(one);
  }, 60_000);

  it('is not merged when the tag moves once the check is green', async () => {
    const one = await promotions.promote();
    await approves(ana, one);
    stage.world.faults.add({
      service: 'github',
      on: 'call',
      match: 'PATCH .*/check-runs/',
      effect: { kind: 'delay', ms: 500 },
      times: 20,
    });
    await approves(ben, one);
    await promotions.moveTag(olliOnGitHub, one.tag);
    await threadSays(one, 'What would be merged has changed');
    stage.world.faults.clear();
    await says(one, '0 of 2');
    await eventually('the check is back', () => promotions.check(one.pull) !== 'success');
    isUnmerged(one);
    await putAway(one);
  }, 60_000);

  it('is not merged while its tag is gone', async () => {
    const one = await promotions.promote();
    await approves(ana, one);
    await says(one, '1 of 2');
    await olliOnGitHub.call('DELETE', `/git/refs/tags/${one.tag}`);
    await threadSays(one, 'What would be merged has changed');
    await says(one, '0 of 2');
    await bothApprove(one);
    await says(one, '2 of 2');
    isUnmerged(one);
    await putAway(one);
  }, 60_000);
});

describe('who approves', () => {
  it('is not who asked, however often', async () => {
    const one = await promotions.promote();
    await approves(pat, one, 'You asked for this change');
    await approves(ana, one);
    await approves(pat, one, 'You asked for this change');
    await approves(ana, one);
    await says(one, '1 of 2');
    isUnmerged(one);
    await approves(ben, one);
    await promotions.merged(one);
  }, 60_000);

  it('counts at the merge only while still an approver and active', async () => {
    const one = await promotions.promote();
    const { slack, github } = stage.world;
    const team = github.world.state.teams.get('change-approvers');
    const members = [...(team?.members ?? [])];
    await pat.asks(`hold ${one.change} not yet`, 'held');
    await bothApprove(one);
    await says(one, '2 of 2');
    await slack.client.arrange({ group: { id: 'S0APPROVER', users: ['U0APPRVR01'] } });
    team?.members.splice(0, 9, ...members.filter(({ login }) => login !== 'ben-approver'));
    await pat.asks(`unhold ${one.change}`, 'lifted');
    await says(one, 'not an approver any more');
    isUnmerged(one);
    await pat.asks(`hold ${one.change} not yet`, 'held');
    await slack.client.arrange({ group: { id: 'S0APPROVER', users: ['U0APPRVR01', 'U0APPRVR02'] } });
    team?.members.splice(0, 9, ...members);
    await slack.client.arrange({ person: { id: 'U0APPRVR01', isDeactivated: true } });
    await pat.asks(`unhold ${one.change}`, 'lifted');
    await eventually('it says so', async () =>
      JSON.stringify(await pat.change(one.change)).includes('not an active member any more'),
    );
    isUnmerged(one);
    await slack.client.arrange({ person: { id: 'U0APPRVR01', isDeactivated: false } });
    await pat.asks(`hold ${one.change} not yet`, 'held');
    await pat.asks(`unhold ${one.change}`, 'lifted');
    await promotions.merged(one);
  }, 60_000);

  it('is not told by what stands behind a button', async () => {
    const one = await promotions.promote();
    const value = await promotions.value(one.change);
    for (const forged of [
      'no json',
      '{}',
      value.replace('sandbox-org/platform', 'somebody/else'),
      value.replace(/"c":\d+/, '"c":-1'),
      value.replace('}', ',"by":"U0APPRVR02"}'),
    ]) {
      promotions.forge(one.change, forged);
      await ana.press(one.change, 'change_approve');
      await eventually('an answer', () => ana.views().length > 0);
      expect(JSON.stringify(ana.views())).not.toContain('recorded');
      await ana.closeAll();
    }
    promotions.forge(one.change, value.replace(/"c":\d+/, '"c":999'));
    await approves(ana, one, 'There is no');
    promotions.forge(one.change, value.replace(/"s":"[^"]*"/, '"s":""'));
    await approves(ana, one, 'has changed since you saw it');
    promotions.forge(one.change, value);
    await says(one, '0 of 2');
    await putAway(one);
  }, 60_000);

  it('may write /approve as a new comment or give a review, but neither edit nor quote it', async () => {
    const one = await promotions.promote();
    await anaOnGitHub.call('POST', `/issues/${one.pull}/comments`, { body: '> /approve' });
    const posted = await anaOnGitHub.call('POST', `/issues/${one.pull}/comments`, { body: 'Well.' });
    const { id } = posted as { id: number };
    await anaOnGitHub.call('PATCH', `/issues/comments/${id}`, { body: '/approve' });
    await patOnGitHub.call('PATCH', `/issues/comments/${id}`, { body: '/approve' }).catch(() => undefined);
    await benOnGitHub.call('POST', `/issues/${one.pull}/comments`, { body: '/approve' });
    await threadSays(one, 'approved by a comment on GitHub');
    await says(one, '1 of 2');
    isUnmerged(one);
    await anaOnGitHub.review(one.pull, 'APPROVE');
    await promotions.merged(one);
    await threadSays(one, 'approved by a review on GitHub');
  }, 60_000);
});

describe('what stops a change', () => {
  it('is a rejection, until it is taken back', async () => {
    const one = await promotions.promote();
    await olli.press(one.change, 'change_reject');
    await olli.submit(await olli.form('Reject a change'), { reason: 'Not on a Friday.' });
    await olli.sees('Your rejection is recorded');
    await olli.closeAll();
    await bothApprove(one);
    await says(one, 'Not on a Friday.');
    await says(one, '2 of 2');
    isUnmerged(one);
    await olli.decides(one.change, 'change_take_back', 'taken back');
    await promotions.merged(one);
  }, 60_000);

  it('is a hold, until it is lifted', async () => {
    const one = await promotions.promote();
    await pat.asks(`hold ${one.change} the database first`, 'held');
    await bothApprove(one);
    await says(one, '2 of 2');
    await says(one, 'the database first');
    isUnmerged(one);
    await pat.asks(`unhold ${one.change}`, 'lifted');
    await promotions.merged(one);
  }, 60_000);

  it('is a freeze, until it is lifted', async () => {
    const one = await promotions.promote();
    await pat.asks('freeze closing of the year', 'frozen');
    await bothApprove(one);
    await says(one, '2 of 2');
    await says(one, 'closing of the year');
    isUnmerged(one);
    await pat.asks('unfreeze', 'lifted');
    await promotions.merged(one);
  }, 60_000);

  it('is a withdrawal, after which it can be asked for anew', async () => {
    const one = await promotions.promote();
    await approves(ana, one);
    await putAway(one);
    await says(one, 'Withdrawn');
    const again = await promotions.promote(one.tag);
    await says(again, '0 of 2');
    await bothApprove(again);
    await promotions.merged(again);
  }, 60_000);

  it('is a newer one for the same place, as both show', async () => {
    const one = await promotions.promote();
    await approves(ana, one);
    const newer = await promotions.promote();
    await says(one, `Superseded by change ${newer.change}`);
    await eventually('the older is closed', () => promotions.pull(one.pull).state === 'closed');
    isUnmerged(one);
    await putAway(newer);
  }, 60_000);
});

describe('a pull request by hand', () => {
  it('is green at once when it changes nothing in production', async () => {
    const pull = await promotions.open(olliOnGitHub, 'docs: say more', { 'README.md': 'More.\n' });
    await eventually('it is green', () => promotions.check(pull) === 'success', 5_000);
  }, 30_000);

  it('that lowers the quorum is judged by what is in force', async () => {
    const path = '.github/trunkline.yaml';
    const policy = (await promotions.read('main', path)).replace('needed: 2', 'needed: 1');
    const pull = await promotions.open(olliOnGitHub, 'chore: trust more', { [path]: policy });
    const one = await promotions.changeOf(pull);
    await approves(ana, one);
    await says(one, '1 of 2');
    isUnmerged(one);
    await olliOnGitHub.close(pull);
    await says(one, 'Withdrawn');
  }, 60_000);

  it('that promotes is a promotion, and its author does not approve it', async () => {
    const tag = await promotions.tag();
    const pull = await promotions.open(benOnGitHub, `Up to ${tag}`, await promotions.turned(tag));
    const one = await promotions.changeOf(pull);
    await says(one, `${tag}`);
    await approves(ben, one, 'You asked for this change');
    await approves(ana, one);
    await says(one, '1 of 2');
    isUnmerged(one);
    await benOnGitHub.close(pull);
    await says(one, 'Withdrawn');
  }, 60_000);
});

describe('a way around', () => {
  it('is no check or status of the same name by somebody else', async () => {
    const one = await promotions.promote();
    const { state } = stage.world.github.world;
    const { headSha } = promotions.pull(one.pull);
    const own = [...state.checkRuns.values()].findLast((run) => run.headSha === headSha);
    if (own === undefined) throw new Error('there is no check');
    const id = state.nextId();
    state.checkRuns.set(id, { ...own, id, appId: 7777, status: 'completed', conclusion: 'success' });
    const status = { state: 'success', context: 'change-approval' };
    await olliOnGitHub.call('POST', `/statuses/${headSha}`, status);
    await expect(olliOnGitHub.merge(one.pull)).rejects.toThrow('change-approval');
    await approves(ana, one);
    await says(one, '1 of 2');
    await expect(olliOnGitHub.merge(one.pull)).rejects.toThrow('change-approval');
    isUnmerged(one);
    await putAway(one);
  }, 60_000);

  it('past the rule is told as an alarm', async () => {
    const one = await promotions.promote();
    await approves(ana, one);
    const { state } = stage.world.github.world;
    const [rule] = [...state.rulesets.values()];
    const actorId = state.teams.get('platform')?.id ?? null;
    rule?.bypassActors.push({ actorId, actorType: 'Team', bypassMode: 'always' });
    await olliOnGitHub.merge(one.pull);
    rule?.bypassActors.pop();
    await says(one, 'MERGED UNAPPROVED');
    await threadSays(one, 'was merged past Trunkline by');
  }, 60_000);

  it('is no ledger with a record edited or deleted, which the doctor names', async () => {
    const branch = 'trunkline/ledger';
    const one = await promotions.promote();
    await approves(ana, one);
    await says(one, '1 of 2');
    const repository = new Repository(stage.world);
    const files = (await repository.git('ls-tree', '-r', '--name-only', branch)).split('\n');
    const path = files.findLast((each) => each.includes('approve')) ?? '';
    const text = await promotions.read(branch, path);
    for (const other of [text.replace('U0APPRVR01', 'U0PLATFM01'), undefined]) {
      await promotions.write(olliOnGitHub, branch, path, other);
      await approves(ben, one, 'ledger of decisions is damaged');
      await says(one, 'damaged');
      await pat.asks('doctor', path.split('/').at(-1) ?? path);
      isUnmerged(one);
      await promotions.write(olliOnGitHub, branch, path, text);
    }
    await pat.asks('doctor', 'The ledger is whole');
    await pat.asks(`hold ${one.change}`, 'held');
    await pat.asks(`unhold ${one.change}`, 'lifted');
    await approves(ben, one);
    await promotions.merged(one);
  }, 60_000);

  it('is no Redis that forgot the first approval', async () => {
    const one = await promotions.promote();
    await approves(ana, one);
    await stage.flushRedis();
    await approves(ben, one);
    await promotions.merged(one, 30_000);
    await says(one, 'Merged by approval of');
  }, 60_000);
});
