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
  const promotions = (version: string) =>
    [...stage.world.github.world.state.pulls.values()].filter(({ title }) =>
      title.includes(`promote ${version} to`),
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

  /** What stands within what is to be seen of the channel, without scrolling. */
  const isWholeOnScreen = (message: string) =>
    screen.page.evaluate(`(() => {
      const seen = document.querySelector('.messages').getBoundingClientRect();
      const own = document.querySelector(${JSON.stringify(`${message} .blocks`)}).getBoundingClientRect();
      return own.top >= seen.top && own.bottom <= seen.bottom && own.left >= 0 && own.right <= innerWidth;
    })()`);
  const expectOrder = (text: string, ...words: readonly string[]) => {
    const at = words.map((each) => [each, text.indexOf(each)] as const);
    expect(at.filter(([, index]) => index < 0)).toEqual([]);
    expect(at).toEqual(at.toSorted(([, one], [, other]) => one - other));
  };

  it('whoever asks for a promotion sees what runs where, and is told where it is decided', async () => {
    await become(PAT);
    await screen.say('/trunkline promote');
    await screen.sees('aws-v1-prod (runs v0.1.0)', '#modal');
    await screen.sees('Nothing merges before it is approved.', '#modal');
    await screen.picture('promote-form');
    expect(await overflow()).toBeLessThanOrEqual(0);
    await closed();
    await screen.say('/trunkline promote v0.1.1');
    await screen.sees('Its message in the changes channel shows how it goes.', '#modal');
    await closed();
  });

  it('an approver reads on one screen all that must be known, warnings first', async () => {
    await become(ANA);
    const message = await change(1, '0 of 2 approvals');
    await screen.picture('change-opened');
    expect(await isWholeOnScreen(message)).toBe(true);
    expect(await overflow()).toBeLessThanOrEqual(0);
    expectOrder(
      await screen.text(`${message} .blocks`),
      'Change 1: promote v0.1.1 to aws-v1-prod, azure-v1-prod',
      'v0.1.0 → v0.1.1',
      'Clusters: prod-eu-west-1',
      'Asked for by @pat',
      'Runs in non-prod without failure',
      '0 of 2 approvals. Still needed: 2, by @change-approvers',
      'aws-v1-prod #13 open, waits for 2 more approvals.',
      'azure-v1-prod #14 open, waits for 2 more approvals.',
      'Approve',
      'Reject',
      'Take back',
      'Show changes',
    );
  });

  it('sees what it does, object by object, what comes with it before what is live already', async () => {
    await press('[data-change="1"]', 'change_show');
    await screen.sees('Changed: ResourceQuota guestbook/compute', '#modal');
    await screen.pictureOf('#modal', 'show-changes');
    expect(await overflow()).toBeLessThanOrEqual(0);
    expectOrder(await screen.text('#modal'), 'aws-v1-prod: v0.1.0 → v0.1.1', 'with the promotion');
    await closed();
  });

  it.each([
    ['changes', ['Change 1: promote v0.1.1', 'aws-v1-prod: 0 of 2 approvals given. 2 more people must']],
    ['change 1', ['ends unmerged', 'aws-v1-prod #13 open. It waits for:', '0 of 2 approvals given.']],
    [
      'doctor',
      ['takes it from this App only', 'The ledger is whole', 'Approvers for all of production: 2 needed'],
    ],
  ] as const)('reads the answer to /trunkline %s', async (command, words) => {
    await screen.say(`/trunkline ${command}`);
    await screen.sees(words[0], '#modal');
    await screen.pictureOf('#modal', command.replace(' ', '-'));
    expectOrder(await screen.text('#modal'), ...words);
    expect(await screen.text('#modal')).not.toContain('merges now');
    expect(await overflow()).toBeLessThanOrEqual(0);
    await closed();
  });

  it('Ana approves exactly what the confirming step names, and Ben is seen to be missing', async () => {
    await press('[data-change="1"]', 'change_approve');
    await screen.sees('Approve change 1?', 'dialog.confirm');
    await screen.picture('confirm');
    const [aws] = promotions('v0.1.1');
    await screen.sees(`#13 aws-v1-prod at ${aws?.headSha.slice(0, 7)}: v0.1.0 (`, 'dialog.confirm');
    await confirm();
    await screen.sees('Your approval is recorded.', '#modal');
    await screen.picture('approval-recorded');
    await closed();
    const message = await change(1, '1 of 2 approvals (@ana). Still needed: 1');
    await screen.picture('change');
    expect(await isWholeOnScreen(message)).toBe(true);
    expect(promotions('v0.1.1').filter(({ merged }) => merged)).toEqual([]);
  });

  it('Ben approves, it merges, and the message and its thread say by whose approval', async () => {
    await become(BEN);
    const message = await change(1, '1 of 2 approvals');
    await press(message, 'change_approve');
    await confirm();
    await screen.sees('Your approval is recorded.', '#modal');
    await closed();
    await screen.sees('Merged by approval of @ana and @ben.', message, 40_000);
    await screen.sees('azure-v1-prod #14 merged.', message);
    await screen.picture('approved');
    expect(promotions('v0.1.1').map(({ merged, mergedBy }) => [merged, mergedBy])).toEqual([
      [true, 'trunkline[bot]'],
      [true, 'trunkline[bot]'],
    ]);
    await screen.click(`${message} .thread-toggle`);
    await screen.sees('@ana approved: #13 at', `${message} .thread`);
    await screen.sees('#14 is merged by approval of @ana and @ben.', `${message} .thread`);
    await screen.pictureOf(message, 'thread');
    await screen.click(`${message} > .message-body > .thread-toggle`);
  }, 60_000);

  it('at night, while production is frozen, one person on call brings back what ran before', async () => {
    await become(PAT);
    await screen.say('/trunkline freeze Nobody ships at night');
    await screen.sees('Production is frozen.', '#modal');
    await closed();
    await become(OLLI);
    const message = await change(1, 'Back to what ran before');
    await press(message, 'change_back');
    await screen.sees('Asking counts as your approval', 'dialog.confirm');
    await screen.picture('back-confirm');
    await confirm();
    await screen.sees('The change is opened', '#modal');
    await closed();
    const back = await change(2, 'Merged by approval of @olli. Please review it afterwards.');
    await screen.picture('back');
    expectOrder(await screen.text(back), 'v0.1.1 → v0.1.0', '↩️ Back to what ran before, asked for by @olli');
    expect(promotions('v0.1.0').map(({ merged }) => merged)).toEqual([true, true]);
  }, 60_000);

  it('a rejection stands first in the message, with its reason, and nothing merges', async () => {
    await become(PAT);
    await screen.say('/trunkline promote v0.1.1 aws');
    await screen.sees('The change is opened', '#modal');
    await closed();
    await become(ANA);
    const message = await change(3, 'waits for 2 more approvals and the end of a freeze.');
    await press(message, 'change_reject');
    await screen.sees('Why is change 3 rejected?', '#modal');
    await screen.picture('reject-form');
    await screen.type('reason', 'The load test has not run yet.');
    await screen.click('#modal-submit');
    await screen.sees('Your rejection is recorded.', '#modal');
    await closed();
    await screen.sees('waits for a rejection to be taken back', message);
    await screen.picture('rejected');
    expect(await isWholeOnScreen(message)).toBe(true);
    expectOrder(
      await screen.text(`${message} .blocks`),
      'Change 3: promote v0.1.1 to aws prod',
      'Rejected by @ana: “The load test has not run yet.”',
      'Production is frozen: “Nobody ships at night”',
      'v0.1.0 → v0.1.1',
    );
    expect(promotions('v0.1.1').map(({ merged }) => merged)).toEqual([true, true, false]);
    expect(screen.problems).toEqual([]);
  }, 60_000);
});
