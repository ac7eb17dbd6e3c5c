import type { Turn } from './compare.ts';
import type { Step } from './steps.ts';

/** A step with what it does to objects. */
export interface ComparedStep {
  readonly step: Step;
  readonly turns: readonly Turn[];
}

/** Where an object that a Kustomization begins to apply was applied until then. */
export interface Move {
  readonly from: Step;
  readonly turn: Turn;
}

export interface Moves {
  /** What was added -> where it came from. */
  readonly arrived: ReadonlyMap<Turn, Move>;
  /** What was deleted, and is added elsewhere. */
  readonly left: ReadonlySet<Turn>;
}

/**
 * Finds the objects that leave one Kustomization and appear in another of the same cluster at the same time. At
 * different times it is no move: an object that is deleted now and added later is gone meanwhile.
 */
export function findMoves(compared: readonly ComparedStep[]): Moves {
  const leaving = new Map<string, Move[]>();
  for (const { step, turns } of compared) {
    for (const turn of turns) {
      if (turn.change !== 'deleted') continue;
      const key = placeOf(step, turn);
      leaving.set(key, [...(leaving.get(key) ?? []), { from: step, turn }]);
    }
  }
  const arrived = new Map<Turn, Move>();
  const left = new Set<Turn>();
  for (const { step, turns } of compared) {
    for (const turn of turns) {
      if (turn.change !== 'added') continue;
      const move = leaving.get(placeOf(step, turn))?.shift();
      if (move === undefined) continue;
      arrived.set(turn, move);
      left.add(move.turn);
    }
  }
  return { arrived, left };
}

function placeOf({ kustomization, delivery }: Step, { identity }: Turn): string {
  const { cluster, management } = kustomization;
  return JSON.stringify([cluster, management, delivery.when, delivery.follows, identity.key]);
}
