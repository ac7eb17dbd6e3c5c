import { createComment, deleteComment, editComment } from '../operations/comments.ts';
import { isPull } from '../operations/conversations.ts';
import { createIssue } from '../operations/issues.ts';
import { addLabels, createLabel, deleteLabel, removeLabel, updateLabel } from '../operations/labels.ts';
import type { Comment, Issue, Pull } from '../types.ts';
import { commentNode, labelNode } from './conversation.ts';
import { type Fields, type GraphContext, type GraphNode, node } from './fields.ts';
import {
  conversationById,
  issues,
  labelById,
  mutation,
  nodeOf,
  pullRequests,
  repositoryById,
} from './mutation.ts';

interface LabelsInput {
  readonly labelableId: string;
  readonly labelIds: readonly string[];
}

interface LabelInput {
  readonly repositoryId: string;
  readonly name: string;
  readonly color: string;
  readonly description?: string | null;
}

export const conversationMutations: Fields = {
  addLabelsToLabelable: mutation<LabelsInput>(pullRequests, async (input, context) => {
    const it = await conversationById(context, input.labelableId);
    const labels = await Promise.all(input.labelIds.map((id) => labelById(context, id)));
    await addLabels(
      context.world,
      context.actor,
      it.number,
      labels.map((label) => label.name),
    );
    return { labelable: wrap(it) };
  }),
  removeLabelsFromLabelable: mutation<LabelsInput>(pullRequests, async (input, context) => {
    const it = await conversationById(context, input.labelableId);
    for (const id of input.labelIds) {
      const { name } = await labelById(context, id);
      if (it.labels.includes(name)) await removeLabel(context.world, context.actor, it.number, name);
    }
    return { labelable: wrap(it) };
  }),
  createLabel: mutation<LabelInput>(issues, async (input, context) => {
    await repositoryById(context, input.repositoryId);
    return { label: labelNode(await createLabel(context.world, context.actor, input)) };
  }),
  updateLabel: mutation<{
    id: string;
    name?: string | null;
    color?: string | null;
    description?: string | null;
  }>(issues, async (input, context) => {
    const { name } = await labelById(context, input.id);
    const change = {
      ...(input.name == null ? {} : { name: input.name }),
      ...(input.color == null ? {} : { color: input.color }),
      ...(input.description == null ? {} : { description: input.description }),
    };
    return { label: labelNode(await updateLabel(context.world, context.actor, name, change)) };
  }),
  deleteLabel: mutation<{ id: string }>(issues, async (input, context) => {
    const { name } = await labelById(context, input.id);
    await deleteLabel(context.world, context.actor, name);
    return {};
  }),
  addComment: mutation<{ subjectId: string; body: string }>(pullRequests, async (input, context) => {
    const it = await conversationById(context, input.subjectId);
    const made = commentNode(await createComment(context.world, context.actor, it.number, input.body));
    const cursor = Buffer.from(`comment:${it.number}`).toString('base64');
    return { subject: wrap(it), commentEdge: { cursor, node: made }, timelineEdge: { cursor, node: made } };
  }),
  updateIssueComment: mutation<{ id: string; body: string }>(pullRequests, async (input, context) => {
    const { id } = await commentById(context, input.id);
    return { issueComment: commentNode(await editComment(context.world, context.actor, id, input.body)) };
  }),
  deleteIssueComment: mutation<{ id: string }>(pullRequests, async (input, context) => {
    const { id } = await commentById(context, input.id);
    await deleteComment(context.world, context.actor, id);
    return {};
  }),
  createIssue: mutation<{
    repositoryId: string;
    title: string;
    body?: string | null;
    labelIds?: readonly string[] | null;
  }>(issues, async (input, context) => {
    await repositoryById(context, input.repositoryId);
    const labels = await Promise.all((input.labelIds ?? []).map((id) => labelById(context, id)));
    const { title, body } = input;
    const names = labels.map((label) => label.name);
    const issue = await createIssue(context.world, context.actor, {
      title,
      body: body ?? null,
      labels: names,
    });
    return { issue: node('Issue', issue) };
  }),
};

function commentById(context: GraphContext, id: string): Promise<Comment> {
  return nodeOf(context, id, 'IssueComment');
}

function wrap(it: Issue | Pull): GraphNode {
  return node(isPull(it) ? 'PullRequest' : 'Issue', it);
}
