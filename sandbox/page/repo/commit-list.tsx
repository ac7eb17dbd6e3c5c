import { shortTime } from '../lib/time.ts';
import type { Commit } from './github-types.ts';

export function CommitList({ commits }: { commits: readonly Commit[] }) {
  return (
    <ul className="rows">
      {commits.map(({ sha, commit, author }) => (
        <li key={sha} data-sha={sha}>
          <div className="grow">
            <a className="row-title" href={`#/commit/${sha}`}>
              {commit.message.split('\n')[0]}
            </a>
            <p className="muted">
              {author?.login ?? commit.author?.name}
              {commit.author?.date && `, ${shortTime(new Date(commit.author.date))}`}
              {commit.verification?.verified && <span className="verified">verified</span>}
            </p>
          </div>
          <code>{sha.slice(0, 7)}</code>
        </li>
      ))}
    </ul>
  );
}
