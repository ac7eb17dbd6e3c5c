import type { ClientOutcome, OpenDmInput, OpenHomeInput } from '../client-types.ts';
import { APP } from '../ids.ts';
import { renderView } from '../render-view.ts';
import { barred, ok, refused, type World } from './world.ts';

/** A person opens the direct message with the app. */
export async function openDm({ workspace }: World, input: OpenDmInput): Promise<ClientOutcome> {
  const stop = barred(workspace, input.as);
  if (stop) return stop;
  if (input.with !== undefined && input.with !== APP.userId)
    return refused('The sandbox has direct messages with the app only.');
  return ok({ channel: workspace.directMessage(input.as).id });
}

/** A person opens the app's Home tab or its messages. https://docs.slack.dev/reference/events/app_home_opened */
export async function openHome({ workspace, events }: World, input: OpenHomeInput): Promise<ClientOutcome> {
  const stop = barred(workspace, input.as);
  if (stop) return stop;
  const channel = workspace.directMessage(input.as).id;
  const home = workspace.homes.get(input.as);
  events.emit('app_home_opened', {
    type: 'app_home_opened',
    user: input.as,
    channel,
    tab: input.tab ?? 'home',
    event_ts: workspace.nextTs(),
    ...(home && input.tab !== 'messages' ? { view: renderView(home) } : {}),
  });
  return ok({ channel });
}
