import type { SlackClient } from '../client-types.ts';
import { useElement } from './action.ts';
import { arrange } from './arrange.ts';
import { closeForm } from './close.ts';
import { typeCommand } from './command.ts';
import { openDm, openHome } from './home.ts';
import { seenChannels, seenDms, seenGroups, seenHome, seenMessages, seenPeople, seenViews } from './look.ts';
import { askOptions } from './options.ts';
import { submitForm } from './submit.ts';
import type { World } from './world.ts';
import { writeMessage } from './write.ts';

/** What people see and do in this Slack. */
export function createClient(world: World): SlackClient {
  const { workspace } = world;
  return {
    people: () => seenPeople(workspace),
    groups: () => seenGroups(workspace),
    channels: (as) => seenChannels(workspace, as),
    dms: (as) => seenDms(workspace, as),
    messages: (as, channel) => seenMessages(workspace, as, channel),
    views: (as) => seenViews(workspace, as),
    home: (as) => seenHome(workspace, as),
    message: (input) => writeMessage(world, input),
    command: (input) => typeCommand(world, input),
    action: (input) => useElement(world, input),
    submit: (input) => submitForm(world, input),
    close: (input) => closeForm(world, input),
    options: (input) => askOptions(world, input),
    openDm: (input) => openDm(world, input),
    openHome: (input) => openHome(world, input),
    arrange: (input) => arrange(world, input),
    on: (_event, listener) => workspace.on(listener),
  };
}
