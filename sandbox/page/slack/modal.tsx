import { type FormEvent, useEffect, useRef, useState } from 'react';

import type {
  ClientOutcome,
  ClientView,
  FieldErrors,
  InputValue,
  InputValues,
} from '../../slack/client-types.ts';
import { changed } from '../lib/live.ts';
import { useWorld } from '../lib/world.tsx';
import { Blocks } from './blocks.tsx';
import { slack } from './client.ts';
import type { Host } from './host.ts';
import { openUrl } from './open-url.ts';
import { useSlack } from './slack-context.tsx';

/** The form on top of the stack. Esc and the cross go one step back, as in Slack. */
export function Modal({ view, depth }: { view: ClientView; depth: number }) {
  const { as } = useSlack();
  const { url, repo } = useWorld();
  const dialog = useRef<HTMLDialogElement>(null);
  const [typed, setTyped] = useState<InputValues>({});
  const [errors, setErrors] = useState<FieldErrors>({});
  const [message, setMessage] = useState<string>();
  const [busy, setBusy] = useState(false);
  useEffect(() => {
    dialog.current?.showModal();
    return giveFocusBack;
  }, []);
  useFocusOnFirstField(dialog, view.hash);
  useFocusOnError(dialog, errors);
  useEffect(() => setErrors(view.errors), [view.errors]);

  function told(outcome: ClientOutcome) {
    if (outcome.url) openUrl(outcome.url, url, repo);
    setErrors(outcome.errors ?? {});
    setMessage(
      outcome.outcome === 'ok' || outcome.errors ? undefined : (outcome.message ?? 'We had some trouble.'),
    );
    changed('views');
    changed('slack');
  }
  async function send(work: () => Promise<ClientOutcome>) {
    setBusy(true);
    try {
      told(await work());
    } catch (error) {
      setMessage(String((error as Error).message));
    } finally {
      setBusy(false);
    }
  }
  const container = { kind: 'view', view_id: view.id } as const;
  const host: Host = {
    kind: 'view',
    values: merged(view.values, typed),
    errors,
    busy,
    change: (blockId, actionId, value) =>
      setTyped((before) => merged(before, { [blockId]: { [actionId]: value } })),
    dispatch: async (block_id, action_id, value?: InputValue) => {
      const values = value === undefined ? typed : merged(typed, { [block_id]: { [action_id]: value } });
      const input = { as, container, block_id, action_id, values, ...(value === undefined ? {} : { value }) };
      await slack.action(input).then(told, (error: unknown) => setMessage(String((error as Error).message)));
    },
    options: (block_id, action_id, query) => slack.options({ as, container, block_id, action_id, query }),
  };
  const close = (all = false) =>
    void send(() => slack.close({ as, view_id: view.id, ...(all ? { all } : {}) }));
  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (!busy && view.submit) void send(() => slack.submit({ as, view_id: view.id, values: typed }));
  };
  return (
    <dialog
      ref={dialog}
      id="modal"
      className="modal"
      aria-labelledby="modal-title"
      aria-busy={busy}
      data-view={view.id}
      data-callback={view.callbackId}
      onCancel={(event) => {
        event.preventDefault();
        close();
      }}
    >
      <form onSubmit={submit} noValidate>
        <header>
          {depth > 1 && (
            <button type="button" className="quiet" aria-label="Back" onClick={() => close()}>
              ←
            </button>
          )}
          <h2 id="modal-title">{view.title}</h2>
          <button
            type="button"
            className="quiet"
            aria-label="Close"
            id="modal-close-all"
            onClick={() => close(true)}
          >
            ✕
          </button>
        </header>
        <div className="modal-body">
          <Blocks blocks={view.blocks} host={host} />
          {message && (
            <p className="problem" role="alert" id="modal-problem">
              {message}
            </p>
          )}
        </div>
        <footer>
          <button type="button" id="modal-close" onClick={() => close()}>
            {view.close}
          </button>
          {view.submit && (
            <button type="submit" id="modal-submit" className="primary" disabled={busy} data-busy={busy}>
              {view.submit}
            </button>
          )}
        </footer>
      </form>
    </dialog>
  );
}

function merged(under: InputValues, over: InputValues): InputValues {
  const blocks = new Set([...Object.keys(under), ...Object.keys(over)]);
  return Object.fromEntries([...blocks].map((block) => [block, { ...under[block], ...over[block] }]));
}

const FIELDS = 'input:not([type=hidden]), textarea, select';

function firstField(dialog: HTMLDialogElement | null): HTMLElement | null | undefined {
  return (
    dialog?.querySelector<HTMLElement>(`.field :is(${FIELDS})`) ??
    dialog?.querySelector<HTMLElement>('#modal-submit')
  );
}

/** Once no form is left, one can write on. */
function giveFocusBack(): void {
  setTimeout(() => {
    if (!document.querySelector('dialog[open]')) document.getElementById('composer')?.focus();
  });
}

/** Puts the cursor into the first field of a new or changed form, unless it is in a field already. */
function useFocusOnFirstField(dialog: React.RefObject<HTMLDialogElement | null>, hash: string) {
  // biome-ignore lint/correctness/useExhaustiveDependencies: another hash is another form
  useEffect(() => {
    if (!document.activeElement?.closest('.field')) firstField(dialog.current)?.focus();
  }, [dialog, hash]);
}

/** Brings the first refused field into view and puts the cursor there. */
function useFocusOnError(dialog: React.RefObject<HTMLDialogElement | null>, errors: FieldErrors) {
  const refused = Object.keys(errors).join(' ');
  useEffect(() => {
    if (refused === '') return;
    const field = dialog.current?.querySelector<HTMLElement>(`.field[data-invalid=true] :is(${FIELDS})`);
    field?.focus();
    field?.scrollIntoView({ block: 'center' });
  }, [dialog, refused]);
}
