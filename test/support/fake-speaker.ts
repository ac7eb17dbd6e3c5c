import type { SaidMessage, SlackPlace, SlackText, Speaker } from '../../jobs/ports.ts';
import type { SlackChannelId } from '../../src/domain/ids.ts';

interface Said {
  readonly key: string;
  readonly place: SlackPlace;
  text: SlackText;
  readonly message: SaidMessage;
}

/** A Slack in memory: what was said stands under its key, once. */
export class FakeSpeaker implements Speaker {
  readonly said: Said[] = [];
  readonly updates: string[] = [];
  /** Thrown instead of saying anything to such a place, by its kind or its channel. */
  readonly refusals = new Map<string, Error>();

  async sayOnce(key: string, place: SlackPlace, text: SlackText): Promise<SaidMessage> {
    const refusal =
      this.refusals.get(place.kind) ??
      (place.kind === 'channel' ? this.refusals.get(place.channel) : undefined);
    if (refusal) throw refusal;
    const before = this.said.find((each) => each.key === key);
    if (before) return before.message;
    const channel = (place.kind === 'person' ? 'D1' : place.channel) as SlackChannelId;
    const message = { channel, ts: `${this.said.length + 1}.0` };
    this.said.push({ key, place, text, message });
    return message;
  }

  async reach(channel: string): Promise<'member'> {
    const refusal = this.refusals.get(channel);
    if (refusal) throw refusal;
    return 'member';
  }

  async find(key: string): Promise<SaidMessage | undefined> {
    return this.said.find((each) => each.key === key)?.message;
  }

  async update(key: string, _message: SaidMessage, text: SlackText): Promise<void> {
    const before = this.said.find((each) => each.key === key);
    if (!before || JSON.stringify(before.text) === JSON.stringify(text)) return;
    before.text = text;
    this.updates.push(text.text);
  }

  async linkTo({ channel, ts }: SaidMessage): Promise<string> {
    return `https://slack.test/archives/${channel}/p${ts}`;
  }

  async remove(key: string): Promise<void> {
    const at = this.said.findIndex((each) => each.key === key);
    if (at >= 0) this.said.splice(at, 1);
  }

  /** What stands under a key, as notifications read it. */
  textOf(key: string): string | undefined {
    return this.said.find((each) => each.key === key)?.text.text;
  }

  /** All that was said to a kind of place. */
  textsTo(kind: SlackPlace['kind']): readonly string[] {
    return this.said.filter(({ place }) => place.kind === kind).map(({ text }) => text.text);
  }
}
