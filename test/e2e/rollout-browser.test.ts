import { chromium } from '../../scripts/system-packages.mjs';
import { ChangePerson } from '../support/change-person.ts';
import { eventually } from '../support/eventually.ts';
import { Releases } from '../support/releases.ts';
import { Screen } from '../support/screen.ts';
import { type Stage, setStage } from '../support/stage.ts';

const program = chromium();
const when = program ? describe : describe.skip;

const [ANA, BEN, OLLI] = ['U0APPRVR01', 'U0APPRVR02', 'U0ONCALL01'];

when(`a rollout on the page${program ? '' : ' (no Chromium on the PATH)'}`, () => {
  let stage: Stage;
  let screen: Screen;

  beforeAll(async () => {
    stage = await setStage({ approvalRule: true });
    await stage.world.fleet.ready;
    const pat = new ChangePerson(stage.world);
    const releases = new Releases(stage.world);
    await pat.warm();
    await pat.release();
    await eventually('v0.1.1 is released', () => releases.of('v0.1.1').length === 1);
    await pat.closeAll();
    await pat.asks('promote v0.1.1', 'The change is opened');
    await new ChangePerson(stage.world, ANA).decides(1, 'change_approve', 'recorded');
    screen = await Screen.open(program ?? '', stage.world.url);
  }, 120_000);

  afterAll(async () => {
    await screen?.close();
    await stage?.close();
  }, 60_000);

  const rollout = (words: string) => screen.sees(words, '.messages', 60_000);
  const press = (action: string) => screen.click(`.messages > .message [data-action-id="${action}"] button`);
  const overflow = () => screen.page.evaluate('document.documentElement.scrollWidth - innerWidth');

  it('is seen on its way, cluster by cluster, beside the clusters themselves', async () => {
    await screen.become(OLLI);
    await screen.click('#channel-C0ROLLOUTS');
    await screen.click('#tab-fleet');
    await screen.click('#break-all-prod-westeurope');
    await new ChangePerson(stage.world, BEN).decides(1, 'change_approve', 'recorded');
    await rollout('v0.1.1 is rolling out');
    await screen.picture('rolling-out');
  }, 60_000);

  it('tells what fails where, with Flux’s own words, while the other cluster is done', async () => {
    await rollout('v0.1.1 has failed');
    await rollout('prod-eu-west-1: all 6 applied and healthy');
    await rollout('HealthCheckFailed');
    await screen.picture('failed');
    expect(await overflow()).toBeLessThanOrEqual(0);
    await press('rollout_show_why');
    await screen.sees('Ready is False (HealthCheckFailed)', '#modal');
    await screen.picture('why');
    await screen.click('#modal-close');
    await screen.page.waitForSelector('#modal', { hidden: true });
  }, 90_000);

  it('is linked from the thread of the release', async () => {
    await screen.click('#channel-C0RELEASES');
    await screen.click('.messages > .message .thread-toggle');
    await screen.sees('v0.1.1 is rolling out to production', '.thread');
    await screen.click('#channel-C0ROLLOUTS');
    await rollout('v0.1.1 has failed');
  });

  it('goes back with one tap of who is on call, and that is told like any rollout', async () => {
    await screen.click('#break-all-prod-westeurope');
    await press('change_back');
    await screen.click('dialog.confirm [data-answer="yes"]');
    await screen.sees('The change is opened', '#modal');
    await screen.click('#modal-close');
    await rollout('v0.1.0 runs everywhere');
    await screen.picture('back');
    expect(screen.problems).toEqual([]);
  }, 120_000);

  it('fits on a telephone', async () => {
    await screen.page.setViewport({ width: 390, height: 844 });
    await screen.click('#tab-slack');
    await screen.sees('v0.1.0 runs everywhere', '.messages');
    await screen.picture('telephone');
    expect(await overflow()).toBeLessThanOrEqual(0);
  });
});
