import { z } from 'zod';
import { folderPath } from './layout-sections.ts';

const type = z
  .string()
  .regex(/^[a-z][a-z0-9-]{0,50}$/, 'must be what a title begins with, such as feat or tenants');

/** https://www.conventionalcommits.org and the types that its widest-spread configuration adds. */
const defaultTypes = [
  'build',
  'chore',
  'ci',
  'docs',
  'feat',
  'fix',
  'perf',
  'refactor',
  'revert',
  'style',
  'test',
];

export const conventionsSection = z
  .strictObject({
    types: z
      .array(type)
      .max(50)
      .default(defaultTypes)
      .describe(
        'What titles may begin with, besides the types of release.sections and the top folders of the repository.',
      ),
    folders: z
      .array(folderPath)
      .max(50)
      .default([])
      .describe('Further folders where Kubernetes objects may stand, besides those of layout.'),
    ignore: z.array(folderPath).max(50).default([]).describe('Folders whose files are not checked at all.'),
  })
  .prefault({})
  .describe('What every pull request is checked for.');
