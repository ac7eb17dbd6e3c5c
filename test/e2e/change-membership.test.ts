import { type ChangeStage, setChangeStage } from '../support/change-stage.ts';

let set: ChangeStage;

// Each case on a stage of its own: Slack lets the bot read its groups only so often a minute.
beforeEach(async () => {
  set = await setChangeStage();
}, 60_000);
afterEach(async () => set?.stage.close(), 60_000);

describe('who approves', () => {
  it('is not who asked, however often', async () => {
    const { pat, ana, ben, promotions, approves, says, isUnmerged } = set;
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
});
