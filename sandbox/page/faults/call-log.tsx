import type { Call } from '../../faults.ts';
import { ask } from '../lib/http.ts';
import { useLive } from '../lib/live.ts';

const SHOWN = 100;

/** The bot's last calls, newest first. */
export function CallLog() {
  const { data: calls, error } = useLive('calls', ['call'], () =>
    ask<readonly Call[]>(`/control/calls?last=${SHOWN}`),
  );
  const release = (call: number) => void ask('/control/release', { method: 'POST', body: { call } });
  return (
    <section aria-label="Calls of the bot">
      <h2>Calls of the bot</h2>
      {error && <p className="problem">{error}</p>}
      <div className="scroll">
        <table className="calls" id="calls">
          <thead>
            <tr>
              <th scope="col">At</th>
              <th scope="col">Service</th>
              <th scope="col">Call</th>
              <th scope="col">Status</th>
            </tr>
          </thead>
          <tbody>
            {calls?.toReversed().map((call) => (
              <tr key={call.id} data-call={call.name} data-phase={call.phase}>
                <td>{new Date(call.at).toLocaleTimeString(undefined, { hour12: false })}</td>
                <td>{call.service}</td>
                <td>
                  <code>{call.name}</code>
                </td>
                <td>
                  {call.status ?? (
                    <button
                      type="button"
                      className="quiet"
                      onClick={() => release(call.id)}
                      title="Release it if it is kept"
                    >
                      …
                    </button>
                  )}
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      </div>
    </section>
  );
}
