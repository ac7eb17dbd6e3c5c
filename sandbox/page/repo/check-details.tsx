import { useAction } from '../lib/use-action.ts';
import type { CheckAction, CheckAnnotation, CheckRun } from './github-types.ts';
import { useGitHub, useGitHubData } from './use-github.ts';

/** What a check run says line by line, and its buttons. */
export function CheckDetails({ run }: { run: CheckRun }) {
  const { login, send } = useGitHub();
  const { busy, error, run: act } = useAction();
  const hasNotes = run.output.annotations_count > 0;
  const notes = useGitHubData<readonly CheckAnnotation[]>(
    hasNotes ? `/check-runs/${run.id}/annotations?per_page=100` : undefined,
  );
  const actions = useGitHubData<readonly CheckAction[]>(`/_sandbox/check-runs/${run.id}/actions`);
  const press = (path: string) => () => act(() => send('POST', path, {}));
  return (
    <>
      {notes.data && (
        <ul className="annotations">
          {notes.data.map((note) => (
            <li key={`${note.path}:${note.start_line} ${note.message}`} data-level={note.annotation_level}>
              <code>
                {note.path}:{note.start_line}
              </code>{' '}
              <strong>{note.title}</strong>
              <p>{note.message}</p>
            </li>
          ))}
        </ul>
      )}
      {login && run.status === 'completed' && (
        <div className="line">
          {actions.data?.map(({ identifier, label, description }) => (
            <button
              key={identifier}
              type="button"
              title={description}
              disabled={busy}
              onClick={press(`/_sandbox/check-runs/${run.id}/actions/${identifier}`)}
            >
              {label}
            </button>
          ))}
          <button type="button" disabled={busy} onClick={press(`/check-runs/${run.id}/rerequest`)}>
            Re-run
          </button>
        </div>
      )}
      {error && <p className="problem">{error}</p>}
    </>
  );
}
