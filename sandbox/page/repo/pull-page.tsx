import { shortTime } from '../lib/time.ts';
import { Checks } from './checks.tsx';
import { CommitList } from './commit-list.tsx';
import { Conversation } from './conversation.tsx';
import { Diff } from './diff.tsx';
import type { ChangedFile, Commit, FullPull } from './github-types.ts';
import { Labels } from './labels.tsx';
import { PullState } from './pull-state.tsx';
import { useGitHubData } from './use-github.ts';

/** One pull request. */
export function PullPage({ number, tab, dark }: { number: string; tab: string; dark: boolean }) {
  const { data: pull, error } = useGitHubData<FullPull>(`/pulls/${number}`);
  if (!pull) return <p className="notice">{error ?? 'Loading …'}</p>;
  const link = (to: string, text: string, count?: number) => (
    <a
      href={`#/pull/${number}${to === 'conversation' ? '' : `/${to}`}`}
      id={`pull-tab-${to}`}
      aria-current={tab === to}
    >
      {text} {count !== undefined && <span className="count">{count}</span>}
    </a>
  );
  return (
    <article className="pull" data-pull={pull.number} data-merged={pull.merged}>
      <h2>
        {pull.title} <span className="muted">#{pull.number}</span>
      </h2>
      <p className="pull-meta">
        <PullState pull={pull} /> <strong>{pull.user?.login ?? 'somebody'}</strong> wants{' '}
        <code>{pull.head.ref}</code> in <code>{pull.base.ref}</code>, {shortTime(new Date(pull.created_at))}{' '}
        <Labels labels={pull.labels} />
      </p>
      <nav className="sub-tabs" aria-label="Pull request">
        {link('conversation', 'Conversation')}
        {link('commits', 'Commits', pull.commits)}
        {link('files', 'Files', pull.changed_files)}
        {link('checks', 'Checks')}
      </nav>
      {tab === 'commits' && <PullCommits number={number} />}
      {tab === 'files' && <PullFiles number={number} dark={dark} />}
      {tab === 'checks' && <Checks sha={pull.head.sha} full />}
      {tab === 'conversation' && <Conversation pull={pull} />}
    </article>
  );
}

function PullCommits({ number }: { number: string }) {
  const { data, error } = useGitHubData<readonly Commit[]>(`/pulls/${number}/commits?per_page=100`);
  return data ? <CommitList commits={data} /> : <p className="notice">{error ?? 'Loading …'}</p>;
}

function PullFiles({ number, dark }: { number: string; dark: boolean }) {
  const { data, error } = useGitHubData<readonly ChangedFile[]>(`/pulls/${number}/files?per_page=100`);
  return data ? <Diff files={data} dark={dark} /> : <p className="notice">{error ?? 'Loading …'}</p>;
}
