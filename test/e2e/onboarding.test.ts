import { PersonInSlack, wordsOf } from '../support/person.ts';
import { type Stage, setStage } from '../support/stage.ts';

let stage: Stage;
let tess: PersonInSlack;

beforeAll(async () => {
  stage = await setStage();
  tess = new PersonInSlack(stage.world, 'U0TENANT01');
}, 60_000);

afterAll(async () => stage?.close());

describe('a request in Slack becomes a pull request', () => {
  it('opens a pull request that names its tenant, and shows it in one message', async () => {
    expect(await tess.onboard('shop')).toMatchObject({ outcome: 'ok' });
    const message = await tess.told('shop', 'The pull request is open');
    expect(wordsOf(message)).toContain('tenants(shop): onboarding namespace to aws');
    expect(tess.requestMessages('shop')).toHaveLength(1);
    const calls = stage.world.faults.calls().map(({ service, name }) => `${service} ${name}`);
    expect(calls.filter((call) => call.startsWith('github graphql')).slice(-3)).toEqual([]);
  });
});
