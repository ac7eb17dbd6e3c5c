import type { Gate } from '../../src/domain/change/gates.ts';
import type { ChangeScene } from './scene.ts';

const MOST_MS = 6 * 60 * 60 * 1000;
const LEAST_MS = 1_000;

type Waiting = Pick<ChangeScene, 'change' | 'parts' | 'facts'>;

/**
 * When time alone may open a gate of a change, in milliseconds from now;
 * undefined when only somebody's deed can bring news.
 */
export function nextLookMs(scene: Waiting): number | undefined {
  const gates = scene.change.ended === undefined ? scene.parts.flatMap((part) => part.gates) : [];
  const waits = gates.flatMap((gate) => untilOf(gate, scene.facts.at) ?? []);
  return waits.length === 0 ? undefined : Math.min(MOST_MS, Math.max(LEAST_MS, Math.min(...waits)));
}

function untilOf(gate: Gate, now: number): number | undefined {
  switch (gate.kind) {
    case 'mergeability-unknown':
      return 3_000;
    case 'window':
      return gate.opensAt === undefined ? undefined : Date.parse(gate.opensAt) - now;
    case 'refused-merge':
    case 'soak':
    case 'frozen':
      return gate.until === undefined ? undefined : Date.parse(gate.until) - now;
    default:
      return undefined;
  }
}
