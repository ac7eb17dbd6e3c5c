import type { KeyboardEvent } from 'react';

import type { InputValue, JsonObject } from '../../slack/client-types.ts';
import type { ControlProps } from './control.tsx';
import { label, number, object, text } from './json.ts';

const HTML_TYPES: Readonly<Record<string, string>> = {
  plain_text_input: 'text',
  number_input: 'text',
  email_text_input: 'email',
  url_text_input: 'url',
  datepicker: 'date',
  timepicker: 'time',
  datetimepicker: 'datetime-local',
};

/** Whatever is typed: texts, numbers, dates and times. */
export function TextControl(props: ControlProps) {
  const { element, id, name, value, disabled, required, invalid, describedBy, onChange, onEnter } = props;
  const type = text(element['type']);
  const htmlType = HTML_TYPES[type];
  if (!htmlType && type !== 'rich_text_input')
    return <p className="muted">(An input that this page lacks: {type})</p>;
  const common = {
    id,
    disabled,
    'aria-label': name,
    'aria-invalid': invalid,
    'aria-required': required,
    'aria-describedby': describedBy || undefined,
    placeholder: label(element['placeholder']),
    maxLength: number(element['max_length']),
    value: shown(type, value),
    onChange: (event: { target: { value: string } }) => onChange(kept(type, event.target.value)),
  };
  const enter = (event: KeyboardEvent<HTMLElement>) => {
    if (event.key === 'Enter' && !event.nativeEvent.isComposing) onEnter?.(kept(type, common.value));
  };
  const inputMode = type === 'number_input' ? { inputMode: 'decimal' as const } : {};
  return (
    <>
      {element['multiline'] === true || type === 'rich_text_input' ? (
        <textarea rows={3} {...common} />
      ) : (
        <input type={htmlType} autoComplete="off" {...inputMode} {...common} onKeyDown={enter} />
      )}
      <Room element={element} used={common.value.length} />
    </>
  );
}

/** How many characters are left, once few are. */
function Room({ element, used }: { element: JsonObject; used: number }) {
  const most = number(element['max_length']);
  if (most === undefined || used < most * 0.8) return null;
  return <p className="room">{most - used} characters left</p>;
}

/** The text in the control. A datetimepicker holds seconds since 1970, the control local time. */
function shown(type: string, value: InputValue): string {
  if (value === null) return '';
  if (type === 'datetimepicker' && value !== '') {
    const time = new Date(Number(value) * 1000);
    return new Date(time.getTime() - time.getTimezoneOffset() * 60_000).toISOString().slice(0, 16);
  }
  if (typeof value === 'object') return richText(value);
  return String(value);
}

function kept(type: string, typed: string): InputValue {
  if (typed === '') return null;
  if (type === 'datetimepicker') return Math.floor(new Date(typed).getTime() / 1000);
  if (type !== 'rich_text_input') return typed;
  const section = { type: 'rich_text_section', elements: [{ type: 'text', text: typed }] };
  return { type: 'rich_text', elements: [section] };
}

/** The plain text of a rich_text block of one section, which is all that this page writes. */
function richText(block: InputValue): string {
  if (block === null || typeof block !== 'object' || !('elements' in block)) return '';
  const sections = Array.isArray(block['elements']) ? block['elements'] : [];
  return sections
    .map((section) => {
      const elements = object(section)?.['elements'];
      return Array.isArray(elements)
        ? elements.map((element) => text(object(element)?.['text'])).join('')
        : '';
    })
    .join('\n');
}
