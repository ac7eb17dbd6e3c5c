import type { Pull } from './github-types.ts';

type Shown = 'open' | 'draft' | 'merged' | 'closed';

const SIGNS: Readonly<Record<Shown, string>> = { open: '○', draft: '◌', merged: '⑂', closed: '⊘' };

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
      <span aria-hidden="true">{SIGNS[shown]}</span>
      <span className={short ? 'hidden' : undefined}> {shown}</span>
    </span>
  );
}
