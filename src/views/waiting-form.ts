import type { ModalView } from '@slack/types';
import { clip } from './clip.ts';
import { plain } from './slack-text.ts';

function note(text: string): ModalView {
  return {
    type: 'modal',
    title: plain('Onboard a tenant'),
    close: plain('Close'),
    notify_on_close: false,
    blocks: [{ type: 'section', text: plain(text) }],
  };
}

/** What stands while the form's facts are gathered. */
export function loadingForm(name: string): ModalView {
  return note(
    name.trim() === '' ? 'One moment…' : `One moment: preparing the form for ${clip(name.trim(), 63)}…`,
  );
}

export type Unavailable =
  | 'not-allowed'
  | 'guest'
  | 'membership-unknown'
  | 'queue-away'
  | 'no-snapshot'
  | 'policy-invalid'
  | 'misconfigured';

const reasons: Readonly<Record<Unavailable, string>> = {
  'not-allowed':
    'You are not in a group that may ask for tenants. Please ask the platform team, or someone of your team who is.',
  guest: 'Guests cannot ask for tenants. Please ask a full member of your team to do it.',
  'membership-unknown':
    'Slack cannot tell just now whether you may ask for tenants. Please try again in a minute.',
  'queue-away': 'Trunkline cannot take requests just now. Nothing was sent. Please try again in a minute.',
  'no-snapshot': 'The platform repository cannot be read just now. Please try again in a minute.',
  'policy-invalid':
    'The policy file .github/trunkline.yaml has mistakes, so no request can be taken. Please tell the platform team.',
  misconfigured: 'Trunkline is not set up for this yet. Please tell the platform team.',
};

/** What stands in the form's place when it cannot be offered. */
export function unavailableForm(why: Unavailable): ModalView {
  return note(reasons[why]);
}
