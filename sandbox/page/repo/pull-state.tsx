import type { Pull } from './github-types.ts';

type Shown = 'open' | 'draft' | 'merged' | 'closed';

const ring = (x: number, y: number) => `M${x - 1.7} ${y}a1.7 1.7 0 1 0 3.4 0 1.7 1.7 0 1 0-3.4 0`;
const stem = `${ring(4, 3)}${ring(4, 13)}M4 4.7v6.6`;

/** Lines drawn in a square of 16: the base branch on the left, what joins it on the right. */
const SIGNS: Readonly<Record<Shown, string>> = {
  open: `${stem}${ring(12, 13)}M12 11.3V6.5a2 2 0 0 0-2-2H8.3M10 2.5l-2 2 2 2`,
  draft: `${stem}${ring(12, 13)}M12 10.5v-1M12 7.5v-1M12 4.5v-1`,
  merged: `${stem}${ring(12, 8)}M4 4.7c.5 2.2 2.8 3.3 6.3 3.3`,
  closed: `${stem}${ring(12, 13)}M12 11.3V8M10.2 2.5l3.6 3.6M13.8 2.5l-3.6 3.6`,
};

export function pullStateOf(pull: Pull): 'open' | 'merged' | 'closed' {
  if (pull.merged_at) return 'merged';
  return pull.state;
}

/** Open, draft, merged or closed: in words, or as a sign with the words behind it. */
export function PullState({ pull, short = false }: { pull: Pull; short?: boolean }) {
  const state = pullStateOf(pull);
  const shown: Shown = state === 'open' && pull.draft ? 'draft' : state;
  return (
    <span className="pull-state" data-state={shown} title={shown}>
      <svg viewBox="0 0 16 16" width="16" height="16" aria-hidden="true">
        <path d={SIGNS[shown]} />
      </svg>
      <span className={short ? 'hidden' : undefined}> {shown}</span>
    </span>
  );
}
