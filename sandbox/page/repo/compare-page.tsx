import { CommitList } from './commit-list.tsx';
import { Diff } from './diff.tsx';
import type { Comparison } from './github-types.ts';
import { useGitHubData } from './use-github.ts';

/** What lies between two commits, branches or tags: `v0.1.0...v0.2.0`. */
export function ComparePage({ range, dark }: { range: string; dark: boolean }) {
  const [base = '', head = ''] = range.split('...').map(encodeURIComponent);
  const { data, error } = useGitHubData<Comparison>(`/compare/${base}...${head}`);
  if (!data) return <p className="notice">{error ?? 'Loading …'}</p>;
  return (
    <>
      <h2>
        {range}{' '}
        <span className="count">
          {data.total_commits === 1 ? '1 commit' : `${data.total_commits} commits`}
        </span>
      </h2>
      {data.commits.length > 0 && <CommitList commits={data.commits} />}
      <Diff files={data.files ?? []} dark={dark} />
    </>
  );
}
