import type { KnownBlock, ModalView } from '@slack/types';
import { placesOf } from '../domain/form/place.ts';
import { ownSize } from '../domain/form/size.ts';
import { type FormValues, fieldLimits, type QuantityField } from '../domain/form/values.ts';
import type { Platform } from '../domain/platform.ts';
import { environmentRules, type Policy } from '../domain/policy.ts';
import { fieldTitle } from './field-title.ts';
import { manyOf, oneOf, textInput } from './onboard/inputs.ts';
import { type FormNotice, noticeBlock } from './onboard/notices.ts';
import { sizeTitle } from './onboard/size-title.ts';
import { plain } from './slack-text.ts';

export const onboardFormCallback = 'onboard-tenant';

/** Action id of the size: choosing own figures brings their fields. */
export const sizeAction = 'onboard-size';

/** Action id of the platform, where the bot serves several. */
export const platformAction = 'onboard-platform';

export type { FormNotice };

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
}

/** The form of `/onboard-tenant`. Its blocks are named after the fields of `FormValues`. */
export function onboardForm(state: OnboardFormState): ModalView {
  const { policy, platform, values } = state;
  const places = placesOf(values.name, platform);
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
    blocks: [
      ...[...state.notices, ...adds].map(noticeBlock),
      ...platformInput(state),
      textInput({
        field: 'name',
        label: 'Name',
        hint: 'The name of the namespace: lower-case letters, digits and dashes.',
        example: 'team-shop',
        value: values.name,
        limit: fieldLimits.name,
      }),
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
  const common = { field: 'clouds', label: 'Clouds' } as const;
  if (platform !== undefined && platform.clouds.length > 0) {
    return manyOf({
      ...common,
      choices: platform.clouds.map(({ name }) => ({ value: name })),
      values: values.clouds,
    });
  }
  const hint = 'Separate several with commas.';
  return textInput({ ...common, hint, example: 'aws', value: values.clouds.join(', '), limit: 200 });
}

function sizeInputs(policy: Policy, values: FormValues): KnownBlock[] {
  const named = Object.entries(policy.sizes.named).map(([value, compute]) => ({
    value,
    title: sizeTitle(value, compute),
  }));
  const own = { value: ownSize, title: 'Own figures' };
  const choice = oneOf({
    field: 'size',
    label: 'Size',
    hint: 'What all its pods may use together in each cluster.',
    choices: [...named, own],
    value: values.size,
    action: sizeAction,
  });
  if (values.size !== ownSize) return [choice];
  const figure = (field: QuantityField, example: string) =>
    textInput({
      field,
      label: fieldTitle(field),
      hint: `At most ${policy.sizes.maximum[field]}.`,
      example,
      value: values[field],
      limit: fieldLimits.quantity,
    });
  return [
    choice,
    figure('requestsCpu', '500m'),
    figure('limitsCpu', '2'),
    figure('requestsMemory', '512Mi'),
    figure('limitsMemory', '1Gi'),
  ];
}

// Slack takes 100 blocks, of which all others may be 40, and 250 kB; these leave room for the rest of the form.
const mostAccessBlocks = 55;
const mostAccessBytes = 90_000;
const mostOptionBytes = 60_000;

function accessInputs(policy: Policy, values: FormValues, environments: readonly string[]): KnownBlock[] {
  const levels = Object.entries(policy.access.roles).map(([value, role]) => ({
    value,
    title: `${value} (${role})`,
  }));
  const groups = policy.access.groups.map(({ name, title }) => ({ value: name, title }));
  const blocks = environments.flatMap((environment): KnownBlock[] => {
    const level = oneOf({
      field: `access.${environment}`,
      label: `Access in ${environment}`,
      hint: `For the tenant's service account. It counts if ${environment} is chosen above.`,
      choices: levels,
      value: values.access[environment] ?? environmentRules(policy, environment).access,
    });
    if (groups.length === 0) return [level];
    const also = manyOf({
      field: `groups.${environment}`,
      label: `Groups with that access in ${environment}`,
      optional: true,
      choices: groups,
      values: values.groups[environment] ?? [],
    });
    return [level, also];
  });
  // Access in what does not fit is as the policy proposes.
  return blocks.slice(0, Math.min(mostAccessBlocks, fitting(blocks, mostAccessBytes)));
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

function labelInputs(policy: Policy, values: FormValues): KnownBlock[] {
  const selects = policy.labels.map((rule) => {
    const choices = (rule.options ?? []).map((value) => ({ value }));
    return oneOf({ ...labelCommon(rule, values), choices });
  });
  const most = fitting(selects, mostOptionBytes);
  return policy.labels.map((rule, index) => {
    const select = selects[index];
    if (rule.options !== undefined && select !== undefined && index < most) return select;
    return textInput({ ...labelCommon(rule, values), limit: 63 });
  });
}

function labelCommon(rule: Policy['labels'][number], values: FormValues) {
  return {
    field: `label.${rule.key}`,
    label: rule.title,
    hint: rule.hint,
    optional: !rule.required,
    value: values.labels[rule.key] ?? '',
  } as const;
}

/** How many of the first blocks stay within so many bytes of JSON. */
function fitting(blocks: readonly KnownBlock[], bytes: number): number {
  let sum = 0;
  const over = blocks.findIndex((block) => {
    sum += new TextEncoder().encode(JSON.stringify(block)).length;
    return sum > bytes;
  });
  return over < 0 ? blocks.length : over;
}
