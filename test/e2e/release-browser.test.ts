import { chromium } from '../../scripts/system-packages.mjs';
import { mergePulls } from '../support/merge-pulls.ts';
import { PersonInSlack } from '../support/person.ts';
import { PersonOnGitHub } from '../support/person-on-github.ts';
import { mergePull, Releases } from '../support/releases.ts';
import { Screen } from '../support/screen.ts';
import { type Stage, setStage } from '../support/stage.ts';

const program = chromium();
const when = program ? describe : describe.skip;

const QUOTA = 'tenants/aws/common/guestbook/resourcequota-compute.yaml';
const quota = (cpu: number) => `apiVersion: v1
kind: ResourceQuota
metadata:
  name: compute
  namespace: guestbook
spec:
  hard:
    limits.cpu: ${cpu}
`;

when(`a release by the page alone, in a browser${program ? '' : ' (no Chromium on the PATH)'}`, () => {
  let stage: Stage;
  let screen: Screen;
  let releases: Releases;
  let patAtGitHub: PersonOnGitHub;

  beforeAll(async () => {
    stage = await setStage();
    await new PersonInSlack(stage.world, 'U0PLATFM01').warm();
    releases = new Releases(stage.world);
    patAtGitHub = new PersonOnGitHub(stage.world, 'pat-platform');
    screen = await Screen.open(program ?? '', stage.world.url);
  }, 90_000);

  afterAll(async () => {
    await screen?.close();
    await stage?.close();
  }, 60_000);

  const form = async () => {
    await screen.say('/trunkline release');
    await screen.sees('Release', '#modal-submit');
  };
  const gone = () => screen.page.waitForSelector('#modal', { hidden: true });
  const announcements = (tag: string) =>
    screen.page.$$eval(
      '.message',
      (all, wanted) => all.filter((one) => one.textContent?.includes(`Release ${wanted}`)).length,
      tag,
    );
  const overflow = () => screen.page.evaluate('document.documentElement.scrollWidth - innerWidth');

  it('somebody of the platform team sees what a release would be, before anything is written', async () => {
    await screen.become('U0PLATFM01');
    await screen.click('#channel-C0RELEASES');
    await form();
    await screen.sees('Last release: v0.1.0', '#modal');
    await screen.sees('4 pull requests since', '#modal');
    await screen.sees('Nothing is written yet.', '#modal');
    expect(await screen.held('version')).toBe('v0.1.1');
    await screen.sees('Proposed: v0.1.1, since', '[data-block-id="version"] .hint');
    await screen.sees('What it will do', '#modal');
    await screen.sees('prod-eu-west-1', '#modal');
    await screen.sees('increase compute quota', '#modal');
    await screen.pictureOf('#modal', 'release-form');
    expect(releases.tag('v0.1.1')).toBeUndefined();
  });

  it('sees what is wrong with a version at its field, and loses nothing of what was typed', async () => {
    await screen.type('introduction', 'More room for **guestbook**.');
    await screen.tick('leftOut', '11');
    await screen.type('version', '0.0.9');
    await screen.click('#modal-submit');
    await screen.sees('higher than v0.1.0', '[data-block-id="version"] .field-error');
    await screen.picture('release-error');
    expect(await screen.held('introduction')).toBe('More room for **guestbook**.');
    expect(await screen.page.$('#modal input[value="11"]:checked')).not.toBeNull();
  });

  it('presses Release, and the announcement appears once', async () => {
    await screen.type('version', 'v0.1.1');
    await screen.click('#modal-submit');
    await screen.sees('v0.1.1 is released', '#modal');
    await screen.picture('release-done');
    await screen.click('#modal-close');
    await gone();
    await screen.sees('More room for guestbook.', '.message');
    await screen.sees('Released by @pat', '.message');
    expect(await announcements('v0.1.1')).toBe(1);
    await screen.click('#repo-releases');
    await screen.sees('More room for guestbook.', '[data-release="v0.1.1"]');
    await screen.sees('v0.1.1', '#tags');
    await screen.picture('release');
    await screen.pictureOf('.message', 'announcement');
    expect(await screen.text('[data-release="v0.1.1"]')).not.toContain('add code owners');
  });

  it('follows its links to the pull requests and to all that changed', async () => {
    await screen.click('[data-release="v0.1.1"] a[href="#/pull/12"]');
    await screen.sees('tenants(guestbook): increase compute quota', '.repo-body');
    await screen.click('.message a[href="#/compare/v0.1.0...v0.1.1"]');
    await screen.sees('chore: add code owners and the policy of the chat line', '.rows');
    await screen.sees('resourcequota-compute.yaml', '.diff');
    await screen.picture('release-changes');
    await screen.click('.message a[href="#/releases/v0.1.1"]');
    await screen.sees('More room for guestbook.', '[data-release="v0.1.1"]');
  });

  it('the team whose tenant changes reads its own part in its own channel', async () => {
    await screen.become('U0TENANT01');
    await screen.click('#channel-C0TEAMGUES');
    await screen.sees('release v0.1.1 changes guestbook', '.message');
    await screen.sees('increase compute quota', '.message');
    await screen.sees('prod-eu-west-1 (partly with the promotion, partly live already)', '.message');
    await screen.pictureOf('.message', 'team-part');
    expect(await screen.text('.messages')).not.toContain('cluster deployment');
  });

  it('is asked again when main moves under the form, with what came on top', async () => {
    await screen.become('U0PLATFM01');
    await mergePull(patAtGitHub, 'tenants(guestbook): more processors', QUOTA, quota(8));
    await form();
    await screen.type('introduction', 'Typed before it moved.');
    const number = await mergePull(patAtGitHub, 'fix(guestbook): less again', QUOTA, quota(6));
    await screen.click('#modal-submit');
    await screen.sees('What came on top', '#modal');
    await screen.sees(`#${number}`, '#modal [data-type="rich_text"]');
    await screen.picture('release-moved');
    expect(await screen.held('introduction')).toBe('Typed before it moved.');
    expect(releases.tag('v0.1.2')).toBeUndefined();
    await screen.tick('upTo', releases.head ?? '');
    await screen.click('#modal-submit');
    await screen.sees('v0.1.2 is released', '#modal');
    await screen.click('#modal-close');
    await gone();
    await screen.sees('Typed before it moved.', '.message');
    expect(releases.tag('v0.1.2')).toBe(releases.head);
  });

  it('whoever asks for the status sees what runs, what waits and what is under way', async () => {
    await mergePull(patAtGitHub, 'feat(dns): shorter answers', 'features/dns/readme.yaml', quota(1));
    await screen.say('/trunkline status');
    await screen.sees('What runs', '#modal');
    await screen.sees('tag v0.1.0', '#modal');
    await screen.sees('Last release: v0.1.2. 1 change waits.', '#modal');
    await screen.sees('shorter answers', '#modal');
    await screen.pictureOf('#modal', 'status');
    await screen.page.keyboard.press('Escape');
    await gone();
  });

  it('a release that is deleted on GitHub is marked as withdrawn, where it was announced', async () => {
    await screen.click('[data-release="v0.1.2"] [data-do="delete"]');
    await screen.sees('Withdrawn: this release was deleted on GitHub.', '.message');
    await screen.picture('withdrawn');
    expect(await announcements('v0.1.2')).toBe(1);
    await screen.page.waitForSelector('[data-release="v0.1.2"]', { hidden: true });
  });

  it('a release made by hand is announced, and follows its edits', async () => {
    await screen.click('#new-release summary');
    await screen.page.type('#release-tag', 'v0.1.3');
    await screen.page.type('#release-notes', '## By hand\n\n* Something for everybody');
    await screen.click('#release-publish');
    await screen.sees('Something for everybody', '.messages > .message');
    await screen.click('[data-release="v0.1.3"] [data-do="edit"]');
    await screen.page.type('[data-release="v0.1.3"] textarea', '* Something more\n\n');
    await screen.click('[data-release="v0.1.3"] [data-do="save"]');
    await screen.sees('Something more', '.messages > .message');
    await screen.picture('release-by-hand');
    expect(await announcements('v0.1.3')).toBe(1);
  });

  it('a draft is announced once it is published', async () => {
    await screen.page.type('#release-tag', 'v0.1.4');
    await screen.page.type('#release-notes', 'Kept back for a while.');
    await screen.click('#release-draft');
    await screen.sees('Kept back for a while.', '[data-release="v0.1.4"]');
    expect(await announcements('v0.1.4')).toBe(0);
    await screen.click('[data-release="v0.1.4"] [data-do="publish"]');
    await screen.sees('Kept back for a while.', '.messages > .message');
    expect(await announcements('v0.1.4')).toBe(1);
  });

  it('very many pull requests are read whole in the thread of the announcement', async () => {
    const first = Math.max(...stage.world.github.world.state.pulls.keys()) + 1;
    await mergePulls(stage.world, 120);
    await form();
    await screen.picture('release-many-form');
    await screen.type('version', 'v0.1.9');
    await screen.click('#modal-submit');
    await screen.sees('v0.1.9 is released', '#modal', 40_000);
    await screen.click('#modal-close');
    await gone();
    await screen.sees('All of it stands in the thread.', '.messages > .message');
    await screen.click('.message:last-of-type > .message-body > .thread-toggle');
    await screen.sees(`#${first + 119}`, '.thread');
    await screen.picture('release-many-thread');
    const thread = await screen.text('.thread');
    expect(thread).toContain('Tenants (120), continued');
    for (let nth = 0; nth < 120; nth += 1) expect(thread).toContain(`change compute quota (#${first + nth})`);
  }, 60_000);

  it('all of it fits on a telephone', async () => {
    await mergePull(patAtGitHub, 'feat(pocket): fits', 'features/dns/pocket.yaml', quota(2));
    await screen.page.setViewport({ width: 390, height: 844 });
    await screen.page.reload();
    await screen.page.waitForSelector('#tab-slack', { visible: true });
    await screen.click('#tab-slack');
    await screen.page.waitForSelector('#composer', { visible: true });
    expect(await overflow()).toBeLessThanOrEqual(0);
    await screen.picture('telephone-announcement');
    await screen.say('/trunkline status');
    await screen.sees('What is under way', '#modal');
    await screen.picture('telephone-status');
    expect(await overflow()).toBeLessThanOrEqual(0);
    await screen.page.keyboard.press('Escape');
    await gone();
    await form();
    await screen.picture('telephone-release');
    expect(await overflow()).toBeLessThanOrEqual(0);
    await screen.type('version', 'v0.2.0');
    await screen.click('#modal-submit');
    await screen.sees('v0.2.0 is released', '#modal');
    await screen.click('#modal-close');
    await gone();
    await screen.sees('pocket: fits', '.message');
    await screen.picture('telephone-released');
    expect(await announcements('v0.2.0')).toBe(1);
    expect(screen.problems).toEqual([]);
  });
});
