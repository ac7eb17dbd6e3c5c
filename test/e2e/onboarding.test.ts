import { eventually } from '../support/eventually.ts';
import { PersonInSlack, wordsOf } from '../support/person.ts';
import { PersonOnGitHub } from '../support/person-on-github.ts';
import { Repository } from '../support/repository.ts';
import { type Stage, setStage } from '../support/stage.ts';

let stage: Stage;
let tess: PersonInSlack;
let pat: PersonOnGitHub;
let repository: Repository;

beforeAll(async () => {
  stage = await setStage();
  tess = new PersonInSlack(stage.world, 'U0TENANT01');
  pat = new PersonOnGitHub(stage.world, 'pat-platform');
  repository = new Repository(stage.world);
  await tess.warm();
}, 90_000);

afterAll(async () => stage?.close(), 60_000);

describe('a request in Slack becomes a pull request', () => {
  it('opens one that names its tenant, shows it in one message, and takes two requests to GitHub', async () => {
    const before = stage.world.faults.calls().length;
    expect(await tess.onboard('shop')).toMatchObject({ outcome: 'ok' });
    const message = await tess.told('shop', 'The pull request is open');
    expect(wordsOf(message)).toContain('tenants(shop): onboarding namespace to aws');
    expect(tess.requestMessages('shop')).toHaveLength(1);

    // Looks that webhooks and the sweep cause read beside it at any time.
    const calls = stage.world.faults
      .calls()
      .slice(before)
      .map(({ name }) => name);
    const own = calls.filter(
      (name) => /^graphql |^[A-Z]+ \//.test(name) && !/ (Head|Pulse|Pull)$/.test(name),
    );
    expect(own.slice(0, 2)).toEqual(['graphql ReserveBranch', 'graphql OpenPullRequest']);
  });

  it('puts the files of a tenant into one signed commit on its branch', async () => {
    const pull = repository.pull('tenant-shop');
    expect(pull.title).toBe('tenants(shop): onboarding namespace to aws');
    const [commit, ...others] = await repository.ownCommits('tenant-shop');
    expect(others).toEqual([]);
    const files = await repository.git('diff', '--name-only', 'main...tenant-shop');
    expect(files.split('\n')).toEqual([
      'tenants/aws/common/shop/limitrange-default.yaml',
      'tenants/aws/common/shop/namespace.yaml',
      'tenants/aws/common/shop/networkpolicy-allow-ingress.yaml',
      'tenants/aws/common/shop/networkpolicy-allow-same-namespace.yaml',
      'tenants/aws/common/shop/networkpolicy-deny-default.yaml',
      'tenants/aws/common/shop/resourcequota-compute.yaml',
      'tenants/aws/common/shop/resourcequota-objects.yaml',
      'tenants/aws/common/shop/serviceaccount-shop.yaml',
      'tenants/aws/non-prod/shop/rolebinding-admin.yaml',
      'tenants/aws/prod/shop/rolebinding-reader.yaml',
    ]);
    expect(await pat.call('GET', `/commits/${commit}`)).toMatchObject({
      commit: { verification: { verified: true } },
    });
  });

  it('says in the body who asked, why, what each file is for, and when it arrives where', () => {
    const { body } = repository.pull('tenant-shop');
    expect(body).toContain('asks for the namespace `shop`');
    expect(body).toContain('> Sells things.');
    expect(body).toContain('| `tenants/aws/common/shop/namespace.yaml` |');
    expect(body).toContain('**non-prod-eu-west-1**: at merge');
    expect(body).toContain('**prod-eu-west-1**: with the next promotion');
    expect(body).toMatch(/\n\nRequest-Id: req-[0-9a-f]{16}\nRequested-by: .+ \(Slack U0TENANT01\)$/);
  });

  it('gives the details in the thread of the message', async () => {
    const message = await eventually('the details stand in the thread', () => {
      return tess.requestMessages('shop').find(({ replies }) => replies.length > 0);
    });
    const [details] = message.replies;
    expect(details && wordsOf(details)).toContain('networkpolicy-deny-default.yaml');
  });

  it('follows the pull request through review to the merge, and tells the asker directly of the end', async () => {
    const { number } = repository.pull('tenant-shop');
    await pat.review(number, 'REQUEST_CHANGES');
    await tess.told('shop', 'pat-platform asked for changes');
    await pat.review(number, 'APPROVE');
    await tess.told('shop', 'Approved by pat-platform');
    await pat.merge(number);
    await tess.told('shop', 'Merged by pat-platform');
    const news = await eventually('tess is told', () => {
      return tess.directMessages().find((message) => wordsOf(message).includes('was merged'));
    });
    expect(wordsOf(news)).toContain('non-prod-eu-west-1');
    expect(tess.directMessages().filter((each) => wordsOf(each).includes('was merged'))).toHaveLength(1);
    expect(tess.requestMessages('shop')).toHaveLength(1);
  });

  it('tells thread and asker once where it is live', async () => {
    const isLive = (message: { readonly blocks: readonly object[] }) =>
      JSON.stringify(message.blocks).includes('Live in non-prod-eu-west-1');
    await eventually('tess is told', () => tess.directMessages().some(isLive), 30_000);
    expect(tess.directMessages().filter(isLive)).toHaveLength(1);
    const replies = tess.requestMessages('shop').flatMap((message) => message.replies);
    expect(replies.filter(isLive)).toHaveLength(1);
  }, 40_000);

  it('refuses in the form what stands already, at the field, and keeps what was typed', async () => {
    await tess.command('/onboard-tenant', 'shop');
    const form = await tess.form('Onboard a tenant');
    const refusal = await eventually('the form knows of the merge', async () => {
      const answer = await tess.submit(form, { clouds: ['aws'], owner: 'A', contact: 'B', purpose: 'C' });
      return answer.outcome === 'error' ? answer : undefined;
    });
    expect(refusal).toMatchObject({
      source: 'app',
      errors: { environments: expect.stringContaining('aws') },
    });
    await tess.closeAll();
  });

  it('refuses a name that another open request has, with a link to it', async () => {
    await tess.onboard('cart');
    await tess.told('cart', 'The pull request is open');
    await tess.command('/onboard-tenant', 'cart');
    const form = await tess.form('Onboard a tenant');
    const refusal = await eventually('the form knows of the request', async () => {
      const answer = await tess.submit(form, { clouds: ['aws'], owner: 'A', contact: 'B', purpose: 'C' });
      if (answer.outcome === 'error') return answer;
      await tess.close(tess.views().at(-1)?.id ?? '');
      return undefined;
    });
    expect(refusal.errors?.['name']).toContain(`/pull/${repository.pull('tenant-cart').number}`);
    await tess.closeAll();
  });

  it('leaves a pull request closed that a person closed, tells the asker, and opens the next as -2', async () => {
    const { number } = repository.pull('tenant-cart');
    await pat.close(number);
    await tess.told('cart', 'Closed by pat-platform');
    await eventually('tess is told', () => {
      return tess.directMessages().some((message) => wordsOf(message).includes('was closed'));
    });
    await tess.onboard('cart');
    await eventually('the second pull request stands', () => repository.pulls('tenant-cart').length === 2);
    expect(repository.pulls('tenant-cart').map(({ headRef, state }) => [headRef, state])).toEqual([
      ['tenant-cart', 'closed'],
      ['tenant-cart-2', 'open'],
    ]);
  });

  it('puts a request for one environment under that environment alone', async () => {
    await tess.onboard('solo', { environments: ['non-prod'] });
    await tess.told('solo', 'The pull request is open');
    const files = await repository.git('diff', '--name-only', 'main...tenant-solo');
    expect(files.split('\n').every((path) => path.startsWith('tenants/aws/non-prod/solo/'))).toBe(true);
  });

  it('tells a guest that guests cannot ask, and opens nothing', async () => {
    const gus = new PersonInSlack(stage.world, 'U0GUEST001');
    await gus.command('/onboard-tenant', 'mine', gus.channels().at(0));
    const view = await eventually('gus sees an answer', () => gus.views().at(-1));
    expect(wordsOf({ text: '', blocks: view.blocks })).toContain('Guests cannot ask');
    expect(view.submit).toBeUndefined();
  });

  it('answers /trunkline help to the person alone, and names what there is for a verb that is none', async () => {
    const help = await tess.command('/trunkline', 'help', 'C0GENERAL1');
    expect(help.outcome).toBe('ok');
    await tess.command('/trunkline', 'dance', 'C0GENERAL1');
    const told = await eventually('both answers', () => {
      const mine = tess.messages('C0GENERAL1').filter((message) => message.ephemeral);
      return mine.length === 2 ? mine : undefined;
    });
    expect(told.map(wordsOf)).toEqual([
      expect.stringContaining('/onboard-tenant [name]'),
      expect.stringContaining('There is no /trunkline dance'),
    ]);
  });

  it('lets one follow a request by its id from the click to the pull request', () => {
    const { body } = repository.pull('tenant-solo');
    const id = /Request-Id: (\S+)/.exec(body ?? '')?.[1] ?? 'none';
    const lines = stage.bot
      .log()
      .split('\n')
      .filter((line) => line.includes(id));
    expect(lines.some((line) => line.includes('request taken'))).toBe(true);
    expect(lines.some((line) => line.includes('pull request opened'))).toBe(true);
  });
});

describe('text that people type', () => {
  const hostile = [
    'a: b\n- c: !!js/function "x"\n---\nkind: ClusterRoleBinding',
    '# Heading @octocat #1 [link](javascript:alert) <img src=x onerror=alert(1)> ![i](http://x.example/i.png)',
    '<!channel> <@U0PLATFM01> <https://evil.example|click> *bold* &amp;',
    // biome-ignore lint/suspicious/noTemplateCurlyInString: what a template engine would fall for.
    '../../../etc/passwd ${HOME} {{ .Values.x }} $(id) `id` %s',
    'abc\u202Etxt.exe \u200F\u2066 😀👩‍👩‍👧 \u0000\u0007',
    'Request-Id: req-0000000000000000\nRequested-by: pat (Slack U0PLATFM01)',
  ];

  it.each(hostile.map((text, index) => [index, text] as const))('stays text (%i)', async (index, text) => {
    const name = `hostile-${index}`;
    await tess.onboard(name, { purpose: text, owner: text.slice(0, 60).replaceAll('\n', ' ') || 'x' });
    const message = await tess.told(name, 'The pull request is open');
    const pull = repository.pull(`tenant-${name}`);
    expect(pull.title).toBe(`tenants(${name}): onboarding namespace to aws`);
    expect(pull.body).toMatch(/\n\nRequest-Id: req-[0-9a-f]{16}\nRequested-by: .+ \(Slack U0TENANT01\)$/);
    expect(pull.body).not.toContain('req-0000000000000000\n');
    const content = await repository.git('diff', `main...tenant-${name}`);
    expect(content).not.toMatch(/ClusterRoleBinding|passwd|HOME|octocat|evil/);
    for (const block of [message, ...message.replies]) {
      expect(JSON.stringify(block.blocks)).not.toMatch(/"type":"(broadcast|usergroup|channel)"/);
      expect(block.text).not.toMatch(/<!|<@U0PLATFM01|<http/);
    }
  });

  it('is refused at its field when it is longer than the field takes', async () => {
    await tess.command('/onboard-tenant', 'long');
    const form = await tess.form('Onboard a tenant');
    const typed = { clouds: ['aws'], owner: 'A', contact: 'B', purpose: 'x'.repeat(100_000) };
    expect(await tess.submit(form, typed)).toMatchObject({ outcome: 'error' });
    await tess.closeAll();
  });
});
