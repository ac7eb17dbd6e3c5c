import { VERBS } from '../../../handlers/slack/commands.ts';
import { trunkline } from '../../../handlers/slack/trunkline.ts';

describe('/trunkline', () => {
  it.each(['', 'help', ' HELP ', 'help me'])('lists every command with who may use it (%j)', (text) => {
    const answer = trunkline(text);
    expect(answer.response_type).toBe('ephemeral');
    const words = JSON.stringify(answer.blocks);
    expect(words).toContain('/onboard-tenant [name]');
    for (const { usage, who } of VERBS) {
      expect(words).toContain(usage);
      expect(words).toContain(who);
    }
  });

  it('says that a verb does not exist and which do, and lets no mention through', () => {
    const answer = trunkline('<!channel> now');
    expect(answer.text).toContain('There is no /trunkline &lt;!channel&gt;. What there is: help.');
  });
});
