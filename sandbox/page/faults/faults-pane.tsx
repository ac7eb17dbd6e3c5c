import type { Fault } from '../../faults.ts';
import { ask } from '../lib/http.ts';
import { useLive } from '../lib/live.ts';
import { useAction } from '../lib/use-action.ts';
import { CallLog } from './call-log.tsx';
import { FaultForm } from './fault-form.tsx';
import { Levers } from './levers.tsx';
import { PRESETS } from './presets.ts';

/** What can be made to go wrong, what waits to strike, and what the bot has called. */
export function FaultsPane() {
  const { data: faults, error } = useLive('faults', ['faults', 'call'], () =>
    ask<readonly Fault[]>('/control/faults'),
  );
  const clearing = useAction();
  return (
    <div className="faults">
      <h1>Faults</h1>
      <p className="muted">The next calls of the bot, or deliveries to it, go wrong as chosen.</p>
      <FaultForm />
      <section aria-label="Waiting to strike">
        <div className="line">
          <h2 className="grow">Waiting to strike</h2>
          <button
            type="button"
            id="clear-faults"
            disabled={faults?.length === 0 || clearing.busy}
            onClick={() => void clearing.run(() => ask('/control/faults', { method: 'DELETE' }))}
          >
            Clear all
          </button>
        </div>
        {(error ?? clearing.error) && <p className="problem">{error ?? clearing.error}</p>}
        <ul className="rows" id="faults">
          {faults?.map((fault) => (
            <li key={fault.id} data-fault={fault.id}>
              <span className="label">{fault.service}</span>
              <span className="grow">
                {describe(fault)} {fault.match && <code>{fault.match}</code>}
              </span>
              <span className="muted">{fault.left} left</span>
            </li>
          ))}
          {faults?.length === 0 && <li className="empty">None.</li>}
        </ul>
      </section>
      <Levers />
      <CallLog />
    </div>
  );
}

function describe({ on, effect }: Fault): string {
  const wanted = JSON.stringify(effect);
  const preset = PRESETS.find((each) => each.on === on && JSON.stringify(each.effect) === wanted);
  return preset?.text ?? `${on}: ${effect.kind}`;
}
