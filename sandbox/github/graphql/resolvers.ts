import { appFields, botFields, organizationFields, teamFields, userFields } from './accounts.ts';
import { checkAnnotationFields, checkRunFields, checkSuiteFields } from './checks.ts';
import { commitFields, gitActorFields, gpgSignatureFields } from './commits.ts';
import { commentFields, issueFields, labelFields } from './conversation.ts';
import { conversationMutations } from './conversation-mutations.ts';
import type { Fields } from './fields.ts';
import { gitMutations } from './git-mutations.ts';
import { pullMutations } from './pull-mutations.ts';
import { pullRequestFields } from './pull-requests.ts';
import { queryFields } from './query.ts';
import { refFields } from './refs.ts';
import {
  deploymentFields,
  deploymentStatusFields,
  mergeQueueEntryFields,
  mergeQueueFields,
  releaseFields,
} from './releases.ts';
import { repositoryFields } from './repository.ts';
import { pullRequestCommitFields, reviewFields, reviewRequestFields } from './reviews.ts';
import { rollupFields, statusContextFields, statusFields } from './statuses.ts';
import { timelineFields } from './timeline.ts';
import { blobFields, tagFields, treeEntryFields, treeFields } from './trees.ts';
import { workMutations } from './work-mutations.ts';

/** Every type of GitHub's schema that the sandbox answers, with its fields. */
export const resolvers: Readonly<Record<string, Fields>> = {
  Query: queryFields,
  Mutation: { ...gitMutations, ...pullMutations, ...conversationMutations, ...workMutations },
  Repository: repositoryFields,
  User: userFields,
  Bot: botFields,
  Organization: organizationFields,
  Team: teamFields,
  App: appFields,
  Ref: refFields,
  Commit: commitFields,
  GitActor: gitActorFields,
  GpgSignature: gpgSignatureFields,
  Tree: treeFields,
  TreeEntry: treeEntryFields,
  Blob: blobFields,
  Tag: tagFields,
  PullRequest: pullRequestFields,
  PullRequestCommit: pullRequestCommitFields,
  PullRequestReview: reviewFields,
  ReviewRequest: reviewRequestFields,
  Issue: issueFields,
  IssueComment: commentFields,
  Label: labelFields,
  CheckSuite: checkSuiteFields,
  CheckRun: checkRunFields,
  CheckAnnotation: checkAnnotationFields,
  StatusCheckRollup: rollupFields,
  Status: statusFields,
  StatusContext: statusContextFields,
  Release: releaseFields,
  Deployment: deploymentFields,
  DeploymentStatus: deploymentStatusFields,
  MergeQueue: mergeQueueFields,
  MergeQueueEntry: mergeQueueEntryFields,
  ...timelineFields,
};
