import type { ApprovalRefusal } from '../../domain/change/tally.ts';
import { cleanLine } from '../../domain/form/clean-text.ts';
import { clip } from '../clip.ts';
import { typed } from './sentence.ts';

export type ChangeRefusal =
  | ApprovalRefusal
  | 'not-operator'
  | 'not-on-call'
  | 'not-held'
  | 'already-held'
  | 'open-already'
  | 'no-override-policy'
  | 'no-override'
  | 'same-person'
  | 'nothing-to-take-back'
  | 'external-number-unfit'
  | 'frozen-already'
  | 'not-frozen'
  | 'unknown-change'
  | 'unknown-tag'
  | 'already-runs'
  | 'unknown-place'
  | 'no-places'
  | 'not-allowed'
  | 'policy-invalid'
  | 'superseded-by-newer'
  | 'no-earlier-version'
  | 'no-external-number-policy'
  | 'no-go-policy'
  | 'not-overrider'
  | 'no-override-asked'
  | 'already-overridden'
  | 'not-requester';

/** What a refusal may name. Whatever a person typed is quoted as it stands. */
export interface RefusalData {
  readonly change?: number | undefined;
  readonly tag?: string | undefined;
  readonly place?: string | undefined;
  readonly name?: string | undefined;
  readonly pattern?: string | undefined;
  readonly supersededBy?: number | undefined;
}

/** Why something was refused and what to do now, in one to three sentences without markup. */
export function refusalWords(code: ChangeRefusal, data: RefusalData = {}): string {
  const named = namedTexts[code];
  return (named === undefined ? undefined : named(data)) ?? texts[code];
}

const namedTexts: Partial<Readonly<Record<ChangeRefusal, (data: RefusalData) => string | undefined>>> = {
  'external-number-unfit': ({ name = 'The number', pattern }) =>
    pattern === undefined
      ? undefined
      : `${clip(cleanLine(name), 40)} must match ${clip(cleanLine(pattern), 200)}, whole. Please give one that does.`,
  'unknown-change': ({ change }) =>
    change === undefined
      ? undefined
      : `There is no change ${change} here. /trunkline changes lists those that are open.`,
  'unknown-tag': ({ tag }) =>
    tag === undefined
      ? undefined
      : `There is no published release ${typed(tag, 100)}. Please check the spelling, or publish it with /trunkline release first.`,
  'already-runs': ({ tag, place }) =>
    tag === undefined
      ? undefined
      : `${clip(cleanLine(tag), 100)} runs ${place === undefined ? 'there' : `on ${clip(cleanLine(place), 100)}`} already, so there is nothing to promote.`,
  'unknown-place': ({ place }) =>
    place === undefined
      ? undefined
      : `There is no place in production called ${typed(place, 100)}. Places read like aws-v1-prod; a part of the name is enough.`,
  'open-already': ({ change, tag }) =>
    change === undefined
      ? undefined
      : `Change ${change} for ${tag === undefined ? 'this' : clip(cleanLine(tag), 100)} is open already. Please look at that.`,
  'superseded-by-newer': ({ supersededBy }) =>
    supersededBy === undefined
      ? undefined
      : `Change ${supersededBy} is newer and has taken the place of this one. Please look at that.`,
};

const texts: Readonly<Record<ChangeRefusal, string>> = {
  'no-external-number-policy': 'The policy asks for no number of another system, so none is recorded.',
  'no-go-policy': 'The policy asks for no Go: it merges by itself once all else holds.',
  'not-overrider':
    'You are not among those who may override in an emergency. The policy names them under `changes.override`.',
  'no-override-asked':
    'Nobody has asked for an emergency override of this change. /trunkline override <change> <reason> does.',
  'already-overridden': 'This change is overridden already; two people stand for it.',
  'not-requester': 'Only who asked for this change, or an operator, can withdraw it.',
  'already-held': 'This change is held already. It merges only after that hold is lifted.',
  'open-already': 'A change for this is open already. Please look at that; /trunkline changes lists it.',
  'not-a-member':
    'Only full and active members of this workspace and organisation may approve. Please ask a colleague who is one.',
  'no-identity':
    'Nothing tells which accounts on Slack and GitHub are yours: the policy does not name you, and no address in your Slack profile is one that the organisation has verified for an account on GitHub. Ask the platform team to add you under `people` in .github/trunkline.yaml.',
  'ambiguous-identity':
    'More than one person could be meant by your account. Ask the platform team to make your entry under `people` in .github/trunkline.yaml unambiguous.',
  'not-approver':
    'You are not among those who may approve this change. Its message says who is; please ask one of them.',
  'members-unreadable':
    'It cannot be told just now who belongs to the approvers, so nothing was counted. Please try again in a minute; if it stays so, tell the platform team.',
  requester: 'You asked for this change, so somebody else must approve it.',
  pusher: 'You pushed what this change would merge, so somebody else must approve it.',
  'pusher-unknown':
    'GitHub does not tell who pushed this, as with forks, so nobody can approve it. Please push the branch to the platform repository itself.',
  author: 'You wrote something that this change brings, so by policy somebody else must approve it.',
  'authors-unknown':
    'It cannot be told who wrote all that this change brings, so nobody can approve it. Please see that every commit belongs to a GitHub account, or promote in smaller steps.',
  'requester-unknown':
    'It cannot be told who asked for this change, so nobody can approve it. Ask the platform team to add that person under `people` in .github/trunkline.yaml, or ask for the change anew.',
  'no-approvers':
    'The policy names no approvers for this. Ask the platform team to add some under `changes.approvers` in .github/trunkline.yaml.',
  outdated:
    'What this change does has changed since you saw it, so nothing was counted. Please look at it as it stands now, then decide again.',
  'taken-back': 'This approval was taken back. If you have changed your mind, please approve again.',
  ended: 'This change has ended, so nothing can be said about it any more. Please ask for a new one.',
  'ledger-damaged':
    'The ledger of decisions is damaged, so nothing can be decided. Please tell the platform team; /trunkline doctor says what is wrong.',
  'nothing-open': 'No pull request of this change is open now, so there is nothing to decide on.',
  'not-operator':
    'The policy does not let you do this. Please ask one of those that it names under `changes.operators`.',
  'not-on-call':
    'Only those on call may bring back what ran before. Please ask one of those that the policy names under `changes.back.who`.',
  'not-held': 'This change is not held, so there is no hold to lift.',
  'no-override-policy':
    'You are not among those who may override in an emergency; the policy names them under `changes.override`. The runbook says how to break the glass on GitHub.',
  'no-override': 'Nobody has asked for an emergency override of this change, so there is none to confirm.',
  'same-person': 'An emergency override takes two people. Somebody else must confirm it.',
  'nothing-to-take-back':
    'You have neither approved nor rejected this change, so there is nothing to take back.',
  'external-number-unfit': 'This number does not fit what the policy asks for. Please check it.',
  'frozen-already': 'Production is frozen already. Lift that freeze first with /trunkline unfreeze.',
  'not-frozen':
    'Nobody has frozen production with /trunkline freeze. A freeze by the calendar stands in the policy, and only a change of the policy lifts it.',
  'unknown-change': 'There is no such change. /trunkline changes lists those that are open.',
  'unknown-tag': 'There is no such published release. Please check the spelling, or publish it first.',
  'already-runs': 'This version runs there already, so there is nothing to promote.',
  'unknown-place': 'There is no such place in production. Places read like aws-v1-prod.',
  'no-places':
    'Nothing in production follows a release, so there is nowhere to promote to. Please tell the platform team.',
  'not-allowed':
    'The policy does not let you ask for this. Please ask one of those that it names under `changes.who`.',
  'policy-invalid':
    'The policy file .github/trunkline.yaml has mistakes, so nothing can be decided. Please tell the platform team.',
  'superseded-by-newer': 'A newer change has taken the place of this one. Please look at that.',
  'no-earlier-version':
    'No earlier version is known to have run here without failure, so none can be brought back in one step. Please promote one with /trunkline promote.',
};
