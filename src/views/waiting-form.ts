import type { ModalView } from '@slack/types';
import type { PolicyProblem } from '../domain/policy/problems.ts';
import { clip } from './clip.ts';
import { noteView, policyText } from './note-view.ts';

function note(text: string): ModalView {
  return noteView('Onboard a tenant', text);
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
  | 'misconfigured';

const reasons: Readonly<Record<Unavailable, string>> = {
  'not-allowed':
    'You are not in a group that may ask for tenants. Please ask the platform team, or someone of your team who is.',
  guest: 'Guests cannot ask for tenants. Please ask a full member of your team to do it.',
  'membership-unknown':
    'Slack cannot tell just now whether you may ask for tenants. Please try again in a minute.',
  'queue-away': 'Trunkline cannot take requests just now. Nothing was sent. Please try again in a minute.',
  'no-snapshot': 'The platform repository cannot be read just now. Please try again in a minute.',
  misconfigured: 'Trunkline is not set up for this yet. Please tell the platform team.',
};

/** What stands in the form's place when it cannot be offered. */
export function unavailableForm(why: Unavailable): ModalView {
  return note(reasons[why]);
}

/** The same when the policy file has mistakes; the first is named, for whoever is told of it. */
export function brokenPolicyForm(problems: readonly PolicyProblem[]): ModalView {
  return note(policyText(problems, 'no request can be taken'));
}
