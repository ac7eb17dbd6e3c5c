import { type FormEvent, useState } from 'react';

import type { Service } from '../../faults.ts';
import { ask } from '../lib/http.ts';
import { useAction } from '../lib/use-action.ts';
import { PRESETS } from './presets.ts';

const SERVICES = ['github', 'slack', 'kubernetes'] as const satisfies readonly Service[];
const NAMES: Readonly<Record<Service, string>> = {
  github: 'GitHub',
  slack: 'Slack',
  kubernetes: 'Kubernetes',
};
const EXAMPLES: Readonly<Record<Service, string>> = {
  github: 'graphql|POST /repos/.*/pulls, or pull_request',
  slack: 'chat.postMessage, or view_submission',
  kubernetes: 'GET .*/kustomizations, or WATCH',
};

/** Picks a fault and lets it wait for its victim. */
export function FaultForm() {
  const [service, setService] = useState<Service>('github');
  const [presetId, setPresetId] = useState('error-after-doing');
  const [match, setMatch] = useState('');
  const [times, setTimes] = useState('1');
  const { busy, error, run } = useAction();
  const preset = PRESETS.find(({ id }) => id === presetId);
  const groups = [
    ['The bot calls', 'call'],
    ['The bot is told', 'delivery'],
  ] as const;
  // Clusters tell the bot nothing of their own accord.
  const offered = groups.filter(([, on]) => on === 'call' || service !== 'kubernetes');
  function strike(event: FormEvent) {
    event.preventDefault();
    if (!preset) return;
    const { on, effect } = preset;
    const body = { service, on, effect, times: Number(times), ...(match === '' ? {} : { match }) };
    void run(() => ask('/control/faults', { method: 'POST', body }));
  }
  return (
    <form className="card fault-form" onSubmit={strike} aria-label="Strike">
      <label>
        Service
        <select
          id="fault-service"
          value={service}
          onChange={(event) => setService(event.target.value as Service)}
        >
          {SERVICES.map((each) => (
            <option key={each} value={each}>
              {NAMES[each]}
            </option>
          ))}
        </select>
      </label>
      <label>
        What goes wrong
        <select id="fault-preset" value={presetId} onChange={(event) => setPresetId(event.target.value)}>
          {offered.map(([title, on]) => (
            <optgroup key={on} label={title}>
              {PRESETS.filter((each) => each.on === on).map(({ id, text }) => (
                <option key={id} value={id}>
                  {text}
                </option>
              ))}
            </optgroup>
          ))}
        </select>
      </label>
      <label>
        Only names that match
        <input
          id="fault-match"
          value={match}
          placeholder={EXAMPLES[service]}
          onChange={(event) => setMatch(event.target.value)}
        />
      </label>
      <label className="short">
        Times
        <input
          id="fault-times"
          inputMode="numeric"
          value={times}
          onChange={(event) => setTimes(event.target.value)}
        />
      </label>
      <button type="submit" id="strike" className="primary" disabled={busy}>
        Strike
      </button>
      {error && (
        <p className="problem" role="alert">
          {error}
        </p>
      )}
    </form>
  );
}
