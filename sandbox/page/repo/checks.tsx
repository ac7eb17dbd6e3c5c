import { CheckDetails } from './check-details.tsx';
import type { CheckRun, CombinedStatus } from './github-types.ts';
import { Markdown } from './markdown.tsx';
import { useGitHubData } from './use-github.ts';

interface Check {
  readonly key: string;
  readonly name: string;
  readonly result: string;
  readonly title: string;
  readonly summary: string;
  /** Undefined for a status, which has no more to say. */
  readonly run: CheckRun | undefined;
}

const SIGNS: Readonly<Record<string, string>> = {
  success: '✓',
  failure: '✗',
  error: '✗',
  timed_out: '✗',
  action_required: '!',
  neutral: '–',
  skipped: '–',
};

/** The check runs and statuses of a commit; `full` with what they have to say. */
export function Checks({ sha, full = false }: { sha: string; full?: boolean }) {
  const runs = useGitHubData<{ check_runs: readonly CheckRun[] }>(`/commits/${sha}/check-runs?per_page=100`);
  const combined = useGitHubData<CombinedStatus>(`/commits/${sha}/status`);
  const checks = [
    ...(runs.data?.check_runs ?? []).map(ofRun),
    ...(combined.data?.statuses ?? []).map(ofStatus),
  ];
  const error = runs.error ?? combined.error;
  if (error) return <p className="problem">{error}</p>;
  if (checks.length === 0) return full ? <p className="empty">Nothing has been checked.</p> : null;
  return (
    <ul className="checks">
      {checks.map(({ key, name, result, title, summary, run }) => (
        <li key={key} data-check={name} data-result={result}>
          <span className="check-sign" role="img" aria-label={result}>
            {SIGNS[result] ?? '●'}
          </span>
          <div className="grow">
            <strong>{name}</strong> <span className="muted">{title || result.replaceAll('_', ' ')}</span>
            {full && summary && <Markdown text={summary} />}
            {full && run && <CheckDetails run={run} />}
          </div>
        </li>
      ))}
    </ul>
  );
}

function ofRun(run: CheckRun): Check {
  const { id, name, status, conclusion, output } = run;
  return {
    run,
    key: `run-${id}`,
    name,
    result: conclusion ?? status,
    title: output.title ?? '',
    summary: output.summary ?? '',
  };
}

function ofStatus({ context, state, description }: CombinedStatus['statuses'][number]): Check {
  return {
    key: `status-${context}`,
    name: context,
    result: state,
    title: description ?? '',
    summary: '',
    run: undefined,
  };
}
