import { useState } from 'react';

import type { ControlProps } from './control.tsx';
import { label, number } from './json.ts';
import { type Choice, chosen, type Group } from './options.ts';

interface Props extends ControlProps {
  readonly groups: readonly Group[];
}

/** One of a list. */
export function OneChoice({
  element,
  id,
  name,
  value,
  disabled,
  required,
  invalid,
  describedBy,
  groups,
  onChange,
}: Props) {
  const [current = ''] = chosen(value);
  const placeholder = label(element['placeholder']) || 'Choose …';
  return (
    <select
      id={id}
      aria-label={name}
      aria-invalid={invalid}
      aria-describedby={describedBy || undefined}
      disabled={disabled}
      value={current}
      onChange={(event) => onChange(event.target.value === '' ? null : event.target.value)}
    >
      <option value="" disabled={required === true && current !== ''}>
        {placeholder}
      </option>
      {groups.map((group) =>
        group.label === '' ? (
          group.choices.map(toOption)
        ) : (
          <optgroup key={group.label} label={group.label}>
            {group.choices.map(toOption)}
          </optgroup>
        ),
      )}
    </select>
  );
}

function toOption({ value, text, description }: Choice) {
  return (
    <option key={value} value={value}>
      {description ? `${text} – ${description}` : text}
    </option>
  );
}

/** One of a few, all in sight. */
export function Radios({ id, value, disabled, describedBy, groups, onChange }: Props) {
  const [current] = chosen(value);
  return (
    <div className="choices" id={id} role="radiogroup" aria-describedby={describedBy || undefined}>
      {groups.flatMap(({ choices }) =>
        choices.map((choice) => (
          <label key={choice.value} className="choice">
            <input
              type="radio"
              name={id}
              value={choice.value}
              disabled={disabled}
              checked={choice.value === current}
              onChange={() => onChange(choice.value)}
            />
            <ChoiceText choice={choice} />
          </label>
        )),
      )}
    </div>
  );
}

const MANY = 8;

/** Several of a list; a long list can be searched. */
export function MultiChoice({ element, id, value, disabled, describedBy, groups, onChange }: Props) {
  const [search, setSearch] = useState('');
  const current = chosen(value);
  const most = number(element['max_selected_items']) ?? Number.POSITIVE_INFINITY;
  const count = groups.reduce((sum, { choices }) => sum + choices.length, 0);
  const matches = ({ text }: Choice) => text.toLowerCase().includes(search.toLowerCase());
  const toggle = (choice: string, on: boolean) =>
    onChange(on ? [...current, choice] : current.filter((each) => each !== choice));
  return (
    <div className="choices" id={id} aria-describedby={describedBy || undefined} data-many={count > MANY}>
      {count > MANY && (
        <input
          type="search"
          placeholder="Search"
          aria-label="Search the options"
          value={search}
          onChange={(event) => setSearch(event.target.value)}
        />
      )}
      {groups.map((group) => (
        <div key={group.label}>
          {group.label && <p className="group-label">{group.label}</p>}
          {group.choices.filter(matches).map((choice) => (
            <label key={choice.value} className="choice">
              <input
                type="checkbox"
                value={choice.value}
                disabled={disabled || (current.length >= most && !current.includes(choice.value))}
                checked={current.includes(choice.value)}
                onChange={(event) => toggle(choice.value, event.target.checked)}
              />
              <ChoiceText choice={choice} />
            </label>
          ))}
        </div>
      ))}
    </div>
  );
}

function ChoiceText({ choice }: { choice: Choice }) {
  return (
    <span>
      {choice.text}
      {choice.description && <span className="muted"> {choice.description}</span>}
    </span>
  );
}
