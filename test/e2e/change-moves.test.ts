import { type ChangeStage, setChangeStage } from '../support/change-stage.ts';
import { eventually } from '../support/eventually.ts';

let set: ChangeStage;

// Each case on a stage of its own: Slack lets the bot read its groups only so often a minute.
beforeEach(async () => {
  set = await setChangeStage();
}, 60_000);
afterEach(async () => set?.stage.close(), 60_000);

describe('what was approved changes', () => {
  it('is asked again after a push, and neither the pusher nor what was clicked on before counts', async () => {
    const { ana, ben, benOnGitHub, promotions, approves, says, threadSays, isUnmerged, putAway } = set;
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
    const { ana, ben, olliOnGitHub, promotions, approves, says, threadSays, isUnmerged } = set;
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
    const { stage, ana, ben, olliOnGitHub, promotions, approves, says, threadSays, isUnmerged, putAway } =
      set;
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
});

describe('what stands behind a button', () => {
  it('does not decide what is approved, by whom or where', async () => {
    const { ana, promotions, approves, says, putAway } = set;
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
      await ana.sees('Nothing was recorded');
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
});
