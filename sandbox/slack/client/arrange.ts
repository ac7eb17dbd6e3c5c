import type { ArrangeInput, ClientOutcome } from '../client-types.ts';
import { ok, refused, type World } from './world.ts';

/** Changes the workspace as its administrator would. */
export async function arrange({ workspace }: World, input: ArrangeInput): Promise<ClientOutcome> {
  const { person, group, channel } = input;
  const knownGroup = workspace.groups.find((each) => each.id === group?.id);
  const knownChannel = workspace.channel(channel?.id ?? '');
  if (person && !workspace.person(person.id)) return refused('No such person in this workspace.');
  if (group && !knownGroup) return refused('No such user group.');
  if (channel && !knownChannel) return refused('No such channel.');
  if (person) {
    const { id, ...change } = person;
    workspace.people = workspace.people.map((each) => (each.slackId === id ? { ...each, ...change } : each));
  }
  if (group && knownGroup) knownGroup.users = [...group.users];
  if (channel && knownChannel) knownChannel.members = [...channel.members];
  workspace.changed(
    workspace.people.map((each) => each.slackId),
    { kind: 'channels' },
  );
  return ok();
}
