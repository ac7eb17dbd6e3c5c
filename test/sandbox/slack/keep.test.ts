import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { startWorld } from './harness.ts';

const TESS = 'U0TENANT01';
const REQUESTS = 'C0REQUESTS';

describe('a kept workspace', () => {
  it('comes back with its messages, people, home tabs and tokens', async () => {
    const dir = mkdtempSync(join(tmpdir(), 'kept-slack-'));
    const keepFile = join(dir, 'slack.json');
    try {
      const before = await startWorld({ keepFile });
      await before.web.chat.postMessage({
        channel: TESS,
        text: 'remember',
        metadata: { event_type: 'a', event_payload: { id: 1 } },
      });
      await before.web.chat.postEphemeral({ channel: REQUESTS, user: TESS, text: 'forget' });
      await before.web.views.publish({
        user_id: TESS,
        view: { type: 'home', blocks: [{ type: 'divider' }] },
      });
      await before.slack.client.arrange({ person: { id: 'U0APPRVR02', isDeactivated: true } });
      const { tokens } = before.slack;
      const [dm] = before.slack.client.dms(TESS);
      await before.close();
      const after = await startWorld({ keepFile });
      expect(after.slack.tokens).toEqual(tokens);
      expect(after.slack.client.people().filter((person) => person.isDeactivated)).toMatchObject([
        { handle: 'ben' },
      ]);
      expect(after.slack.client.messages(TESS, dm?.id ?? '')).toMatchObject([
        { text: 'remember', metadata: { event_type: 'a' } },
      ]);
      expect(after.slack.client.messages(TESS, REQUESTS)).toEqual([]);
      expect(after.slack.client.home(TESS)?.blocks).toHaveLength(1);
      await after.close();
    } finally {
      rmSync(dir, { recursive: true });
    }
  });
});
