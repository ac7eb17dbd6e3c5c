import { z } from 'zod';
import { who } from './who.ts';

export const login = z
  .string()
  .regex(/^[A-Za-z0-9](?:[A-Za-z0-9-]{0,38})$/, 'must be a GitHub login, without @');
export const team = z
  .string()
  .regex(/^[a-z0-9][a-z0-9_-]{0,99}$/, "must be a team's slug, without the organisation");

export const pullRequestSection = z
  .strictObject({
    labels: z
      .array(z.string().min(1).max(50))
      .max(20)
      .default([])
      .describe('Labels put on the pull request.'),
    reviewers: z.array(login).max(15).default([]).describe('GitHub logins asked for a review.'),
    teams: z
      .array(team)
      .max(15)
      .default([])
      .describe("Slugs of the organisation's teams asked for a review."),
  })
  .prefault({})
  .describe('What every pull request of a tenant request gets.');

export const onboardingSection = z
  .strictObject({
    who: who
      .default('members')
      .describe(
        'Who may ask for a tenant: every full member, or the members of Slack user groups. Never guests.',
      ),
    platformTeam: who
      .optional()
      .describe('Who may withdraw what others asked for; left out: nobody but who asked.'),
  })
  .prefault({})
  .describe('The command /onboard-tenant.');

export const tenantsSection = z
  .strictObject({
    change: who
      .default('members')
      .describe(
        'Who may ask for a change of a tenant that stands, besides whoever asked for the tenant: every full member, or the members of Slack user groups.',
      ),
    offboard: who
      .default('members')
      .describe('Who may ask that a tenant is offboarded, besides whoever asked for the tenant.'),
    confirm: who
      .default('members')
      .describe('Who may confirm an offboarding; always another person than the one who asked.'),
  })
  .prefault({})
  .describe('The command /trunkline tenant.');

/** A channel's id or its name, with or without `#`. */
export const channelName = z
  .string()
  .regex(/^(?:[CG][A-Z0-9]{2,}|#?[\p{Ll}\p{Lo}\p{N}_-]{1,80})$/u, "must be a channel's id or its name")
  .transform((text) => text.replace(/^#/, ''));

const channel = (name: string, what: string) =>
  channelName.default(name).describe(`Channel ${what}: its id (C… or G…), or its name.`);

export const channelsSection = z
  .strictObject({
    requests: channel('platform-requests', 'of tenant requests'),
    releases: channel('platform-releases', 'of releases'),
    changes: channel('platform-changes', 'of changes to production'),
    rollouts: channel('platform-rollouts', 'of rollouts'),
  })
  .prefault({})
  .describe('Where Trunkline writes in Slack.');
