import type { Pull } from './github-types.ts';

type Shown = 'open' | 'draft' | 'merged' | 'closed';

/** Lines drawn in a square of 16. */
const SIGNS: Readonly<Record<Shown, string>> = {
  open: 'M4 5.5v5M4 3.5a1.6 1.6 0 1 0 0-.01M4 12.5a1.6 1.6 0 1 0 0-.01M12 12.5a1.6 1.6 0 1 0 0-.01M12 10.5V6a2 2 0 0 0-2-2H8M9.5 2 7.5 4l2 2',
  draft:
    'M4 5.5v5M4 3.5a1.6 1.6 0 1 0 0-.01M4 12.5a1.6 1.6 0 1 0 0-.01M12 12.5a1.6 1.6 0 1 0 0-.01M12 9.5v-1M12 6V5',
  merged:
    'M4 5.5v5M4 3.5a1.6 1.6 0 1 0 0-.01M4 12.5a1.6 1.6 0 1 0 0-.01M12 8.5a1.6 1.6 0 1 0 0-.01M4 5.5c0 2 2 3 6 3',
  closed:
    'M4 5.5v5M4 3.5a1.6 1.6 0 1 0 0-.01M4 12.5a1.6 1.6 0 1 0 0-.01M12 12.5a1.6 1.6 0 1 0 0-.01M12 10.5V7M10.5 2l3 3M13.5 2l-3 3',
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
