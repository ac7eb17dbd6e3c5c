/** The sample people of the sandbox: the same ones in its Slack and in its GitHub. All of them are invented. */

export interface Person {
  readonly slackId: string;
  /** The name that Slack shows after an @. */
  readonly handle: string;
  readonly name: string;
  readonly role: string;
  readonly email: string;
  readonly githubLogin?: string;
  readonly githubId?: number;
  readonly isGuest?: boolean;
  readonly isDeactivated?: boolean;
  /** Slugs of the teams on GitHub that the person belongs to. */
  readonly teams: readonly string[];
}

export const PEOPLE: readonly Person[] = [
  {
    slackId: 'U0TENANT01',
    handle: 'tess',
    name: 'Tess Tenant (sample)',
    role: "tenant's developer",
    email: 'tess@sandbox.example',
    githubLogin: 'tess-tenant',
    githubId: 5001,
    teams: [],
  },
  {
    slackId: 'U0PLATFM01',
    handle: 'pat',
    name: 'Pat Platform (sample)',
    role: 'platform engineer',
    email: 'pat@sandbox.example',
    githubLogin: 'pat-platform',
    githubId: 5002,
    teams: ['platform'],
  },
  {
    slackId: 'U0APPRVR01',
    handle: 'ana',
    name: 'Ana Approver (sample)',
    role: 'change approver',
    email: 'ana@sandbox.example',
    githubLogin: 'ana-approver',
    githubId: 5003,
    teams: ['change-approvers'],
  },
  {
    slackId: 'U0APPRVR02',
    handle: 'ben',
    name: 'Ben Approver (sample)',
    role: 'change approver',
    email: 'ben@sandbox.example',
    githubLogin: 'ben-approver',
    githubId: 5004,
    teams: ['change-approvers'],
  },
  {
    slackId: 'U0ONCALL01',
    handle: 'olli',
    name: 'Olli On-Call (sample)',
    role: 'on-call engineer',
    email: 'olli@sandbox.example',
    githubLogin: 'olli-oncall',
    githubId: 5005,
    teams: ['platform'],
  },
  {
    slackId: 'U0GUEST001',
    handle: 'gus',
    name: 'Gus Guest (sample)',
    role: 'single-channel guest',
    email: 'gus@sandbox.example',
    isGuest: true,
    teams: [],
  },
];
