import { type ChangeStage, setChangeStage } from '../support/change-stage.ts';
import { eventually } from '../support/eventually.ts';

let set: ChangeStage;

// Each case on a stage of its own: Slack lets the bot read its groups only so often a minute.
beforeEach(async () => {
  set = await setChangeStage();
}, 60_000);
afterEach(async () => set?.stage.close(), 60_000);

describe('what stops a change', () => {
  it('is a rejection, until it is taken back', async () => {
    const { olli, promotions, says, bothApprove, isUnmerged } = set;
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
    const { pat, promotions, says, bothApprove, isUnmerged } = set;
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
    const { pat, promotions, says, bothApprove, isUnmerged } = set;
    const one = await promotions.promote();
    await pat.asks('freeze closing of the year', 'frozen');
    await bothApprove(one);
    await says(one, '2 of 2');
    await says(one, 'closing of the year');
    isUnmerged(one);
    await pat.asks('unfreeze', 'lifted');
    await promotions.merged(one);
  }, 60_000);

  it('is a newer one for the same place, as both show', async () => {
    const { ana, promotions, approves, says, isUnmerged, putAway } = set;
    const one = await promotions.promote();
    await approves(ana, one);
    const newer = await promotions.promote();
    await says(one, `Superseded by change ${newer.change}`);
    await eventually('the older is closed', () => promotions.pull(one.pull).state === 'closed');
    isUnmerged(one);
    await putAway(newer);
  }, 60_000);
});
