import { z } from 'zod';
import { folderName } from './layout-sections.ts';
import { login, team } from './people-sections.ts';
import { who } from './who.ts';

const usergroup = z.string().regex(/^S[A-Z0-9]{2,}$/, "must be a Slack user group's id, S and digits");
const slackUser = z.string().regex(/^[UW][A-Z0-9]{2,}$/, "must be a Slack member's id, U and digits");

const approverGroup = z
  .strictObject({
    name: z.string().min(1).max(75).describe('What the group is called where approvals are counted.'),
    usergroups: z
      .array(usergroup)
      .max(50)
      .default([])
      .describe('Slack user groups whose members may approve.'),
    teams: z.array(team).max(50).default([]).describe('Slugs of GitHub teams whose members may approve.'),
    people: z.array(slackUser).max(100).default([]).describe('Slack ids of people who may approve.'),
  })
  .refine(({ usergroups, teams, people }) => usergroups.length + teams.length + people.length > 0, {
    error: 'names nobody; list usergroups, teams or people',
  });

const approvers = z.strictObject({
  environments: z
    .array(folderName)
    .max(50)
    .default([])
    .describe('Environments that the rule is for; none listed: all of production that no other rule names.'),
  groups: z.array(approverGroup).min(1).max(20).describe('Who may approve.'),
  needed: z.int().min(1).max(10).default(1).describe('How many different people must approve.'),
  fromEach: z
    .boolean()
    .default(false)
    .describe('Whether every group must give one of them, each by another person.'),
});

const time = z.string().regex(/^(?:[01][0-9]|2[0-3]):[0-5][0-9]$|^24:00$/, 'must be a time such as 09:00');
const date = z.string().regex(/^\d{4}-\d{2}-\d{2}$/, 'must be a date such as 2027-01-31');
const zone = z
  .string()
  .refine((name) => isZone(name), 'must be an IANA time zone, such as Europe/London')
  .describe('IANA time zone of the times.');
const days = ['mon', 'tue', 'wed', 'thu', 'fri', 'sat', 'sun'] as const;

const changeWindow = z
  .strictObject({
    days: z
      .array(z.enum(days))
      .min(1)
      .max(7)
      .default(['mon', 'tue', 'wed', 'thu', 'fri'])
      .describe('Weekdays.'),
    from: time.describe('When it opens, by the clock of the zone.'),
    to: time.describe('When it closes; before `from` it closes on the next day.'),
    zone,
  })
  .refine(({ from, to }) => from !== to, 'opens and closes at the same time');

const freeze = z
  .strictObject({
    from: date.describe('First day.'),
    to: date.describe('Last day, included.'),
    zone,
    reason: z.string().min(1).max(150).describe('What people are told.'),
  })
  .refine(({ from, to }) => from <= to, 'ends before it begins');

const wave = z.strictObject({
  places: z
    .array(
      z
        .string()
        .regex(
          /^[A-Za-z0-9*._-]{1,100}$/,
          'must be a place such as aws-v1-prod; * stands for any characters',
        ),
    )
    .min(1)
    .max(100)
    .describe('Places as `<cloud>-<version>-<environment>`; * stands for any characters.'),
  soakMinutes: z
    .int()
    .min(0)
    .max(43_200)
    .default(0)
    .describe('Minutes that it must run everywhere without failure before the next wave opens.'),
});

export const changesSection = z
  .strictObject({
    who: who.default('members').describe('Who may ask for a promotion. Never guests.'),
    automatic: z
      .boolean()
      .default(false)
      .describe(
        'Whether a published release is promoted by itself; else a button under its announcement does it.',
      ),
    source: z
      .string()
      .regex(/^[a-z0-9]([a-z0-9.-]{0,251}[a-z0-9])?$/, "must be a GitRepository's name")
      .default('release')
      .describe(
        'Name of the GitRepository that production follows, where the repository does not tell by itself.',
      ),
    waves: z
      .array(wave)
      .max(50)
      .default([])
      .describe(
        'Order of a promotion: each wave opens after the one before; places that none names come last.',
      ),
    approvers: z
      .array(approvers)
      .max(50)
      .default([])
      .describe('Who approves changes of production. Without any, nothing can be approved.'),
    authorsMayApprove: z
      .boolean()
      .default(true)
      .describe('Whether who wrote something that a promotion brings may approve the promotion.'),
    externalNumber: z
      .strictObject({
        name: z.string().min(1).max(40).default('Change number').describe('What people call it.'),
        pattern: z
          .string()
          .min(1)
          .max(200)
          .refine(isPattern, 'is no regular expression')
          .describe('What it must match, whole.'),
      })
      .optional()
      .describe('A number of another system that every change must bear before it merges.'),
    windows: z.array(changeWindow).max(50).default([]).describe('When changes merge; none: at any time.'),
    freezes: z.array(freeze).max(100).default([]).describe('Days on which nothing merges.'),
    operators: who
      .default('members')
      .describe('Who may freeze, unfreeze, hold, and give the Go. Never guests.'),
    go: z.boolean().default(false).describe('Whether an operator must give a Go once all else holds.'),
    remindAfterHours: z
      .int()
      .min(1)
      .max(720)
      .default(24)
      .describe('Hours after which a waiting change is brought up again.'),
    expireAfterDays: z
      .int()
      .min(1)
      .max(365)
      .default(30)
      .describe('Days after which a change that was not merged ends.'),
    override: who
      .optional()
      .describe(
        'Who may override windows, freezes, waves and external numbers in an emergency, two of them together; left out: nobody.',
      ),
    back: z
      .strictObject({
        who: who.optional().describe('Who is on call and may bring back what ran before; left out: nobody.'),
        needed: z.int().min(1).max(10).default(1).describe('How many of them must agree.'),
        windows: z.boolean().default(false).describe('Whether windows and freezes hold for it.'),
      })
      .prefault({})
      .describe('Back to what ran before.'),
    mergeMethod: z.literal('squash').default('squash').describe('How changes merge.'),
  })
  .prefault({})
  .describe('How production is changed.');

export const identitiesSection = z
  .array(
    z.strictObject({
      name: z.string().min(1).max(75).optional().describe('Whose they are, for whoever reads this file.'),
      slack: z.array(slackUser).min(1).max(5).describe('All Slack ids of one person.'),
      github: z
        .union([z.literal(false), z.array(login).min(1).max(5)], {
          error: 'must be a list of GitHub logins, or false for none',
        })
        .describe('All GitHub logins of the person, or false for somebody who has none.'),
    }),
  )
  .max(2_000)
  .default([])
  .describe("Which Slack accounts and GitHub accounts are one person's.");

export const ledgerSection = z
  .strictObject({
    repository: z
      .string()
      .regex(/^[\w-]+\/[\w.-]+$/, 'must be owner/name')
      .optional()
      .describe('Where decisions are recorded; left out: in the platform repository itself.'),
    branch: z
      .string()
      .regex(/^[A-Za-z0-9][A-Za-z0-9._-]*(\/[A-Za-z0-9][A-Za-z0-9._-]*)*$/, 'must be the name of a branch')
      .max(100)
      .default('trunkline/ledger')
      .describe('The branch that holds nothing but records.'),
  })
  .prefault({})
  .describe('The ledger of decisions.');

function isZone(name: string): boolean {
  try {
    return new Intl.DateTimeFormat('en', { timeZone: name }).resolvedOptions().timeZone !== '';
  } catch {
    return false;
  }
}

function isPattern(text: string): boolean {
  try {
    return new RegExp(text, 'u') instanceof RegExp;
  } catch {
    return false;
  }
}

export type ApproverRule = z.output<typeof approvers>;
export type ChangeWindow = z.output<typeof changeWindow>;
export type Freeze = z.output<typeof freeze>;
