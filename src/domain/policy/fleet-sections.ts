import { z } from 'zod';
import { folderName, folderPath } from './layout-sections.ts';

const plainName = z
  .string()
  .regex(/^[A-Za-z0-9]([A-Za-z0-9._-]{0,61}[A-Za-z0-9])?$/, 'must be letters, digits, dots and dashes');

const managementCluster = z
  .strictObject({
    name: plainName.describe('What people call it; also its context, unless that is given.'),
    provider: folderName.optional().describe('Its cloud: the first folder below layout.providers.'),
    version: folderName.optional().describe("Its cloud's version: the folder below the cloud, such as v1."),
    folder: folderPath
      .optional()
      .describe('Folder of its files, where that is none of <providers>/<provider>/<version>.'),
    context: z
      .string()
      .min(1)
      .max(253)
      .optional()
      .describe("Name of the kubeconfig's context that reaches it."),
  })
  .refine(
    ({ provider, version, folder }) =>
      folder !== undefined || (provider !== undefined && version !== undefined),
    'needs provider and version, or folder',
  );

export const clustersSection = z
  .array(managementCluster)
  .max(100)
  .default([])
  .describe(
    'The management clusters. None listed: those whose folders the repository has, each by the context of its name (`aws-v1-mgmt` for providers/aws/v1/mgmt); a single one by the current context.',
  );

export const rolloutSection = z
  .strictObject({
    pollSeconds: z
      .int()
      .min(1)
      .max(300)
      .default(5)
      .describe('Seconds between two looks at a management cluster while a rollout is under way there.'),
    stuckAfterMinutes: z
      .int()
      .min(1)
      .max(1_440)
      .default(15)
      .describe('Minutes without any movement after which a rollout is told to be stuck.'),
    longestMinutes: z
      .int()
      .min(1)
      .max(10_080)
      .default(1_440)
      .describe('Minutes after which a rollout counts as stuck whatever moves.'),
    requestReconciliation: z
      .boolean()
      .default(true)
      .describe('Whether Flux is asked to fetch a merge at once instead of at its next interval.'),
  })
  .prefault({})
  .describe('How rollouts are followed.');
