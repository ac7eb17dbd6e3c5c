import { eventually } from '../support/eventually.ts';
import { killAt } from '../support/kill-at.ts';
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
  /** Comments that say so; others tell what the pull request does. */
  const farewells = async (number: number) => {
    const all = await pat.call('GET', `/issues/${number}/comments`);
    const texts = Array.isArray(all) ? all.map((each) => String(each.body)) : [];
    return texts.filter((text) => text.includes('withdrew this request'));
  };

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
    expect(await farewells(number)).toEqual([
      expect.stringContaining('Tess Tenant (sample) withdrew this request in Slack.'),
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
    expect(await farewells(number)).toHaveLength(1);
  });
});

describe('a request is asked for in an issue at GitHub', () => {
  const tessAtGitHub = () => new PersonOnGitHub(stage.world, 'tess-tenant');
  const bodyOf = (over: Readonly<Record<string, string>> = {}) => {
    const typed: Readonly<Record<string, string>> = {
      'Name of the namespace': 'kiosk',
      Clouds: 'aws',
      Environments: 'non-prod, prod',
      Size: 'small',
      Access: '_No response_',
      'Owning team': 'Team Kiosk',
      Contact: '#team-kiosk',
      'What may reach it': '- [X] Pods of the same namespace\n- [X] The ingress controller',
      'Further TCP ports': '_No response_',
      Labels: '_No response_',
      Purpose: 'Sells papers.\n\n### And more',
      ...over,
    };
    return Object.entries(typed)
      .map(([heading, text]) => `### ${heading}\n\n${text}`)
      .join('\n\n');
  };
  let issue: number;
  const open = async (body: string) => {
    const made = await tessAtGitHub().call('POST', '/issues', { title: 'Tenant request', body });
    return Number(Reflect.get(Object(made), 'number'));
  };
  const comments = async (number: number) => {
    const all = await pat.call('GET', `/issues/${number}/comments`);
    return Array.isArray(all) ? all.map((each) => String(each.body)) : [];
  };
  const answers = (number: number, words: string) =>
    eventually(
      `the comment on #${number} says "${words}"`,
      async () => (await comments(number)).find((each) => each.includes(words)),
      15_000,
    );

  it('and every mistake is one comment that is updated', async () => {
    issue = await open(bodyOf({ Size: 'gigantic', 'Name of the namespace': 'Kiosk!' }));
    await answers(issue, '**Name of the namespace**');
    await answers(issue, '**Size**');
    await pat.call('PATCH', `/issues/${issue}`, { body: bodyOf({ Labels: 'nonsense' }) });
    await answers(issue, '**Labels**: `nonsense`');
    expect(await comments(issue)).toHaveLength(1);
    expect(repository.pulls('tenant-kiosk')).toEqual([]);
  }, 40_000);

  it('and becomes a pull request once it is in order; both link each other', async () => {
    await tessAtGitHub().call('PATCH', `/issues/${issue}`, { body: bodyOf() });
    await eventually('the pull request stands', () => repository.pulls('tenant-kiosk').length === 1);
    const pull = repository.pull('tenant-kiosk');
    await answers(issue, `#${pull.number} is this request`);
    expect(pull.body).toContain(`Closes #${issue}.`);
    expect(pull.body).toContain('> Sells papers.');
    expect(await comments(issue)).toHaveLength(1);
    await tess.told('kiosk', 'waits for a review');
  }, 40_000);

  it('and an edit of it is a further commit', async () => {
    await tessAtGitHub().call('PATCH', `/issues/${issue}`, { body: bodyOf({ Size: 'medium' }) });
    await eventually('two commits', async () => (await repository.ownCommits('tenant-kiosk')).length === 2);
    await tess.threadSays('kiosk', 'Size: small → medium');
    expect(repository.pull('tenant-kiosk').body).toContain(`Closes #${issue}.`);
    expect(await comments(issue)).toHaveLength(1);
  }, 40_000);

  it('and its name stays', async () => {
    const body = bodyOf({ Size: 'medium', 'Name of the namespace': 'booth' });
    await tessAtGitHub().call('PATCH', `/issues/${issue}`, { body });
    await answers(issue, 'the name of a request stays');
    expect(repository.pulls('tenant-booth')).toEqual([]);
    expect(repository.pulls('tenant-kiosk')).toHaveLength(1);
  }, 40_000);

  it('also when its webhook was lost', async () => {
    stage.world.faults.add({ service: 'github', on: 'delivery', match: 'issues', effect: { kind: 'drop' } });
    const made = await tessAtGitHub().call('POST', '/issues', {
      title: 'Tenant request',
      body: bodyOf({ 'Name of the namespace': 'stand' }),
      labels: ['tenant-request'],
    });
    const number = Number(Reflect.get(Object(made), 'number'));
    await eventually('the pull request stands', () => repository.pulls('tenant-stand').length === 1, 50_000);
    await answers(number, 'is this request');
  }, 80_000);

  it('while any other issue is nobody’s business', async () => {
    const number = await open('### Something else\n\nkiosk');
    await pat.call('PATCH', `/issues/${number}`, { body: '### Something\n\nelse' });
    expect(await comments(number)).toEqual([]);
  });
});

describe('a change that the process dies over', () => {
  it.each([
    ['graphql CommitToRequest', 'after it is done'],
    ['graphql LabelAndAskForReview', 'after it is answered'],
  ] as const)(
    'at %s (%s) is one commit, told once',
    async (call, moment) => {
      const name = moment === 'after it is done' ? 'kite' : 'lamp';
      await tess.onboard(name);
      await tess.told(name, 'request_change');
      const { number } = repository.pull(`tenant-${name}`);
      await pat.review(number, 'REQUEST_CHANGES', 'Please use medium.');
      const { done, stop } = killAt(stage, `github ${call}`, 1, moment);
      await tess.change(name, number, { size: 'medium' });
      await done;
      stop();
      await stage.restart();
      // The queue takes a job for lost once its lock has run out.
      await tess.threadSays(name, 'Size: small → medium', 80_000);
      await tess.threadSays(name, 'Asked for a review: pat-platform');
      expect(await repository.ownCommits(`tenant-${name}`)).toHaveLength(2);
      const notes = tess
        .requestMessages(name)
        .flatMap(({ replies }) => replies.filter((each) => wordsOf(each).includes('Size: small → medium')));
      expect(notes).toHaveLength(1);
    },
    120_000,
  );
});
