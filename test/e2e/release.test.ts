import { eventually } from '../support/eventually.ts';
import { wordsOf } from '../support/person.ts';
import { PersonOnGitHub } from '../support/person-on-github.ts';
import { ReleasingPerson } from '../support/release-person.ts';
import { mergePull, Releases } from '../support/releases.ts';
import { type Stage, setStage } from '../support/stage.ts';

let stage: Stage;
let pat: ReleasingPerson;
let olli: ReleasingPerson;
let patAtGitHub: PersonOnGitHub;
let releases: Releases;

beforeAll(async () => {
  stage = await setStage();
  pat = new ReleasingPerson(stage.world);
  olli = new ReleasingPerson(stage.world, 'U0ONCALL01');
  patAtGitHub = new PersonOnGitHub(stage.world, 'pat-platform');
  releases = new Releases(stage.world);
  await pat.warm();
}, 90_000);

afterAll(async () => stage?.close(), 60_000);

const TEAM = 'C0TEAMGUES';
const quota = (cpu: string) => `apiVersion: v1
kind: ResourceQuota
metadata:
  name: compute
  namespace: guestbook
spec:
  hard:
    limits.cpu: ${cpu}
`;
const QUOTA = 'tenants/aws/common/guestbook/resourcequota-compute.yaml';

describe('a release is cut from chat', () => {
  it('shows what is new, the next version with its reason and what it will do, and writes nothing', async () => {
    const form = await pat.releaseForm();
    const words = JSON.stringify(form.blocks);
    expect(words).toContain('v0.1.0');
    for (const number of [9, 10, 11, 12]) expect(words).toContain(`#${number}`);
    expect(words).toContain('prod-eu-west-1');
    expect(form.values['version']).toMatchObject({
      [Object.keys(form.values['version'] ?? {})[0] ?? '']: 'v0.1.1',
    });
    expect(releases.tag('v0.1.1')).toBeUndefined();
    expect(releases.all().map(({ tagName }) => tagName)).toEqual(['v0.1.0']);
    await pat.closeAll();
  });

  it.each([
    ['nonsense', 'v0.1.1'],
    ['v0.0.9', 'v0.1.0'],
    ['v0.1.0', 'v0.1.0'],
  ])('refuses the version %j at its field and keeps the form', async (version, words) => {
    const form = await pat.releaseForm();
    const answer = await pat.submit(form, { version, introduction: 'Kept.' });
    expect(answer).toMatchObject({ outcome: 'error', errors: { version: expect.stringContaining(words) } });
    expect(JSON.stringify(pat.views().at(-1)?.values)).toContain('Kept.');
    await pat.closeAll();
  });

  it('tags the shown commit, publishes the notes, announces once, and tells the team of its tenant', async () => {
    const head = releases.head;
    await pat.release({ introduction: 'The first one from chat.', leftOut: ['11'] });
    await pat.sees('v0.1.1 is released');
    await pat.closeAll();
    expect(releases.tag('v0.1.1')).toBe(head);
    const [release, ...others] = releases.of('v0.1.1');
    expect(others).toEqual([]);
    expect(release?.body).toContain('The first one from chat.');
    expect(release?.body).toContain('#12');
    expect(release?.body).not.toContain('- **release**');
    const message = await pat.announced('v0.1.1', 'increase compute quota');
    expect(wordsOf(message)).toContain('The first one from chat.');
    expect(wordsOf(message)).toContain('U0PLATFM01');
    expect(wordsOf(message)).toContain('prod-eu-west-1');
    const tess = new ReleasingPerson(stage.world, 'U0TENANT01');
    const part = await eventually('the team is told', () => tess.announcements('v0.1.1', TEAM)[0]);
    expect(wordsOf(part)).toContain('increase compute quota');
    expect(wordsOf(part)).not.toContain('cluster deployment');
    await pat.toldDirectly('v0.1.1');
    expect(pat.announcements('v0.1.1')).toHaveLength(1);
  }, 90_000);

  it('has nothing to release after that', async () => {
    await pat.releaseNotice('There is nothing to release');
    await pat.closeAll();
  });

  it('lets only those release whom the policy names', async () => {
    const ana = new ReleasingPerson(stage.world, 'U0APPRVR01');
    await ana.releaseNotice('You may not cut a release');
    expect(ana.views().at(-1)?.submit).toBeUndefined();
    await ana.closeAll();
  });
});

describe('the world moves while the form is open', () => {
  it('asks again when main has moved, shows what came on top, and keeps what was typed', async () => {
    await mergePull(patAtGitHub, 'tenants(guestbook): more processors', QUOTA, quota('8'));
    const form = await pat.releaseForm();
    const number = await mergePull(patAtGitHub, 'fix(guestbook): less again', QUOTA, quota('6'));
    await pat.submit(form, { introduction: 'Typed before it moved.' });
    const again = await pat.sees('What came on top');
    const words = JSON.stringify(again.blocks);
    expect(words).toContain(`#${number}`);
    expect(JSON.stringify(again.values)).toContain('Typed before it moved.');
    expect(releases.tag('v0.1.2')).toBeUndefined();
    await pat.submit(again, { version: 'v0.1.2', upTo: releases.head ?? '' });
    await pat.sees('v0.1.2 is released');
    await pat.closeAll();
    expect(releases.tag('v0.1.2')).toBe(releases.head);
    await pat.announced('v0.1.2', 'less again');
  }, 90_000);

  it('releases the commit that was shown first when the person chooses that', async () => {
    await mergePull(patAtGitHub, 'tenants(guestbook): choose me', QUOTA, quota('5'));
    const shown = releases.head ?? '';
    const form = await pat.releaseForm();
    await mergePull(patAtGitHub, 'tenants(guestbook): leave me', QUOTA, quota('4'));
    await pat.submit(form);
    const again = await pat.sees('What came on top');
    await pat.submit(again, { upTo: shown });
    await pat.sees('v0.1.3 is released');
    await pat.closeAll();
    expect(releases.tag('v0.1.3')).toBe(shown);
    const [release] = releases.of('v0.1.3');
    expect(release?.body).toContain('choose me');
    expect(release?.body).not.toContain('leave me');
  }, 90_000);

  it('refuses a tag that somebody pushed meanwhile, moves nothing and repeats what was typed', async () => {
    const form = await pat.releaseForm();
    await patAtGitHub.call('POST', '/git/refs', { ref: 'refs/tags/v0.1.4', sha: releases.tag('v0.1.1') });
    await pat.submit(form, { version: 'v0.1.4', introduction: 'Not lost.' });
    const direct = await pat.toldDirectly('Not lost.');
    expect(wordsOf(direct)).toContain('v0.1.4');
    await pat.closeAll();
    expect(releases.of('v0.1.4')).toEqual([]);
    expect(releases.tag('v0.1.4')).toBe(releases.tag('v0.1.1'));
    await patAtGitHub.call('DELETE', '/git/refs/tags/v0.1.4');
  }, 90_000);

  it('makes one release of two people who press at once, and tells the other', async () => {
    const [one, other] = [await pat.releaseForm(), await olli.releaseForm()];
    await Promise.all([
      pat.submit(one, { version: 'v0.2.0', introduction: 'From Pat.' }),
      olli.submit(other, { version: 'v0.2.0', introduction: 'From Olli.' }),
    ]);
    const release = await eventually('the release stands', () => releases.of('v0.2.0')[0]);
    const loser = release.body?.includes('From Pat.') ? olli : pat;
    await loser.toldDirectly(loser === pat ? 'From Pat.' : 'From Olli.', 30_000);
    await Promise.all([pat.closeAll(), olli.closeAll()]);
    expect(releases.of('v0.2.0')).toHaveLength(1);
    await pat.announced('v0.2.0');
    expect(pat.announcements('v0.2.0')).toHaveLength(1);
  }, 90_000);
});

describe('a release made at GitHub', () => {
  const publish = (body: object) =>
    patAtGitHub.call('POST', '/releases', { target_commitish: 'main', ...body }) as Promise<{ id: number }>;

  it('is announced just the same, changes with its notes, and is marked when it is deleted', async () => {
    await mergePull(patAtGitHub, 'feat(dns): by hand', 'features/dns/readme.yaml', quota('1'));
    const { id } = await publish({
      tag_name: 'v0.3.0',
      body: '## What is new\n\n* Something by @pat-platform',
    });
    const message = await pat.announced('v0.3.0', 'Something');
    await patAtGitHub.call('PATCH', `/releases/${id}`, { body: '## What is new\n\n* Something else' });
    const changed = await pat.announced('v0.3.0', 'Something else');
    expect(changed.ts).toBe(message.ts);
    await patAtGitHub.call('DELETE', `/releases/${id}`);
    const gone = await pat.announced('v0.3.0', 'Withdrawn');
    expect(gone.ts).toBe(message.ts);
    expect(pat.announcements('v0.3.0')).toHaveLength(1);
  }, 90_000);

  it('is not announced while it is a draft, and is once it is published', async () => {
    const { id } = await publish({ tag_name: 'v0.4.0', name: 'v0.4.0', draft: true, body: 'Soon.' });
    await publish({ tag_name: 'v0.4.1-rc.1', prerelease: true, body: 'A try.' });
    await patAtGitHub.call('PATCH', `/releases/${id}`, {
      draft: false,
      tag_name: 'v0.4.0',
      target_commitish: 'main',
    });
    await pat.announced('v0.4.0', 'Soon.');
    expect(pat.announcements('v0.4.0')).toHaveLength(1);
    expect(pat.announcements('v0.4.1-rc.1')).toEqual([]);
  }, 90_000);
});
