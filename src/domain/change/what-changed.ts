import type { Subject, Turn } from './record.ts';

/** What an approval was about that is another now, each in a few words. */
export function whatChanged(before: Subject, after: Subject): readonly string[] {
  const head = before.head === after.head ? [] : [`the head: ${short(before.head)} → ${short(after.head)}`];
  const turns = after.turns.flatMap((turn) =>
    turnChanges(
      before.turns.find(({ source }) => source === turn.source),
      turn,
    ),
  );
  const gone = before.turns.filter(({ source }) => !after.turns.some((turn) => turn.source === source));
  return [...head, ...turns, ...gone.map(({ source }) => `${nameOf(source)} is turned no more`)];
}

function turnChanges(before: Turn | undefined, after: Turn): readonly string[] {
  const name = nameOf(after.source);
  if (before === undefined) return [`${name} is turned as well`];
  return [
    ...(before.to === after.to ? [] : [`what ${name} will follow: ${before.to} → ${after.to}`]),
    ...(before.from === after.from && before.running === after.running
      ? []
      : [
          `what runs now: ${before.from} at ${short(before.running)} → ${after.from} at ${short(after.running)}`,
        ]),
    ...(before.to !== after.to || before.target === after.target
      ? []
      : [`the commit of ${after.to}: ${short(before.target)} → ${short(after.target)}`]),
  ];
}

function nameOf(source: string): string {
  return source.slice(source.lastIndexOf('/') + 1);
}

function short(commit: string | undefined): string {
  return commit === undefined ? 'none' : commit.slice(0, 7);
}
