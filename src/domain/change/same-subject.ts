import type { Subject } from './record.ts';

/** Whether two subjects are exactly the same, turn by turn. */
export function isSameSubject(one: Subject, other: Subject): boolean {
  return (
    one.pull === other.pull &&
    one.head === other.head &&
    one.turns.length === other.turns.length &&
    one.turns.every((turn, index) => {
      const against = other.turns[index];
      return (
        against !== undefined &&
        turn.source === against.source &&
        turn.from === against.from &&
        turn.running === against.running &&
        turn.to === against.to &&
        turn.target === against.target
      );
    })
  );
}
