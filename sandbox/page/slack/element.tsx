import { useState } from 'react';

import type { InputValue, JsonObject } from '../../slack/client-types.ts';
import { ConfirmDialog } from './confirm-dialog.tsx';
import { Control } from './control.tsx';
import type { Host } from './host.ts';
import { label, list, object, text } from './json.ts';
import { Shown } from './mrkdwn.tsx';

interface Props {
  readonly element: JsonObject;
  readonly blockId: string;
  readonly host: Host;
}

/** An element that tells the app as soon as it is used, after asking the person first if the app wants that. */
export function Element({ element, blockId, host }: Props) {
  const [asking, setAsking] = useState<{ value: InputValue | undefined }>();
  const [busy, setBusy] = useState(false);
  const actionId = text(element['action_id']);
  const confirm = object(element['confirm']);
  async function send(value: InputValue | undefined) {
    setBusy(true);
    try {
      await host.dispatch(blockId, actionId, value);
    } finally {
      setBusy(false);
    }
  }
  const use = (value?: InputValue) => {
    if (value !== undefined) host.change?.(blockId, actionId, value);
    if (confirm) setAsking({ value });
    else void send(value);
  };
  return (
    <div className="element" data-action-id={actionId}>
      <Face element={element} blockId={blockId} host={host} busy={busy || host.busy} onUse={use} />
      {asking && confirm && (
        <ConfirmDialog
          confirm={confirm}
          onAnswer={(yes) => {
            setAsking(undefined);
            if (yes) void send(asking.value);
          }}
        />
      )}
    </div>
  );
}

interface FaceProps extends Props {
  readonly busy: boolean;
  onUse(value?: InputValue): void;
}

function Face({ element, blockId, host, busy, onUse }: FaceProps) {
  const actionId = text(element['action_id']);
  switch (element['type']) {
    case 'button':
    case 'workflow_button':
    case 'icon_button':
      return (
        <button
          type="button"
          className={`slack-button ${text(element['style'])}`}
          aria-label={text(element['accessibility_label']) || undefined}
          disabled={busy}
          data-busy={busy}
          onClick={() => onUse()}
        >
          {label(element['text'])}
        </button>
      );
    case 'overflow':
      return <Overflow element={element} busy={busy} onUse={onUse} />;
    case 'feedback_buttons':
      return (
        <>
          {[object(element['positive_button']), object(element['negative_button'])].map(
            (button) =>
              button && (
                <button
                  key={text(button['value'])}
                  type="button"
                  className="slack-button"
                  disabled={busy}
                  onClick={() => onUse(text(button['value']))}
                >
                  {label(button['text'])}
                </button>
              ),
          )}
        </>
      );
    case 'image':
    case 'mrkdwn':
    case 'plain_text':
      return <Shown blocks={[{ type: 'context', elements: [element] }]} />;
    default:
      return (
        <Control
          element={element}
          id={`${blockId}-${actionId}`}
          name={label(element['placeholder']) || actionId}
          value={host.values[blockId]?.[actionId] ?? null}
          disabled={busy}
          findOptions={(query) => host.options(blockId, actionId, query)}
          onChange={onUse}
        />
      );
  }
}

function Overflow({
  element,
  busy,
  onUse,
}: {
  element: JsonObject;
  busy: boolean;
  onUse(value: string): void;
}) {
  return (
    <details className="overflow">
      <summary aria-label="More actions">⋯</summary>
      <div className="menu">
        {list(element['options']).map((option) => (
          <button
            key={text(option['value'])}
            type="button"
            disabled={busy}
            onClick={(event) => {
              event.currentTarget.closest('details')?.removeAttribute('open');
              onUse(text(option['value']));
            }}
          >
            {label(option['text'])}
          </button>
        ))}
      </div>
    </details>
  );
}
