import { chromium } from '../../scripts/system-packages.mjs';
import { PersonInSlack } from '../support/person.ts';
import { Repository } from '../support/repository.ts';
import { Screen } from '../support/screen.ts';
import { type Stage, setStage } from '../support/stage.ts';

const program = chromium();
const when = program ? describe : describe.skip;

when(`by the page alone, in a browser${program ? '' : ' (no Chromium on the PATH)'}`, () => {
  let stage: Stage;
  let screen: Screen;
  let repository: Repository;

  beforeAll(async () => {
    stage = await setStage();
    await new PersonInSlack(stage.world, 'U0TENANT01').warm();
    repository = new Repository(stage.world);
    screen = await Screen.open(program ?? '', stage.world.url);
  }, 90_000);

  afterAll(async () => {
    await screen?.close();
    await stage?.close();
  }, 60_000);

  it('a developer gets a form from the command line of the chat', async () => {
    await screen.become('U0TENANT01');
    await screen.click('#channel-C0REQUESTS');
    await screen.say('/onboard-tenant Shop_1');
    await screen.sees('Preview', '#modal-submit');
    await screen.picture('form');
    expect(await screen.held('name')).toBe('Shop_1');
  });

  it('sees what is wrong at its field, and loses nothing of what was typed', async () => {
    await screen.tick('clouds', 'aws');
    await screen.type('owner', 'Team Shop');
    await screen.type('contact', '#team-shop');
    await screen.type('purpose', 'Sells things to people who like things.');
    await screen.click('#modal-submit');
    await screen.sees('lower-case', '[data-block-id="name"] .field-error');
    await screen.picture('error');
    expect(await screen.held('owner')).toBe('Team Shop');
  });

  it('gets fields for own figures, which say what is too much, and keeps what was typed', async () => {
    await screen.type('name', 'shop');
    await screen.choose('size', 'own');
    await screen.sees('Memory, limits', '#modal');
    expect(await screen.held('name')).toBe('shop');
    expect(await screen.held('contact')).toBe('#team-shop');
    expect(await screen.held('purpose')).toBe('Sells things to people who like things.');
    await screen.type('requestsCpu', '500m');
    await screen.type('limitsCpu', '900');
    await screen.type('requestsMemory', '1 GB');
    await screen.type('limitsMemory', '1Gi');
    await screen.click('#modal-submit');
    await screen.sees('At most 32000m (32 processors)', '[data-block-id="limitsCpu"] .field-error');
    await screen.sees('without a space', '[data-block-id="requestsMemory"] .field-error');
    await screen.picture('own-figures');
    await screen.choose('size', 'small');
    await screen.page.waitForSelector('#modal [data-block-id="limitsCpu"]', { hidden: true });
    expect(await screen.held('owner')).toBe('Team Shop');
  });

  it('sees the whole pull request before anything is written', async () => {
    await screen.click('#modal-submit');
    await screen.sees('tenants(shop): onboarding namespace to aws', '#modal');
    await screen.sees('with the next promotion', '#modal');
    await screen.picture('preview');
    expect(repository.pulls('tenant-shop')).toEqual([]);
  });

  it('sends it, and sees it become a pull request', async () => {
    await screen.click('#modal-submit');
    await screen.sees('Working on the request for shop', '#modal');
    await screen.picture('taken');
    await screen.click('#modal-close');
    await screen.page.waitForSelector('#modal', { hidden: true });
    await screen.sees('The pull request is open and waits for a review.', '.message');
    await screen.click('.thread-toggle[data-replies="1"]');
    await screen.sees('Owning team: Team Shop', '.thread');
  });

  it('a platform engineer reads the pull request, approves and merges it', async () => {
    await screen.become('U0PLATFM01');
    const { number } = repository.pull('tenant-shop');
    await screen.click(`#pull-${number} a`);
    await screen.sees('What each file is for');
    await screen.picture('conversation');
    await screen.click('#pull-tab-files');
    await screen.sees('kind: LimitRange');
    await screen.click('.thread-toggle[data-replies="1"]');
    await screen.sees('When it arrives', '.thread');
    await screen.picture('onboarding');
    await screen.click('#pull-tab-conversation');
    await screen.page.waitForSelector('#reply-kind');
    await screen.page.select('#reply-kind', 'APPROVE');
    await screen.click('#reply-send');
    await screen.sees('Approved by pat-platform', '.message');
    await screen.picture('approved');
    await screen.click('#merge');
    await screen.sees('Merged by pat-platform', '.message');
    await screen.picture('merged');
  });

  it('the developer is told directly that it is merged, and when it arrives where', async () => {
    await screen.become('U0TENANT01');
    await screen.page.waitForSelector('#channel-C0TEAMTESS');
    await screen.sees('Merged by pat-platform', '.message');
    await screen.click('#open-dm, [id^="channel-D"]');
    await screen.sees('Your request for shop was merged by pat-platform', '.message');
    await screen.sees('prod-eu-west-1', '.message');
    await screen.picture('told');
  });

  it('asking for what stands already is answered at the field, with where it could still go', async () => {
    await screen.click('#channel-C0REQUESTS');
    await screen.say('/onboard-tenant shop');
    await screen.sees('Preview', '#modal-submit');
    await screen.tick('clouds', 'aws');
    await screen.type('owner', 'Team Shop');
    await screen.type('contact', '#team-shop');
    await screen.type('purpose', 'Again.');
    await screen.click('#modal-submit');
    await screen.sees('azure non-prod', '[data-block-id="environments"] .field-error');
    await screen.picture('stands-already');
    await screen.page.keyboard.press('Escape');
    await screen.page.waitForSelector('#modal', { hidden: true });
  });

  it('all of it fits on a telephone, and can be done with the keyboard alone', async () => {
    await screen.page.setViewport({ width: 390, height: 844 });
    await screen.page.reload();
    await screen.page.waitForSelector('#tab-slack', { visible: true });
    const { keyboard } = screen.page;
    const press = async (selector: string) => {
      await screen.tabTo(selector);
      await keyboard.press('Enter');
    };
    await press('#tab-slack');
    await screen.page.waitForSelector('#composer', { visible: true });
    await screen.tabTo('#composer');
    await keyboard.type('/onboard-tenant pocket');
    await keyboard.press('Enter');
    await screen.sees('Preview', '#modal-submit');
    await screen.tabTo('[data-block-id="clouds"]');
    await keyboard.press('Space');
    for (const [field, text] of [
      ['owner', 'Team Pocket'],
      ['contact', '#team-pocket'],
      ['purpose', 'Fits.'],
    ] as const) {
      await screen.tabTo(`[data-block-id="${field}"]`);
      await keyboard.type(text);
    }
    const overflow = () => screen.page.evaluate('document.documentElement.scrollWidth - innerWidth');
    expect(await overflow()).toBeLessThanOrEqual(0);
    await screen.picture('telephone-form');
    await press('#modal-submit');
    await screen.sees('tenants(pocket): onboarding namespace to aws', '#modal');
    await screen.picture('telephone-preview');
    expect(await overflow()).toBeLessThanOrEqual(0);
    await press('#modal-submit');
    await screen.sees('Working on the request for pocket', '#modal');
    await keyboard.press('Escape');
    await screen.page.waitForSelector('#modal', { hidden: true });
    await screen.sees('The pull request is open and waits for a review.', '.message');
    await screen.picture('telephone-message');
    expect(repository.pull('tenant-pocket').state).toBe('open');
    expect(screen.problems).toEqual([]);
  }, 60_000);
});
