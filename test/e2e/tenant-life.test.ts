import { eventually } from '../support/eventually.ts';
import { wordsOf } from '../support/person.ts';
import { PersonOnGitHub } from '../support/person-on-github.ts';
import { shownText } from '../support/release-person.ts';
import { Repository } from '../support/repository.ts';
import { type Stage, setStage } from '../support/stage.ts';
import { TenantPerson } from '../support/tenant-person.ts';

let stage: Stage;
let tess: TenantPerson;
let ana: TenantPerson;
let pat: PersonOnGitHub;
let repository: Repository;

beforeAll(async () => {
  stage = await setStage();
  tess = new TenantPerson(stage.world, 'U0TENANT01');
  ana = new TenantPerson(stage.world, 'U0APPRVR01');
  pat = new PersonOnGitHub(stage.world, 'pat-platform');
  repository = new Repository(stage.world);
  await tess.warm();
}, 90_000);

afterAll(async () => stage?.close(), 60_000);

const QUOTA = 'tenants/aws/common/guestbook/resourcequota-compute.yaml';

/** The bot's own check has nothing to say about a pull request of its own. */
async function conventionsAreGreen(pull: number): Promise<void> {
  const { state } = stage.world.github.world;
  const conclusion = await eventually(`the conventions of #${pull} are checked`, () => {
    const head = state.pulls.get(pull)?.headSha;
    const runs = [...state.checkRuns.values()];
    return runs.findLast(({ name, headSha }) => name === 'conventions' && headSha === head)?.conclusion;
  });
  expect(conclusion).toBe('success');
}

describe('the size of a tenant that stands', () => {
  it('is shown with all that the tenant has, and changed by a pull request of four lines', async () => {
    const shown = shownText((await tess.tenant('guestbook')).blocks);
    expect(shown).toContain('aws, every environment');
    expect(shown).toContain('namespace-admin');
    await tess.pressInView('tenant_resize');
    const form = await tess.form('Change size');
    expect(await tess.submit(form, { size: 'large' })).toMatchObject({ outcome: 'ok' });
    const preview = await tess.form('Preview');
    expect(shownText(preview.blocks)).toContain('+     limits.memory: 20Gi');
    expect(shownText(preview.blocks)).toContain('non-prod-eu-west-1');
    expect(await tess.submit(preview)).toMatchObject({ outcome: 'ok' });
    await tess.closeAll();
    const message = await tess.told('guestbook', 'The pull request is open');
    expect(wordsOf(message)).toContain('tenants(guestbook): increase compute quota');
    const pull = repository.pull('tenant-guestbook');
    expect(pull.body).toContain('| `aws/common` | Memory, limits |');
    expect(pull.body).toMatch(/\n\nRequest-Id: req-[0-9a-f]{16}\nRequested-by: .+ \(Slack U0TENANT01\)$/);
    const stat = await repository.git('diff', '--numstat', `main...${pull.headRef}`);
    expect(stat).toBe(`4\t4\t${QUOTA}`);
    await conventionsAreGreen(pull.number);
  });

  it('is followed to the merge, and the asker hears of it', async () => {
    const { number } = repository.pull('tenant-guestbook');
    await pat.review(number, 'APPROVE');
    await tess.told('guestbook', 'Approved by pat-platform');
    await pat.merge(number);
    await tess.told('guestbook', 'Merged by pat-platform');
    await tess.toldDirectly('was merged');
    expect(tess.requestMessages('guestbook')).toHaveLength(1);
    expect(await repository.git('show', `main:${QUOTA}`)).toContain('limits.memory: 20Gi');
  });

  it('says when it is so already, and what is wrong with a figure at its field', async () => {
    await tess.tenant('guestbook');
    await tess.pressInView('tenant_resize');
    const form = await tess.form('Change size');
    expect(await tess.submit(form, { size: 'own', requestsCpu: 'two' })).toMatchObject({
      outcome: 'error',
      errors: { requestsCpu: expect.stringContaining('unit') },
    });
    await tess.submit(form, { size: 'large' });
    await tess.sees('nothing to change');
    await tess.closeAll();
  });

  it('names the tenants there are for a name that is none', async () => {
    await tess.command('/trunkline', 'tenant nobody');
    expect(shownText((await tess.sees('has no tenant nobody')).blocks)).toContain('guestbook');
    await tess.closeAll();
  });
});

describe('the open ports of a tenant that stands', () => {
  it('are changed by one new file, beside another change that is open', async () => {
    await tess.tenant('guestbook');
    await tess.pressInView('tenant_ports');
    const form = await tess.form('Change ports');
    await tess.submit(form, { 'ports:aws/common': '8080 from namespace monitoring' });
    const preview = await tess.form('Preview');
    await tess.submit(preview);
    await tess.closeAll();
    await tess.told('guestbook', 'open TCP port 8080');
    const [pull] = repository.pulls('tenant-guestbook-ports');
    expect(pull?.title).toBe('tenants(guestbook): open TCP port 8080');
    const stat = await repository.git('diff', '--name-status', `main...${pull?.headRef}`);
    expect(stat).toBe('A\ttenants/aws/common/guestbook/networkpolicy-allow-tcp-8080.yaml');
    await conventionsAreGreen(pull?.number ?? 0);
    await pat.close(pull?.number ?? 0);
    await tess.told('guestbook', 'Closed by pat-platform');
  });
});

describe('offboarding', () => {
  it('says loudly what goes, and waits for a second person', async () => {
    await tess.tenant('guestbook');
    await tess.pressInView('tenant_offboard');
    const preview = await tess.form('Preview');
    const words = shownText(preview.blocks);
    expect(words).toContain('Namespace guestbook and everything in it');
    expect(words).toContain('non-prod-eu-west-1, deleted at merge');
    expect(words).toContain('prod-eu-west-1, deleted with the next promotion');
    await tess.submit(preview);
    await tess.closeAll();
    const message = await tess.told('guestbook', 'Somebody else has to confirm it');
    await tess.pressBelow(message, 'tenant_confirm_offboard');
    await tess.toldDirectly('You asked for it yourself');
    expect(repository.pulls('tenant-guestbook-offboard')).toEqual([]);
  });

  it('opens the pull request once another person has confirmed, and names both', async () => {
    const message = await ana.told('guestbook', 'Somebody else has to confirm it');
    await ana.pressBelow(message, 'tenant_confirm_offboard');
    await tess.told('guestbook', 'offboarding namespace from aws');
    const pull = await eventually('the pull request', () => repository.pulls('tenant-guestbook-offboard')[0]);
    expect(pull.title).toBe('tenants(guestbook): offboarding namespace from aws');
    expect(pull.body).toContain('Ana Approver');
    expect(pull.body).toContain('[!CAUTION]');
    expect(tess.requestMessages('guestbook')).toHaveLength(3);
    await conventionsAreGreen(pull.number);
    await pat.review(pull.number, 'APPROVE');
    await pat.merge(pull.number);
    await eventually('the message says so', () =>
      tess
        .requestMessages('guestbook')
        .find((each) => wordsOf(each).includes('offboarding') && wordsOf(each).includes('Merged')),
    );
    const left = await repository.git('ls-tree', '-r', '--name-only', 'main', 'tenants');
    expect(left).not.toContain('/guestbook/');
  });

  it('is called off by whoever asked, and nothing comes of it', async () => {
    await tess.onboard('shop');
    await tess.told('shop', 'The pull request is open');
    await pat.review(repository.pull('tenant-shop').number, 'APPROVE');
    await pat.merge(repository.pull('tenant-shop').number);
    await tess.told('shop', 'Merged');
    await tess.tenant('shop');
    await tess.pressInView('tenant_offboard');
    await tess.submit(await tess.form('Preview'));
    await tess.closeAll();
    const message = await tess.told('shop', 'Somebody else has to confirm it');
    await tess.pressBelow(message, 'tenant_call_off_offboard');
    await tess.told('shop', 'Called off by');
    expect(repository.pulls('tenant-shop-offboard')).toEqual([]);
  });
});
