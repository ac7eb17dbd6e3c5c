import type { Pull, TimelineEvent } from '../types.ts';
import { connect, type PageArgs } from './connection.ts';
import { type Fields, fieldsOf, node } from './fields.ts';
import { accountNode } from './nodes.ts';

/** The events of a pull request's timeline that the sandbox notes, by the name of their type. */
const typeNames: Readonly<Record<string, string>> = {
  closed: 'ClosedEvent',
  merged: 'MergedEvent',
  reopened: 'ReopenedEvent',
};

interface TimelineArgs extends PageArgs {
  /** Such as `CLOSED_EVENT`; all of the above when left out. */
  readonly itemTypes?: readonly string[] | null;
}

/** `PullRequest.timelineItems`: who closed, merged or opened it again, and when. */
export const timelineFields: Fields = fieldsOf<Pull>({
  timelineItems: (it, args: TimelineArgs, { world }, info) => {
    const found = world.state.timeline.filter((each) => {
      const type = typeNames[each.event];
      return each.number === it.number && type !== undefined && isWanted(type, args.itemTypes);
    });
    return connect(found, args, info, (each) => node(typeNames[each.event] ?? '', each));
  },
});

function isWanted(type: string, wanted: readonly string[] | null | undefined): boolean {
  return !wanted || wanted.some((each) => each.replaceAll('_', '').toLowerCase() === type.toLowerCase());
}

/** Fields of `ClosedEvent`, `MergedEvent` and `ReopenedEvent`. */
export const timelineEventFields: Fields = fieldsOf<TimelineEvent>({
  actor: (it, _, context) => accountNode(context, it.actor),
  createdAt: (it) => it.at,
});
