import type { GraphQLResolveInfo } from 'graphql';
import type { Iso, Pull, TimelineEvent } from '../types.ts';
import { connect, type PageArgs } from './connection.ts';
import { type Fields, fieldsOf, type GraphContext, type GraphNode, node } from './fields.ts';
import { accountNode, commitNode, refNode } from './nodes.ts';
import { reviewNode } from './reviews.ts';

/** One entry of a pull request's timeline, with what it is about. */
export interface PullEvent {
  readonly pull: Pull;
  readonly event: TimelineEvent;
}

/** GitHub's type for what the sandbox notes; a merge is followed by a `ClosedEvent` of its own. */
const types: Readonly<Record<string, readonly string[]>> = {
  closed: ['ClosedEvent'],
  merged: ['MergedEvent', 'ClosedEvent'],
  reopened: ['ReopenedEvent'],
  labeled: ['LabeledEvent'],
  unlabeled: ['UnlabeledEvent'],
  review_requested: ['ReviewRequestedEvent'],
  review_request_removed: ['ReviewRequestRemovedEvent'],
  ready_for_review: ['ReadyForReviewEvent'],
  converted_to_draft: ['ConvertToDraftEvent'],
  enqueued: ['AddedToMergeQueueEvent'],
  dequeued: ['RemovedFromMergeQueueEvent'],
  head_ref_force_pushed: ['HeadRefForcePushedEvent'],
  head_ref_deleted: ['HeadRefDeletedEvent'],
};

interface TimelineArgs extends PageArgs {
  readonly itemTypes?: readonly string[] | null;
  readonly since?: Iso | null;
  readonly skip?: number | null;
}

/** The page of a pull request's timeline that `timelineItems` answers, oldest first, comments and reviews included. */
export function timelineItems(
  context: GraphContext,
  pull: Pull,
  args: TimelineArgs,
  info: GraphQLResolveInfo,
): unknown {
  const since = Date.parse(args.since ?? '1970-01-01');
  const all = context.world.state.timeline
    .filter((event) => event.number === pull.number && Date.parse(event.at) >= since)
    .flatMap((event) => nodesOf(context, pull, event));
  const wanted = args.itemTypes?.map(typeOfItem);
  const found = all.filter((each) => !wanted || wanted.includes(each.__typename)).slice(args.skip ?? 0);
  const page = connect(found, args, info);
  return { ...page, filteredCount: found.length, pageCount: page.nodes.length, updatedAt: pull.updatedAt };
}

function nodesOf(context: GraphContext, pull: Pull, event: TimelineEvent): readonly GraphNode[] {
  const view: PullEvent = { pull, event };
  if (event.event === 'commented') {
    const comment = context.world.state.comments.get(Number(event.detail['comment']));
    return comment ? [node('IssueComment', comment)] : [];
  }
  if (event.event === 'reviewed') {
    const given = pull.reviews.find((each) => each.user === event.actor && each.submittedAt === event.at);
    return given ? [reviewNode(pull, given)] : [];
  }
  // What was said of a label that is no more is not shown.
  const label = event.detail['label']?.toLowerCase();
  if (label !== undefined && !context.world.state.labels.has(label)) return [];
  return (types[event.event] ?? []).map((type) => node(type, view));
}

/** `CLOSED_EVENT` -> `ClosedEvent`; `ISSUE_COMMENT` -> `IssueComment`. */
function typeOfItem(item: string): string {
  return item.toLowerCase().replace(/(^|_)([a-z])/g, (_, __, letter: string) => letter.toUpperCase());
}

function eventFields(more: Fields = {}): Fields {
  return {
    ...fieldsOf<PullEvent>({
      id: ({ event }) => `EV_${Buffer.from(`${event.event}:${event.id}`).toString('base64url')}`,
      actor: ({ event }, _, context) => accountNode(context, event.actor),
      createdAt: ({ event }) => event.at,
    }),
    ...more,
  };
}

const withUrl: Fields = fieldsOf<PullEvent>({
  url: ({ pull, event }, _, { world }) => `${world.urls.repoHtml()}/pull/${pull.number}#event-${event.id}`,
  resourcePath: ({ pull, event }, _, { world }) =>
    `${new URL(`${world.urls.repoHtml()}/pull/${pull.number}`).pathname}#event-${event.id}`,
});

const withPull: Fields = fieldsOf<PullEvent>({ pullRequest: ({ pull }) => node('PullRequest', pull) });

const aboutReviewer: Fields = fieldsOf<PullEvent>({
  requestedReviewer: ({ event }, _, context) => {
    const who = event.detail['who'] ?? '';
    const team = context.world.state.teams.get(who);
    return accountNode(context, who) ?? (team ? node('Team', team) : null);
  },
});

const aboutLabel: Fields = fieldsOf<PullEvent>({
  labelable: ({ pull }) => node('PullRequest', pull),
  label: ({ event }, _, { world }) => {
    const label = world.state.labels.get((event.detail['label'] ?? '').toLowerCase());
    return label ? node('Label', label) : null;
  },
});

const aboutQueue: Fields = fieldsOf<PullEvent>({
  enqueuer: ({ event }, _, context) => accountNode(context, event.actor),
  mergeQueue: ({ pull }) => node('MergeQueue', { branch: pull.baseRef }),
});

/** The types of timeline entries that are neither comments nor reviews. */
export const timelineFields: Readonly<Record<string, Fields>> = {
  ClosedEvent: eventFields({
    ...withUrl,
    ...fieldsOf<PullEvent>({
      closable: ({ pull }) => node('PullRequest', pull),
      closer: () => null,
      stateReason: () => null,
    }),
  }),
  MergedEvent: eventFields({
    ...withUrl,
    ...withPull,
    ...fieldsOf<PullEvent>({
      commit: ({ pull }, _, context) => commitNode(context, pull.mergeCommitSha),
      mergeRef: ({ pull }, _, context) => refNode(context, `refs/heads/${pull.baseRef}`),
      mergeRefName: ({ pull }) => pull.baseRef,
    }),
  }),
  ReopenedEvent: eventFields(
    fieldsOf<PullEvent>({ closable: ({ pull }) => node('PullRequest', pull), stateReason: () => null }),
  ),
  LabeledEvent: eventFields(aboutLabel),
  UnlabeledEvent: eventFields(aboutLabel),
  ReviewRequestedEvent: eventFields({ ...withPull, ...aboutReviewer }),
  ReviewRequestRemovedEvent: eventFields({ ...withPull, ...aboutReviewer }),
  ReadyForReviewEvent: eventFields({ ...withUrl, ...withPull }),
  ConvertToDraftEvent: eventFields({ ...withUrl, ...withPull }),
  HeadRefForcePushedEvent: eventFields({
    ...withPull,
    ...fieldsOf<PullEvent>({
      beforeCommit: ({ event }, _, context) => commitNode(context, event.detail['before'] ?? null),
      afterCommit: ({ event }, _, context) => commitNode(context, event.detail['after'] ?? null),
      ref: ({ pull }, _, context) => refNode(context, `refs/heads/${pull.headRef}`),
    }),
  }),
  HeadRefDeletedEvent: eventFields({
    ...withPull,
    ...fieldsOf<PullEvent>({
      headRef: () => null,
      headRefName: ({ pull }) => pull.headRef,
    }),
  }),
  AddedToMergeQueueEvent: eventFields({ ...withPull, ...aboutQueue }),
  RemovedFromMergeQueueEvent: eventFields({
    ...withPull,
    ...aboutQueue,
    ...fieldsOf<PullEvent>({
      reason: ({ event }) => event.detail['reason'] ?? null,
      beforeCommit: ({ pull }, _, context) => commitNode(context, pull.headSha),
    }),
  }),
};
