import type { KnownBlock, ModalView } from '@slack/types';
import { placesOf } from '../domain/form/place.ts';
import { type FormValues, fieldLimits } from '../domain/form/values.ts';
import type { Platform } from '../domain/platform.ts';
import type { Policy } from '../domain/policy.ts';
import { accessInputs } from './onboard/access-inputs.ts';
import { manyOf, oneOf, textInput } from './onboard/inputs.ts';
import { labelInputs } from './onboard/label-inputs.ts';
import { type FormNotice, noticeBlock } from './onboard/notices.ts';
import { sizeAction, sizeInputs } from './onboard/size-inputs.ts';
import { type ChangeTarget, changeFormCallback, changing, encodeTarget } from './request/change-target.ts';
import { line, richText, words } from './rich-text.ts';
import { plain } from './slack-text.ts';

export const onboardFormCallback = 'onboard-tenant';

/** Action id of the platform, where the bot serves several. */
export const platformAction = 'onboard-platform';

export type { FormNotice };
export { sizeAction };

export interface OnboardFormState {
  readonly policy: Policy;
  /** Undefined while the repository is not known; clouds are then typed. */
  readonly platform: Platform | undefined;
  /** What the fields show. */
  readonly values: FormValues;
  /** That the tenant stands elsewhere is said without being asked. */
  readonly notices: readonly FormNotice[];
  /** Kept in the view for whoever receives it; at most 3,000 characters. */
  readonly metadata?: string;
  /** The platform repositories to choose from, where there are several. */
  readonly platforms?: { readonly chosen: string; readonly all: readonly string[] };
  /** The request that the form changes, rather than asking for a new one: its name stays. */
  readonly changes?: ChangeTarget | undefined;
}

/** The form of `/onboard-tenant`, and of a change of what was asked. Its blocks are named after the fields of `FormValues`. */
export function onboardForm(state: OnboardFormState): ModalView {
  const { policy, platform, values } = state;
  const places = placesOf(values.name, platform);
  const { changes } = state;
  const adds: FormNotice[] = places.length > 0 ? [{ kind: 'adds', name: values.name, places }] : [];
  const environments = environmentsOf(state);
  return {
    type: 'modal',
    callback_id: onboardFormCallback,
    title: plain('Onboard a tenant'),
    submit: plain('Preview'),
    close: plain('Cancel'),
    notify_on_close: false,
    private_metadata: state.metadata ?? '',
    ...(changes && changing(changes.number, encodeTarget(changes, values.name), changeFormCallback)),
    blocks: [
      ...[...state.notices, ...adds].map(noticeBlock),
      ...platformInput(state),
      changes ? nameStays(values.name) : nameInput(values.name),
      cloudsInput(platform, values),
      manyOf({
        field: 'environments',
        label: 'Environments',
        choices: environments.map((value) => ({ value })),
        values: values.environments,
      }),
      ...sizeInputs(policy, values),
      ...accessInputs(policy, values, environments),
      ...peopleInputs(values),
      ...reachInputs(values),
      ...labelInputs(policy, values),
      textInput({
        field: 'purpose',
        label: 'Purpose',
        hint: 'What it is for; reviewers read this.',
        value: values.purpose,
        limit: fieldLimits.purpose,
        multiline: true,
      }),
    ],
  };
}

function nameInput(value: string): KnownBlock {
  return textInput({
    field: 'name',
    label: 'Name',
    hint: 'The name of the namespace: lower-case letters, digits and dashes.',
    example: 'team-shop',
    value,
    limit: fieldLimits.name,
  });
}

function nameStays(name: string): KnownBlock {
  const text = 'The name stays: another name is another request, after this one is withdrawn.';
  return richText(line(words(name, { bold: true }), words(`\n${text}`)));
}

function platformInput({ platforms }: OnboardFormState): KnownBlock[] {
  if (platforms === undefined) return [];
  const choices = platforms.all.map((value) => ({ value }));
  return [
    oneOf({
      field: 'platform',
      label: 'Platform',
      choices,
      value: platforms.chosen,
      action: platformAction,
    }),
  ];
}

function environmentsOf({ policy, platform }: OnboardFormState): readonly string[] {
  if (platform === undefined) return policy.environments.map(({ name }) => name);
  return [...new Set(platform.clouds.flatMap(({ environments }) => environments))].sort();
}

function cloudsInput(platform: Platform | undefined, values: FormValues): KnownBlock {
  const choices = platform?.clouds.map(({ name }) => ({ value: name })) ?? [];
  return manyOf({ field: 'clouds', label: 'Clouds', choices, values: values.clouds });
}

function peopleInputs(values: FormValues): KnownBlock[] {
  return [
    textInput({
      field: 'owner',
      label: 'Owning team',
      example: 'Team Shop',
      value: values.owner,
      limit: fieldLimits.owner,
    }),
    textInput({
      field: 'contact',
      label: 'Contact',
      hint: 'How the team is reached, such as a channel or an address.',
      example: '#team-shop',
      value: values.contact,
      limit: fieldLimits.contact,
    }),
  ];
}

function reachInputs(values: FormValues): KnownBlock[] {
  return [
    manyOf({
      field: 'reach',
      label: 'What may reach it',
      hint: 'All else is closed.',
      optional: true,
      choices: [
        { value: 'same-namespace', title: 'Pods of the same namespace' },
        { value: 'ingress', title: 'The ingress controller' },
      ],
      values: values.reach,
    }),
    textInput({
      field: 'ports',
      label: 'Further TCP ports',
      hint: 'One a line: port, "from", and a namespace, a network or "anywhere".',
      example: '8080 from namespace monitoring',
      value: values.ports,
      limit: fieldLimits.ports,
      multiline: true,
      optional: true,
    }),
  ];
}
