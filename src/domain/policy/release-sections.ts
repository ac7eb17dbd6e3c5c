import { z } from 'zod';
import { channelName } from './people-sections.ts';
import { who } from './who.ts';

const type = z
  .string()
  .regex(/^[a-z][a-z0-9-]{0,50}$/, 'must be what a title begins with, such as feat or tenants');

const defaultSections = [
  { title: 'Breaking', types: [], breaking: true },
  { title: 'Tenants', types: ['tenants'], breaking: false },
  { title: 'Features', types: ['feat', 'features'], breaking: false },
  { title: 'Clusters and providers', types: ['providers', 'clusters'], breaking: false },
  { title: 'Fixes', types: ['fix'], breaking: false },
  { title: 'Other', types: [], breaking: false },
];

export const releaseSection = z
  .strictObject({
    who: who
      .default('members')
      .describe(
        'Who may cut a release: every full member, or the members of Slack user groups. Never guests.',
      ),
    versions: z
      .enum(['semver', 'patch'], { error: 'must be semver or patch' })
      .default('semver')
      .describe(
        'How the next version is proposed: semver (breaking, feature, rest), or patch, always the last number.',
      ),
    tagPrefix: z
      .string()
      .regex(/^[A-Za-z][A-Za-z0-9._-]{0,30}$|^$/, 'must be letters, digits, dots and dashes, or empty')
      .default('v')
      .describe('What stands before the version in a tag; tags without it are not versions.'),
    prereleases: z
      .boolean()
      .default(false)
      .describe('Whether pre-releases are announced too; drafts never are.'),
    sections: z
      .array(
        z.strictObject({
          title: z.string().min(1).max(75).describe('Heading of the section.'),
          types: z
            .array(type)
            .max(50)
            .default([])
            .describe(
              'What the titles of its pull requests begin with; none takes what no other section takes.',
            ),
          breaking: z.boolean().default(false).describe('Whether it takes everything that is breaking.'),
        }),
      )
      .min(1)
      .max(20)
      .default(defaultSections)
      .describe('Sections of the notes in their order; an entry goes into the first one that takes it.'),
  })
  .prefault({})
  .describe('How releases are cut and told.');

export const teamsSection = z
  .array(
    z.strictObject({
      name: z.string().min(1).max(75).describe('What the team is called.'),
      channel: channelName.describe("The team's own channel: its id (C… or G…), or its name."),
      tenants: z
        .array(z.string().regex(/^[a-z0-9*-]{1,63}$/, 'must be a name; * stands for any characters'))
        .min(1)
        .max(200)
        .describe('Its tenants; * stands for any characters.'),
    }),
  )
  .max(200)
  .default([])
  .describe('Teams that are told in their own channel what a release changes for their tenants.');
