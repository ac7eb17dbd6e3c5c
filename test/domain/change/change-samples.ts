import type { Change } from '../../../src/domain/change/change.ts';
import { changesOf } from '../../../src/domain/change/changes-of.ts';
import type { Membership } from '../../../src/domain/change/count-approvals.ts';
import type { ApprovalPart } from '../../../src/domain/change/judge-approver.ts';
import type { Deed, LedgerRecord, PersonRef, Subject, Turn } from '../../../src/domain/change/record.ts';
import type { CommitSha, GitHubLogin, RepoName, SlackUserId } from '../../../src/domain/ids.ts';
import { policyOf } from '../samples.ts';

export const sha = (letter: string) => letter.repeat(40) as CommitSha;
export const slackId = (id: string) => id as SlackUserId;
export const loginOf = (name: string) => name as GitHubLogin;

/** `UANN` and `ann`, as the policy below joins them. */
export function person(name: string): PersonRef {
  return { slack: slackId(`U${name.toUpperCase()}`), login: loginOf(name) };
}

export const names = ['rita', 'ann', 'bob', 'cleo', 'dan', 'olga'] as const;

export const peopleYaml = [
  'people:',
  ...names.map((name) => `  - { slack: [U${name.toUpperCase()}], github: [${name}] }`),
  '  - { slack: [UNOGIT], github: false }',
  '',
].join('\n');

export const twoOfPlatform = `
changes:
  authorsMayApprove: false
  approvers:
    - needed: 2
      groups: [{ name: platform, usergroups: [SPLATFORM] }]
  operators: { usergroups: [SOPS] }
  override: { usergroups: [SOPS] }
${peopleYaml}`;

export const policy = policyOf(twoOfPlatform);

export const subject: Subject = {
  pull: 7,
  head: sha('a'),
  turns: [
    {
      source: 'mgmt/aws:flux-system/release',
      from: 'tag v1.0.0',
      running: sha('1'),
      to: 'tag v1.1.0',
      target: sha('2'),
    },
  ],
};

export const turn: Turn = subject.turns[0] as Turn;

export const part: ApprovalPart = {
  subject,
  environments: ['prod'],
  author: undefined,
  pusher: { kind: 'us' },
  authors: [],
};

export function membershipOf(
  groups: Readonly<Record<string, readonly string[] | undefined>>,
  gone: readonly string[] = [],
): Membership {
  const everybody = [...names, 'nogit'].map((name) => slackId(`U${name.toUpperCase()}`));
  return {
    members: new Map(everybody.map((id) => [id, gone.includes(id) ? 'not-a-member' : 'member'])),
    usergroups: new Map(Object.entries(groups).map(([group, ids]) => [group, ids?.map(slackId)])),
    teams: new Map(),
  };
}

export const membership = membershipOf({
  SPLATFORM: ['URITA', 'UANN', 'UBOB', 'UCLEO'],
  SOPS: ['UOLGA', 'UDAN', 'URITA'],
});

export const openedDeed: Extract<Deed, { kind: 'opened' }> = {
  kind: 'opened',
  change: 1,
  what: { kind: 'promotion', tag: 'v1.1.0', automatic: false, back: false },
  requester: person('rita'),
  places: [{ name: 'aws-v1-prod', branch: 'promote-v1.1.0-aws-v1-prod', wave: 0 }],
  pull: undefined,
  externalNumber: undefined,
};

export function recordsOf(deeds: readonly Deed[]): readonly LedgerRecord[] {
  return deeds.map((deed, index) => ({
    v: 1,
    id: `action-${index}`,
    seq: index + 1,
    previous: undefined,
    at: new Date(Date.UTC(2027, 0, 4, 9, index)).toISOString(),
    repo: 'acme/platform' as RepoName,
    policy: sha('f'),
    deed,
    key: 'key',
    signature: 'signature',
  }));
}

export function changeAfter(...deeds: readonly Deed[]): Change {
  return changeFrom(openedDeed, ...deeds);
}

export function changeFrom(...deeds: readonly Deed[]): Change {
  const change = changesOf(recordsOf(deeds)).get(1);
  if (change === undefined) throw new Error('no such change');
  return change;
}

export function approvedBy(name: string, subjects: readonly Subject[] = [subject]): Deed {
  return { kind: 'approved', change: 1, by: person(name), subjects, via: 'slack' };
}
