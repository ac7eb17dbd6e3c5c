import { createSlackClients } from '../../../src/adapters/slack/clients.ts';
import { createIdentity } from '../../../src/adapters/slack/identity.ts';
import { createPeople } from '../../../src/adapters/slack/people.ts';
import type { SlackUserId } from '../../../src/domain/ids.ts';
import { RetryableError } from '../../../src/errors.ts';
import { keptLog } from '../../support/quiet-log.ts';
import { type SlackWorld, startSlackWorld } from '../../support/slack-world.ts';

const id = (text: string) => text as SlackUserId;

describe('who people are', () => {
  let world: SlackWorld;
  beforeEach(async () => {
    world = await startSlackWorld();
  });
  afterEach(() => world.close());

  function people() {
    const { log } = keptLog();
    const { patient } = createSlackClients({ botToken: world.slack.tokens.bot, apiUrl: world.apiUrl, log });
    return createPeople(patient, createIdentity(patient), log);
  }

  it('tells a full member and the full name, not the handle', async () => {
    expect(await people().find(id('U0TENANT01'))).toMatchObject({
      isMember: true,
      name: 'Tess Tenant (sample)',
    });
  });

  it.each([
    ['a guest', 'U0GUEST001'],
    ['the bot', 'U0TRUNKLIN'],
  ])('counts %s as no member', async (_who, user) => {
    expect((await people().find(id(user)))?.isMember).toBe(false);
  });

  it('knows nobody by a made-up id', async () => {
    expect(await people().find(id('U0NOBODY99'))).toBeUndefined();
  });

  it('lists a user group, and asks Slack once a minute at most', async () => {
    const known = people();
    expect(await known.membersOf('S0PLATFORM')).toEqual(expect.arrayContaining(['U0PLATFM01', 'U0ONCALL01']));
    await known.membersOf('S0PLATFORM');
    expect(world.faults.calls().filter((call) => call.name === 'usergroups.users.list')).toHaveLength(1);
  });

  it('tells the address that Slack has had confirmed, and who bears one', async () => {
    const known = people();
    expect(await known.find(id('U0TENANT01'))).toMatchObject({ email: 'tess@sandbox.example' });
    expect(await known.findByEmail('tess@sandbox.example')).toMatchObject({ id: 'U0TENANT01' });
    expect(await known.findByEmail('nobody@sandbox.example')).toBeUndefined();
  });

  it('takes an unknown group as empty', async () => {
    expect(await people().membersOf('S0NOGROUP9')).toEqual([]);
  });

  it('does not guess when Slack cannot tell', async () => {
    world.faults.add({
      service: 'slack',
      on: 'call',
      match: 'users',
      effect: { kind: 'error', status: 500 },
      times: 2,
    });
    await expect(people().find(id('U0TENANT01'))).rejects.toBeInstanceOf(RetryableError);
    await expect(people().membersOf('S0PLATFORM')).rejects.toBeInstanceOf(RetryableError);
  });
});
