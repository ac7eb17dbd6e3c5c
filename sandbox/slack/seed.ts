import { PEOPLE } from '../people.ts';
import { APP } from './ids.ts';
import type { Channel, UserGroup } from './state.ts';

const EVERYBODY = PEOPLE.filter((person) => !person.isGuest).map((person) => person.slackId);
const GUESTS = PEOPLE.filter((person) => person.isGuest).map((person) => person.slackId);

/** The sample channels. The single-channel guest is in #platform-changes, so that a guest can press its buttons. */
export function seedChannels(created: number): Channel[] {
  return [
    channel(
      'C0REQUESTS',
      'platform-requests',
      'Requests for the platform',
      [APP.userId, ...EVERYBODY],
      created,
    ),
    channel('C0RELEASES', 'platform-releases', 'What was released', [APP.userId, ...EVERYBODY], created),
    channel(
      'C0CHANGES1',
      'platform-changes',
      'Production changes and their approvals',
      [APP.userId, ...EVERYBODY, ...GUESTS],
      created,
    ),
    channel('C0ROLLOUTS', 'platform-rollouts', 'What is rolling out', [APP.userId, ...EVERYBODY], created),
    channel('C0GENERAL1', 'general', 'Everything else', [APP.userId, ...EVERYBODY], created),
    channel('C0TEAMTESS', 'team-tess', "Tess's team", ['U0TENANT01'], created),
    channel('C0TEAMGUES', 'team-guestbook', 'The guestbook', [APP.userId, 'U0TENANT01'], created),
  ];
}

/** The sample user groups. */
export function seedGroups(): UserGroup[] {
  return [
    {
      id: 'S0PLATFORM',
      handle: 'platform',
      name: 'Platform team (sample)',
      users: ['U0PLATFM01', 'U0ONCALL01'],
    },
    {
      id: 'S0APPROVER',
      handle: 'change-approvers',
      name: 'Change approvers (sample)',
      users: ['U0APPRVR01', 'U0APPRVR02'],
    },
    { id: 'S0ONCALL01', handle: 'on-call', name: 'On call (sample)', users: ['U0ONCALL01'] },
  ];
}

function channel(id: string, name: string, purpose: string, members: string[], created: number): Channel {
  return { id, name, isIm: false, isPrivate: false, created, topic: '', purpose, members: [...members] };
}
