import { type HelpEntry, help } from '../../src/views/help.ts';
import { CHANGE_VERBS } from './change/change-verbs.ts';
import { FREEZE_VERBS } from './change/freeze-verbs.ts';
import { PROMOTE } from './change/promote-verb.ts';
import { openFleet } from './fleet/open-fleet.ts';
import type { Verb } from './invocation.ts';
import { openRelease } from './release/open-release.ts';
import { openStatus } from './release/open-status.ts';
import { ROLLOUT } from './rollout/rollout-verb.ts';

const ONBOARD: HelpEntry = {
  usage: '/onboard-tenant [name]',
  what: 'Asks for a namespace: a form, a preview, then a pull request in the platform repository.',
  who: 'every full member, unless the policy names groups',
};

const HELP: Verb = {
  kind: 'answers',
  verb: 'help',
  usage: '/trunkline help',
  what: 'Shows this list.',
  who: 'everyone',
  answer: () => help([ONBOARD, ...VERBS]),
};

const RELEASE: Verb = {
  kind: 'opens',
  verb: 'release',
  usage: '/trunkline release [owner/name]',
  what: 'Shows what is new since the last release, with its notes and what it will do; one click releases it.',
  who: 'every full member, unless the policy names groups',
  open: openRelease,
};

const STATUS: Verb = {
  kind: 'opens',
  verb: 'status',
  usage: '/trunkline status [owner/name]',
  what: 'Shows what each environment runs, what waits for the next release, and what is under way.',
  who: 'every full member',
  open: openStatus,
};

const FLEET: Verb = {
  kind: 'opens',
  verb: 'fleet',
  usage: '/trunkline fleet',
  what: 'Shows every cluster: what it runs, what is behind, what fails.',
  who: 'every full member',
  open: openFleet,
};

/** Every verb there is; help is built from this list. */
export const VERBS: readonly Verb[] = [
  HELP,
  RELEASE,
  PROMOTE,
  ...CHANGE_VERBS,
  ...FREEZE_VERBS,
  ROLLOUT,
  STATUS,
  FLEET,
];
