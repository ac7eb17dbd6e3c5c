import { eventually } from '../support/eventually.ts';
import { wordsOf } from '../support/person.ts';
import { PersonOnGitHub } from '../support/person-on-github.ts';
import { Repository } from '../support/repository.ts';
import { RequestingPerson } from '../support/requesting-person.ts';
import { type Stage, setStage } from '../support/stage.ts';

let stage: Stage;
let tess: RequestingPerson;
let pat: PersonOnGitHub;
let repository: Repository;

beforeAll(async () => {
  stage = await setStage();
  tess = new RequestingPerson(stage.world, 'U0TENANT01');
  pat = new PersonOnGitHub(stage.world, 'pat-platform');
  repository = new Repository(stage.world);
  await tess.warm();
}, 90_000);

afterAll(async () => stage?.close(), 60_000);

const field = (form: { readonly blocks: readonly object[] }, name: string) =>
  JSON.stringify(form.blocks.find((block) => Reflect.get(block, 'block_id') === name));

describe('a request is changed while it is open', () => {
  let number: number;

  it('shows the form filled in with what was asked, also after Redis forgot everything', async () => {
    await tess.onboard('shop', {
      purpose: 'Sells *things*.\nAnd more.',
      ports: '8080 from namespace monitoring',
    });
    await tess.told('shop', 'request_change');
    number = repository.pull('tenant-shop').number;
    await stage.flushRedis();
    await tess.warm();
    const form = await tess.changeForm('shop', number);
    expect(field(form, 'size')).toContain('"initial_option":{"text":{"type":"plain_text","text":"small');
    expect(field(form, 'owner')).toContain('"initial_value":"Team Shop"');
    expect(field(form, 'contact')).toContain('"initial_value":"#team-shop"');
    expect(field(form, 'purpose')).toContain(String.raw`"initial_value":"Sells *things*.\nAnd more."`);
    expect(field(form, 'ports')).toContain('8080 from namespace monitoring');
    expect(field(form, 'name')).toBeUndefined();
    await tess.closeAll();
  }, 60_000);

  it('puts one further commit on the branch, mends title and text, and asks the reviewer again', async () => {
    await pat.review(number, 'REQUEST_CHANGES', 'Please use medium.');
    await tess.told('shop', 'pat-platform asked for changes');
    await tess.change('shop', number, { size: 'medium', clouds: ['aws', 'azure'], ports: '' });
    await tess.threadSays('shop', 'Size: small → medium');
    await tess.threadSays('shop', 'Asked for a review: pat-platform');
    expect(await repository.ownCommits('tenant-shop')).toHaveLength(2);
    const pull = repository.pull('tenant-shop');
    expect(pull.title).toBe('tenants(shop): onboarding namespace to aws, azure');
    expect(pull.body).toContain('`tenants/azure/');
    expect(pull.body).not.toContain('8080');
    expect(pull.body).toMatch(/\n\nRequest-Id: req-[0-9a-f]{16}\nRequested-by: .+ \(Slack U0TENANT01\)$/);
    const quota = await repository.git(
      'show',
      'tenant-shop:tenants/aws/common/shop/resourcequota-compute.yaml',
    );
    expect(quota).toContain('requests.cpu');
    const files = await repository.git('diff', '--name-only', 'main...tenant-shop');
    expect(files).not.toContain('networkpolicy-allow-tcp-8080.yaml');
    await tess.told('shop', 'waits for a review');
    expect(tess.requestMessages('shop')).toHaveLength(1);
  }, 60_000);

  it('says so when somebody pushed in between, writes nothing, and keeps what was typed', async () => {
    const form = await tess.changeForm('shop', number);
    await pat.call('PUT', '/contents/tenants/aws/common/shop/notes.yaml', {
      message: 'notes',
      branch: 'tenant-shop',
      content: Buffer.from('# by hand\n').toString('base64'),
    });
    await tess.submit(form, { size: 'small' });
    await tess.submit(await tess.form('Preview'));
    await tess.closeAll();
    await tess.isTold('Somebody pushed to the branch of this request in the meantime');
    expect(await repository.ownCommits('tenant-shop')).toHaveLength(3);
  }, 60_000);

  it('leaves what was pushed by hand where it is when the form is sent again', async () => {
    await tess.change('shop', number, { size: 'small' });
    await tess.threadSays('shop', 'Size: medium → small');
    const files = await repository.git('ls-tree', '-r', '--name-only', 'tenant-shop');
    expect(files).toContain('tenants/aws/common/shop/notes.yaml');
    expect(await repository.ownCommits('tenant-shop')).toHaveLength(4);
  }, 60_000);

  it('says that a request has ended once it is merged', async () => {
    await tess.told('shop', 'request_change');
    const before = tess.requestMessages('shop')[0];
    expect(before).toBeDefined();
    await pat.merge(number);
    await tess.told('shop', 'Merged by pat-platform');
    await eventually('the buttons are gone', () =>
      tess.requestMessages('shop').every((each) => !JSON.stringify(each.blocks).includes('request_change')),
    );
  }, 60_000);
});

describe('a request is withdrawn', () => {
  const withdrawn = 'request_withdraw';

  it('by nobody but its asker and the platform team', async () => {
    await tess.onboard('cart');
    await tess.told('cart', withdrawn);
    const ana = new RequestingPerson(stage.world, 'U0APPRVR01');
    await ana.press('cart', withdrawn);
    await ana.sees('Only who asked for it, and the platform team, can withdraw a request.');
    await ana.closeAll();
    expect(repository.pull('tenant-cart').state).toBe('open');
  });

  it('by its asker: comment, closed pull request, no branch, and everybody told once', async () => {
    await tess.press('cart', withdrawn);
    await tess.sees('is withdrawn');
    await tess.closeAll();
    const { number, state } = repository.pull('tenant-cart');
    expect(state).toBe('closed');
    expect(await pat.call('GET', `/issues/${number}/comments`)).toMatchObject([
      { body: expect.stringContaining('Tess Tenant (sample) withdrew this request in Slack.') },
    ]);
    expect(await repository.branches('tenant-cart')).toEqual([]);
    const message = await tess.told('cart', 'Closed');
    expect(wordsOf(message)).not.toContain(withdrawn);
    await tess.threadSays('cart', 'withdrew the request');
    await tess.isTold('Your request for cart was closed');
    expect(tess.requestMessages('cart')).toHaveLength(1);
  });

  it('by the platform team; what somebody else pushed stays on its branch', async () => {
    await tess.onboard('till');
    await tess.told('till', withdrawn);
    const folder = '/contents/tenants/aws/common/till';
    await pat.call('PUT', `${folder}/notes.yaml`, {
      message: 'notes',
      branch: 'tenant-till',
      content: Buffer.from('# by hand\n').toString('base64'),
    });
    const patInSlack = new RequestingPerson(stage.world, 'U0PLATFM01');
    await patInSlack.press('till', withdrawn);
    await patInSlack.sees('is withdrawn');
    await patInSlack.closeAll();
    expect(repository.pull('tenant-till').state).toBe('closed');
    expect(await repository.branches('tenant-till')).toEqual(['tenant-till']);
  });

  it('once, though its button is pressed twice', async () => {
    await tess.onboard('desk');
    await tess.told('desk', withdrawn);
    await Promise.all([tess.press('desk', withdrawn), tess.press('desk', withdrawn)]);
    await tess.told('desk', 'Closed');
    const { number } = repository.pull('tenant-desk');
    await tess.closeAll();
    expect(await pat.call('GET', `/issues/${number}/comments`)).toHaveLength(1);
  });
});
