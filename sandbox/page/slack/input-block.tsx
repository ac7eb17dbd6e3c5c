import type { InputValue, JsonObject } from '../../slack/client-types.ts';
import { Control } from './control.tsx';
import type { Host } from './host.ts';
import { label, object, text } from './json.ts';

/** A field of a form: its label, its control, its hint, and what the app refused. */
export function InputBlock({ block, host }: { block: JsonObject; host: Host }) {
  const element = object(block['element']) ?? {};
  const blockId = text(block['block_id']);
  const actionId = text(element['action_id']);
  const id = `${blockId}-${actionId}`;
  const error = host.errors[blockId];
  const hint = label(block['hint']);
  const dispatches = block['dispatch_action'] === true;
  const onCharacter = triggers(element).includes('on_character_entered');
  const isText = TEXTS.has(text(element['type']));
  const change = (value: InputValue) => {
    host.change?.(blockId, actionId, value);
    if (dispatches && (!isText || onCharacter)) void host.dispatch(blockId, actionId, value);
  };
  const grouped = GROUPS.has(text(element['type']));
  const Wrapper = grouped ? 'fieldset' : 'div';
  return (
    <Wrapper className="field" data-action-id={actionId} data-invalid={error !== undefined}>
      {grouped ? (
        <legend>
          <FieldLabel block={block} />
        </legend>
      ) : (
        <label htmlFor={id}>
          <FieldLabel block={block} />
        </label>
      )}
      <Control
        element={element}
        id={id}
        name={label(block['label'])}
        value={host.values[blockId]?.[actionId] ?? null}
        disabled={false}
        required={block['optional'] !== true}
        invalid={error !== undefined}
        describedBy={[error === undefined ? '' : `${id}-error`, hint ? `${id}-hint` : ''].join(' ').trim()}
        findOptions={(query) => host.options(blockId, actionId, query)}
        onChange={change}
        onEnter={(value) => {
          if (dispatches && isText) void host.dispatch(blockId, actionId, value);
        }}
      />
      {error !== undefined && (
        <p className="field-error" id={`${id}-error`} role="alert">
          {error}
        </p>
      )}
      {hint && (
        <p className="hint" id={`${id}-hint`}>
          {hint}
        </p>
      )}
    </Wrapper>
  );
}

const TEXTS: ReadonlySet<string> = new Set([
  'plain_text_input',
  'number_input',
  'email_text_input',
  'url_text_input',
  'rich_text_input',
]);

const GROUPS: ReadonlySet<string> = new Set([
  'checkboxes',
  'radio_buttons',
  'multi_static_select',
  'multi_external_select',
  'multi_users_select',
  'multi_conversations_select',
  'multi_channels_select',
]);

function FieldLabel({ block }: { block: JsonObject }) {
  return (
    <>
      {label(block['label'])}
      {block['optional'] === true && <span className="muted"> (optional)</span>}
    </>
  );
}

function triggers(element: JsonObject): readonly string[] {
  const actions = object(element['dispatch_action_config'])?.['trigger_actions_on'];
  return Array.isArray(actions) ? actions.map(String) : [];
}
