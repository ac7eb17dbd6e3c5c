import { type HelpEntry, help } from '../../src/views/help.ts';
import { CHANGE_VERBS } from './change/change-verbs.ts';
import { FREEZE_VERBS } from './change/freeze-verbs.ts';
import { PROMOTE } from './change/promote-verb.ts';
import { openFleet } from './fleet/open-fleet.ts';
import type { Verb } from './invocation.ts';
import { openRelease } from './release/open-release.ts';
import { openStatus } from './release/open-status.ts';
import { ROLLOUT } from './rollout/rollout-verb.ts';
import { openTenant } from './tenant/open-tenant.ts';

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

const TENANT: Verb = {
  kind: 'opens',
  verb: 'tenant',
  usage: '/trunkline tenant name [owner/name]',
  what: 'Shows what a tenant has in every cloud and environment; from there its size or its open ports are changed, or it is offboarded, by a pull request.',
  who: 'every full member; changes: whoever asked for the tenant, and whom the policy names',
  open: openTenant,
};

/** Every verb there is; help is built from this list. */
export const VERBS: readonly Verb[] = [
  HELP,
  TENANT,
  RELEASE,
  PROMOTE,
  ...CHANGE_VERBS,
  ...FREEZE_VERBS,
  ROLLOUT,
  STATUS,
  FLEET,
];
