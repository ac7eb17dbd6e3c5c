import { useStored } from '../lib/stored.ts';
import { shortTime } from '../lib/time.ts';
import type { Pull } from './github-types.ts';
import { Labels } from './labels.tsx';
import { PullState, pullStateOf } from './pull-state.tsx';
import { useGitHubData } from './use-github.ts';

const FILTERS = ['open', 'merged', 'closed', 'all'] as const;
type Filter = (typeof FILTERS)[number];

/** The list of pull requests, newest first. */
export function PullsPage() {
  const [filter, setFilter] = useStored<Filter>('pulls-filter', 'all');
  const { data: pulls, error } = useGitHubData<readonly Pull[]>(
    '/pulls?state=all&per_page=100&sort=created&direction=desc',
  );
  const count = (which: Filter) =>
    pulls?.filter((pull) => which === 'all' || pullStateOf(pull) === which).length;
  const listed = pulls?.filter((pull) => filter === 'all' || pullStateOf(pull) === filter);
  return (
    <>
      <fieldset className="filters" aria-label="Which pull requests">
        {FILTERS.map((which) => (
          <button
            key={which}
            type="button"
            id={`filter-${which}`}
            aria-pressed={filter === which}
            onClick={() => setFilter(which)}
          >
            {which} <span className="count">{count(which) ?? ''}</span>
          </button>
        ))}
      </fieldset>
      {error && <p className="problem">{error}</p>}
      <ul className="rows" id="pulls">
        {listed?.map((pull) => (
          <li key={pull.number} id={`pull-${pull.number}`} data-state={pullStateOf(pull)}>
            <PullState pull={pull} short />
            <div className="grow">
              <a className="row-title" href={`#/pull/${pull.number}`}>
                {pull.title}
              </a>{' '}
              <Labels labels={pull.labels} />
              <p className="muted">
                #{pull.number} by {pull.user?.login ?? 'somebody'}, {shortTime(new Date(pull.created_at))}
              </p>
            </div>
          </li>
        ))}
      </ul>
      {listed?.length === 0 && <p className="empty">None here.</p>}
    </>
  );
}
