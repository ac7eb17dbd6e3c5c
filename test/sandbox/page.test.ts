import puppeteer, { type Browser, type Page } from 'puppeteer-core';

import { startWorld, type World } from '../../sandbox/world.ts';
import { chromium } from '../../scripts/system-packages.mjs';
import { PersonOnGitHub } from '../support/person-on-github.ts';
import { type FormBot, startFormBot } from './support/form-bot.ts';

const program = chromium();

const because = program ? '' : ' (skipped: no Chromium on the PATH)';

(program ? describe : describe.skip)(`the sandbox's page in a browser${because}`, () => {
  let bot: FormBot;
  let world: World;
  let browser: Browser;
  let page: Page;
  const problems: string[] = [];

  beforeAll(async () => {
    bot = await startFormBot();
    const timing = { fetchMs: 5, applyMs: 800 };
    world = await startWorld({ botUrl: bot.url, slackMode: 'http', fleet: { timing } });
    bot.connect({ apiUrl: world.env['SLACK_API_URL'] ?? '', token: world.env['SLACK_BOT_TOKEN'] ?? '' });
    browser = await puppeteer.launch({
      executablePath: program ?? '',
      args: ['--no-sandbox', '--disable-gpu'],
    });
    page = await browser.newPage();
    await page.setViewport({ width: 1400, height: 900 });
    page.on('pageerror', (error) => problems.push(String(error)));
    page.on('console', (message) => {
      if (message.type() === 'error') problems.push(message.text());
    });
    await page.goto(world.url);
    await page.waitForSelector('#composer');
  });

  afterAll(async () => {
    await browser.close();
    await world.stop();
    await bot.stop();
  });

  const textOf = (selector: string) => page.$eval(selector, (element) => element.textContent ?? '');
  const until = (selector: string) => page.waitForSelector(selector, { timeout: 10_000 });
  /** The cursor moves a moment after what it moves for. */
  const cursorIn = (id: string) =>
    page.waitForFunction(`document.activeElement.id === '${id}'`, { timeout: 10_000 });
  const gone = (selector: string) => page.waitForSelector(selector, { hidden: true, timeout: 10_000 });

  it('shows what somebody else writes at once, and marks the channel as unread', async () => {
    await world.slack.client.message({ as: 'U0PLATFM01', channel: 'C0GENERAL1', text: 'Good *morning*' });
    await until('#channel-C0GENERAL1[data-unread=true]');
    await page.click('#channel-C0GENERAL1');
    await until('.message strong');
    expect(await textOf('.messages')).toContain('Good morning');
    await page.click('#channel-C0REQUESTS');
    await until('#channel-C0GENERAL1[data-unread=false]');
  });

  it('completes a slash command and opens the form that answers it', async () => {
    await page.type('#composer', '/onb');
    await until('[role=option]');
    await page.keyboard.press('Tab');
    await page.keyboard.press('Enter');
    await until('#modal');
    expect(await textOf('#modal-title')).toBe('A form');
  });

  it('puts the cursor into the first field, and errors at their fields', async () => {
    await page.keyboard.type('taken');
    await page.keyboard.press('Enter');
    await until('[data-block-id=clouds] .field-error');
    await page.click('[data-block-id=clouds] input[value=aws]');
    await page.click('#modal-submit');
    await until('[data-block-id=name] .field-error');
    expect(await textOf('[data-block-id=name] .field-error')).toBe('This name is taken.');
    await cursorIn('name-text');
    expect(bot.submissions).toEqual([]);
  });

  it('asks before a button that wants it, and stacks forms that Escape takes off again', async () => {
    await page.click('[data-action-id=push] button');
    await until('dialog.confirm [data-answer=yes]');
    await page.click('[data-answer=yes]');
    await until('#modal[data-callback=second]');
    await page.keyboard.press('Escape');
    await until('#modal[data-callback=first]');
  });

  it('sends the form and closes it', async () => {
    await until('#name-text');
    await page.evaluate("document.querySelector('#name-text').select()");
    await page.type('#name-text', 'payments');
    await page.select('#size-one', 'large');
    await page.click('[data-block-id=clouds] input[value=azure]');
    await page.click('#modal-submit');
    await gone('#modal');
    await cursorIn('composer');
    expect(bot.submissions).toMatchObject([
      { name: { text: { value: 'payments' } }, size: { one: { selected_option: { value: 'large' } } } },
    ]);
  });

  it('lists the pull requests, and shows what one of them changed', async () => {
    await page.goto(`${world.url}/#/pull/12/files`);
    await until('.d2h-ins');
    expect(await textOf('.diff')).toContain('limits.cpu: 4000m');
    await page.click('#repo-pulls');
    await until('#pull-1');
    expect(await page.$$eval('#pulls > li[data-state=merged]', (rows) => rows.length)).toBe(12);
  });

  it('shows what was deployed, where it stands, and as it becomes', async () => {
    await page.click('#repo-deployments');
    await until('.repo-body .empty');
    const pat = new PersonOnGitHub(world, 'pat-platform');
    const made = await pat.call('POST', '/deployments', {
      ref: 'main',
      environment: 'prod',
      required_contexts: [],
    });
    const { id, sha } = made as { id: number; sha: string };
    await until('[data-deployment=prod][data-result=pending]');
    const statuses = `/deployments/${id}/statuses`;
    await pat.call('POST', statuses, { state: 'success', description: 'Applied on 6 of 6' });
    await until('[data-deployment=prod][data-result=success]');
    expect(await textOf('[data-deployment=prod]')).toContain('success: Applied on 6 of 6');
    await page.click('[data-deployment=prod] a');
    await until(`[data-sha="${sha}"]`);
    await until('[data-deployment=prod][data-result=success]');
  });

  it('acts as the person at the page', async () => {
    await page.select('#person', 'U0APPRVR01');
    await page.goto(`${world.url}/#/pull/12`);
    await until('#reply');
    await page.type('#reply', 'Seen.');
    await page.click('#reply-send');
    await until('[data-entry^=comment-]');
    expect(await textOf('[data-entry^=comment-]')).toContain('ana-approver wrote');
  });

  it('lets a fault wait for its victim', async () => {
    await page.click('#tab-faults');
    await until('#strike');
    await page.select('#fault-service', 'slack');
    await page.click('#strike');
    await until('[data-fault]');
    expect(world.faults.list()).toMatchObject([
      { service: 'slack', effect: { kind: 'error-after-doing', status: 500 } },
    ]);
    await page.click('#clear-faults');
    await gone('[data-fault]');
  });

  it('shows the clusters as they are, and as they become while somebody breaks and mends them', async () => {
    await page.click('#tab-fleet');
    await until('[data-workload=prod-eu-west-1][data-applied=true]');
    expect(await textOf('[data-workload=prod-eu-west-1] summary')).toContain('6 of 6 applied');
    const of = (state: string) => `[data-kustomization="prod-eu-west-1/common"][data-state=${state}]`;
    await page.click('#break-all-prod-eu-west-1');
    await until(of('progressing'));
    await until(of('failed'));
    expect(await textOf(of('failed'))).toContain('HealthCheckFailed: health check failed');
    await page.click('#break-all-prod-eu-west-1');
    await until('[data-workload=prod-eu-west-1][data-applied=true]');
    await page.select('#outage-aws-v1', 'error-503');
    await until('[data-cluster=aws-v1][data-outage=error-503]');
    expect(world.fleet.member('aws-v1')?.cluster.outage).toEqual({ kind: 'error', status: 503 });
    await page.select('#outage-aws-v1', 'none');
    await until('[data-cluster=aws-v1][data-outage=none]');
  });

  it('shows one pane at a time on a telephone, and nothing wider than its screen', async () => {
    await page.setViewport({ width: 390, height: 844 });
    const overflow = () => page.evaluate('document.documentElement.scrollWidth - innerWidth');
    for (const tab of ['#tab-slack', '#tab-repository', '#tab-fleet', '#tab-faults']) {
      await page.click(tab);
      await until(`${tab}[aria-pressed=true]`);
      expect(await overflow()).toBe(0);
    }
  });

  it('has logged no error', () => {
    expect(problems).toEqual([]);
  });
});
