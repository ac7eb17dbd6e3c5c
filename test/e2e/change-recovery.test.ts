import { type ChangeStage, setChangeStage } from '../support/change-stage.ts';
import { eventually } from '../support/eventually.ts';

let set: ChangeStage;

beforeEach(async () => {
  set = await setChangeStage();
}, 60_000);
afterEach(async () => set?.stage.close(), 60_000);

describe('a change that has come through much', () => {
  it('is not merged while its tag is gone', async () => {
    const { ana, olliOnGitHub, promotions, approves, says, bothApprove, threadSays, isUnmerged, putAway } =
      set;
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

  it('is a withdrawal, after which it can be asked for anew', async () => {
    const { ana, promotions, approves, says, bothApprove, putAway } = set;
    const one = await promotions.promote();
    await approves(ana, one);
    await putAway(one);
    await says(one, 'Withdrawn');
    const again = await promotions.promote(one.tag);
    await says(again, '0 of 2');
    await bothApprove(again);
    await promotions.merged(again);
  }, 60_000);

  it('counts at the merge only while still an approver and active', async () => {
    const { stage, pat, promotions, says, bothApprove, isUnmerged } = set;
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

  it('is no Redis that forgot the first approval', async () => {
    const { stage, ana, ben, promotions, approves, says } = set;
    const one = await promotions.promote();
    await approves(ana, one);
    await stage.flushRedis();
    await approves(ben, one);
    await promotions.merged(one, 30_000);
    await says(one, 'Merged by approval of');
  }, 60_000);
});
