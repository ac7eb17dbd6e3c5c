import { shortTime } from '../lib/time.ts';
import type { Deployment, DeploymentStatus } from './github-types.ts';
import { useGitHubData } from './use-github.ts';

const SIGNS: Readonly<Record<string, string>> = { success: '✓', failure: '✗', error: '✗', inactive: '–' };

/** The repository's deployments, the newest first; those of one commit where it is given. */
export function Deployments({ sha }: { sha?: string }) {
  const path = sha === undefined ? '/deployments?per_page=30' : `/deployments?sha=${sha}`;
  const { data, error } = useGitHubData<readonly Deployment[]>(path);
  if (!data) return <p className="notice">{error ?? 'Loading …'}</p>;
  if (data.length === 0)
    return sha === undefined ? <p className="empty">Nothing has been deployed yet.</p> : null;
  return (
    <ul className="checks" id="deployments">
      {data.map((deployment) => (
        <Line key={deployment.id} deployment={deployment} />
      ))}
    </ul>
  );
}

function Line({ deployment: { id, environment, sha, created_at: at } }: { deployment: Deployment }) {
  const { data } = useGitHubData<readonly DeploymentStatus[]>(`/deployments/${id}/statuses?per_page=1`);
  const [status] = data ?? [];
  const state = status?.state ?? 'pending';
  return (
    <li data-deployment={environment} data-result={state}>
      <span className="check-sign" role="img" aria-label={state}>
        {SIGNS[state] ?? '●'}
      </span>
      <div className="grow">
        <strong>{environment}</strong>{' '}
        <a href={`#/commit/${sha}`}>
          <code>{sha.slice(0, 7)}</code>
        </a>{' '}
        <span className="muted">
          {state.replaceAll('_', ' ')}
          {status?.description && `: ${status.description}`}, {shortTime(new Date(status?.created_at ?? at))}
        </span>
      </div>
    </li>
  );
}
