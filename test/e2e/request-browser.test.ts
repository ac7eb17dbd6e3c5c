import { chromium } from '../../scripts/system-packages.mjs';
import { Repository } from '../support/repository.ts';
import { RequestingPerson } from '../support/requesting-person.ts';
import { Screen } from '../support/screen.ts';
import { type Stage, setStage } from '../support/stage.ts';

const program = chromium();
const when = program ? describe : describe.skip;

const TELEPHONE = { width: 390, height: 844 };
const TESS = 'U0TENANT01';

when(`a request that stands, on a telephone${program ? '' : ' (no Chromium on the PATH)'}`, () => {
  let stage: Stage;
  let screen: Screen;
  let tess: RequestingPerson;
  let repository: Repository;

  beforeAll(async () => {
    stage = await setStage();
    tess = new RequestingPerson(stage.world, TESS);
    repository = new Repository(stage.world);
    await tess.warm();
    await tess.onboard('shop');
    await tess.told('shop', 'request_change');
    screen = await Screen.open(program ?? '', stage.world.url, TELEPHONE);
    await screen.become(TESS);
    await screen.click('.list-toggle');
    await screen.click('#channel-C0REQUESTS');
    await screen.page.waitForSelector('[data-channel="C0REQUESTS"]');
  }, 90_000);

  afterAll(async () => {
    await screen?.close();
    await stage?.close();
  }, 60_000);

  const overflow = () => screen.page.evaluate('document.documentElement.scrollWidth - innerWidth');
  const press = (action: string) => screen.click(`.messages [data-action-id="${action}"] button`);
  const closed = async () => {
    await screen.click('#modal-close');
    await screen.page.waitForSelector('#modal', { hidden: true });
  };

  it('shows what can be done about it', async () => {
    await screen.sees('waits for a review', '.messages');
    await screen.picture('request');
    expect(await overflow()).toBeLessThanOrEqual(0);
  });

  it('is changed: the form holds what was asked, the preview what will stand', async () => {
    const { number } = repository.pull('tenant-shop');
    await press('request_change');
    await screen.sees('The name stays', '#modal');
    await screen.pictureOf('#modal', 'change-form');
    expect(await screen.held('owner')).toBe('Team Shop');
    expect(await screen.held('purpose')).toBe('Sells things.');
    expect(await overflow()).toBeLessThanOrEqual(0);
    await screen.choose('size', 'medium');
    await screen.click('#modal-submit');
    await screen.sees(`This is what pull request #${number} will hold then.`, '#modal');
    await screen.picture('change-preview');
    expect(await overflow()).toBeLessThanOrEqual(0);
    await screen.click('#modal-submit');
    await screen.sees('Changing #', '#modal');
    await screen.picture('change-taken');
    await closed();
    await tess.threadSays('shop', 'Size: small → medium');
    expect(await repository.ownCommits('tenant-shop')).toHaveLength(2);
    await screen.picture('changed');
  });

  it('is withdrawn, after a step that says what that means', async () => {
    await press('request_withdraw');
    await screen.sees('Withdraw the request?', 'dialog.confirm');
    await screen.picture('withdraw-confirm');
    expect(await overflow()).toBeLessThanOrEqual(0);
    await screen.click('dialog.confirm [data-answer="yes"]');
    await screen.sees('is withdrawn', '#modal');
    await screen.picture('withdrawn');
    await closed();
    await screen.sees('Closed by', '.messages');
    await screen.picture('closed');
    expect(await screen.text('.messages')).not.toContain('Withdraw the');
    expect(repository.pull('tenant-shop').state).toBe('closed');
    expect(screen.problems).toEqual([]);
  });
});
