import type { InputValue, JsonObject, OptionsOutcome } from '../../slack/client-types.ts';
import { ExternalSelect } from './external-select.tsx';
import { label, list, text } from './json.ts';
import { choicesOf, type Group } from './options.ts';
import { MultiChoice, OneChoice, Radios } from './select-controls.tsx';
import { useSlack } from './slack-context.tsx';
import { TextControl } from './text-control.tsx';

export interface ControlProps {
  readonly element: JsonObject;
  /** The DOM id of the control. */
  readonly id: string;
  /** What a screen reader calls it where no label points to it. */
  readonly name: string;
  readonly value: InputValue;
  readonly disabled: boolean;
  readonly required?: boolean;
  readonly invalid?: boolean;
  readonly describedBy?: string;
  findOptions(query: string): Promise<OptionsOutcome>;
  onChange(value: InputValue): void;
  onEnter?(value: InputValue): void;
}

/** What the Block Kit renderer only draws: the inputs of forms and messages, for use. */
export function Control(props: ControlProps) {
  const groups = useGroups(props.element);
  const type = text(props.element['type']);
  switch (type) {
    case 'static_select':
    case 'users_select':
    case 'channels_select':
    case 'conversations_select':
      return <OneChoice {...props} groups={groups} />;
    case 'radio_buttons':
      return <Radios {...props} groups={groups} />;
    case 'checkboxes':
    case 'multi_static_select':
    case 'multi_users_select':
    case 'multi_channels_select':
    case 'multi_conversations_select':
      return <MultiChoice {...props} groups={groups} />;
    case 'external_select':
    case 'multi_external_select':
      return <ExternalSelect {...props} several={type.startsWith('multi_')} />;
    default:
      return <TextControl {...props} />;
  }
}

/** An element's options; people and channels stand for the options of those selects. */
function useGroups(element: JsonObject): readonly Group[] {
  const { people, channels } = useSlack();
  const type = text(element['type']);
  if (type.includes('users_select')) {
    const choices = people
      .filter(({ isDeactivated }) => !isDeactivated)
      .map(({ id, name }) => ({ value: id, text: name, description: '' }));
    return [{ label: '', choices }];
  }
  if (type.includes('channels_select') || type.includes('conversations_select')) {
    return [
      {
        label: '',
        choices: channels.map(({ id, name }) => ({ value: id, text: `#${name}`, description: '' })),
      },
    ];
  }
  const groups = list(element['option_groups']);
  if (groups.length === 0) return [{ label: '', choices: choicesOf(list(element['options'])) }];
  return groups.map((group) => ({
    label: label(group['label']),
    choices: choicesOf(list(group['options'])),
  }));
}
