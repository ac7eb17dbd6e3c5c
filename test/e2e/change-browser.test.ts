import { chromium } from '../../scripts/system-packages.mjs';
import { ChangePerson } from '../support/change-person.ts';
import { eventually } from '../support/eventually.ts';
import { Releases } from '../support/releases.ts';
import { Screen } from '../support/screen.ts';
import { type Stage, setStage } from '../support/stage.ts';

const program = chromium();
const when = program ? describe : describe.skip;

const TELEPHONE = { width: 390, height: 844 };
const [PAT, ANA, BEN, OLLI] = ['U0PLATFM01', 'U0APPRVR01', 'U0APPRVR02', 'U0ONCALL01'];

when(`changes of production on a telephone${program ? '' : ' (no Chromium on the PATH)'}`, () => {
  let stage: Stage;
  let screen: Screen;

  beforeAll(async () => {
    stage = await setStage({ approvalRule: true });
    const pat = new ChangePerson(stage.world);
    const releases = new Releases(stage.world);
    await pat.warm();
    await pat.release();
    await eventually('v0.1.1 is released', () => releases.of('v0.1.1').length === 1);
    await pat.closeAll();
    screen = await Screen.open(program ?? '', stage.world.url, TELEPHONE);
  }, 90_000);

  afterAll(async () => {
    await screen?.close();
    await stage?.close();
  }, 60_000);

  const gone = () => screen.page.waitForSelector('#modal', { hidden: true });
  const closed = async () => {
    await screen.click('#modal-close');
    await gone();
  };
  const overflow = () => screen.page.evaluate('document.documentElement.scrollWidth - innerWidth');
  const merged = (version: string) =>
    [...stage.world.github.world.state.pulls.values()].filter(
      (pull) => pull.merged && pull.title.includes(`promote ${version} to`),
    );

  /** The change's message, marked so that a selector finds it. */
  const change = async (number: number, words = `Change ${number}:`) => {
    const own = JSON.stringify(`Change ${number}:`);
    await screen.page.waitForFunction(
      `(() => {
        const all = [...document.querySelectorAll('.messages > .message')];
        const one = all.find((each) => each.querySelector('.blocks')?.textContent.includes(${own}));
        if (!one) return false;
        one.dataset.change = '${number}';
        return true;
      })()`,
      { timeout: 20_000 },
    );
    const message = `[data-change="${number}"]`;
    await screen.sees(words, message, 30_000);
    return message;
  };
  const press = async (message: string, action: string) => {
    await screen.click(`${message} [data-action-id="${action}"] button`);
  };
  const confirm = () => screen.click('dialog.confirm [data-answer="yes"]');
  const become = async (person: string) => {
    await screen.become(person);
    await screen.click('.list-toggle');
    await screen.click('#channel-C0CHANGES1');
    await screen.page.waitForSelector('[data-channel="C0CHANGES1"]');
  };

  it('whoever asks for a promotion reads where it will be asked', async () => {
    await become(PAT);
    await screen.say('/trunkline promote');
    await screen.sees('Open the change', '#modal-submit');
    await screen.picture('promote-form');
    expect(await overflow()).toBeLessThanOrEqual(0);
    await closed();
    await screen.say('/trunkline promote v0.1.1');
    await screen.sees('The change is opened', '#modal');
    await screen.picture('promoting');
    await closed();
  }, 60_000);

  it('an approver reads on one screen all that must be known', async () => {
    await become(ANA);
    const message = await change(1, '0 of 2 approvals');
    await screen.picture('change-screen');
    await screen.pictureOf(message, 'change');
    const text = await screen.text(`${message} .blocks`);
    process.stderr.write(`${text}\n`);
    expect(await overflow()).toBeLessThanOrEqual(0);
  }, 60_000);

  it('Show changes tells what it does', async () => {
    await press('[data-change="1"]', 'change_show');
    await screen.sees('prod-eu-west-1', '#modal');
    await screen.picture('show-changes');
    await screen.pictureOf('#modal', 'show-changes-all');
    await closed();
    for (const line of ['changes', 'change 1', 'doctor']) {
      await screen.say(`/trunkline ${line}`);
      await screen.sees(line === 'doctor' ? 'ledger' : 'promote v0.1.1', '#modal');
      await screen.picture(line.replace(' ', '-'));
      await screen.pictureOf('#modal', `${line.replace(' ', '-')}-all`);
      expect(await overflow()).toBeLessThanOrEqual(0);
      await closed();
    }
  }, 60_000);

  it('Ana and Ben approve, and it merges', async () => {
    await press('[data-change="1"]', 'change_approve');
    await screen.sees('Approve change 1?', 'dialog.confirm');
    await screen.picture('confirm');
    await confirm();
    await screen.sees('Your approval is recorded.', '#modal');
    await screen.picture('approved-answer');
    await closed();
    await change(1, '1 of 2 approvals');
    await screen.picture('one-of-two');
    await become(BEN);
    const message = await change(1, '1 of 2 approvals');
    await press(message, 'change_approve');
    await confirm();
    await screen.sees('Your approval is recorded.', '#modal');
    await closed();
    await screen.sees('Merged by approval of', message, 40_000);
    await screen.picture('approved-screen');
    await screen.pictureOf(message, 'approved');
    expect(merged('v0.1.1')).toHaveLength(2);
    await screen.click(`${message} .thread-toggle`);
    await screen.sees('approved', `${message} .thread`);
    await screen.pictureOf(message, 'thread');
  }, 60_000);

  it('comes back at night', async () => {
    await become(PAT);
    await screen.say('/trunkline freeze Nobody ships at night');
    await screen.sees('Production is frozen', '#modal');
    await screen.picture('frozen');
    await closed();
    await become(OLLI);
    const message = await change(1, 'Back to what ran before');
    await press(message, 'change_back');
    await screen.sees('Back to what ran before?', 'dialog.confirm');
    await screen.picture('back-confirm');
    await confirm();
    await screen.sees('The change is opened', '#modal');
    await screen.picture('back-answer');
    await closed();
    const back = await change(2);
    await screen.picture('back-open');
    await screen.sees('Merged', back, 40_000);
    await screen.picture('back-merged');
    await screen.pictureOf(back, 'back');
    expect(merged('v0.1.0')).toHaveLength(2);
  }, 60_000);

  it('a rejection', async () => {
    await become(PAT);
    await screen.say('/trunkline promote v0.1.1 aws');
    await screen.sees('The change is opened', '#modal');
    await closed();
    await become(ANA);
    const message = await change(3, '0 of 2 approvals');
    await screen.pictureOf(message, 'frozen-change');
    await press(message, 'change_reject');
    await screen.sees('Why is change 3 rejected?', '#modal');
    await screen.picture('reject-form');
    await screen.type('reason', 'The load test has not run yet.');
    await screen.click('#modal-submit');
    await screen.sees('Your rejection is recorded.', '#modal');
    await screen.picture('reject-answer');
    await closed();
    await screen.sees('The load test has not run yet.', message);
    await screen.pictureOf(message, 'rejected');
    expect(screen.problems).toEqual([]);
  }, 60_000);
});
