import { CommitList } from './commit-list.tsx';
import { Deployments } from './deployments.tsx';
import { Diff } from './diff.tsx';
import type { Commit } from './github-types.ts';
import { useGitHubData } from './use-github.ts';

/** One commit: its whole message and what it changed. */
export function CommitPage({ sha, dark }: { sha: string; dark: boolean }) {
  const { data: commit, error } = useGitHubData<Commit>(`/commits/${encodeURIComponent(sha)}`);
  if (!commit) return <p className="notice">{error ?? 'Loading …'}</p>;
  const [, ...body] = commit.commit.message.split('\n');
  const text = body.join('\n').trim();
  return (
    <>
      <CommitList commits={[commit]} />
      {text && <pre className="commit-body">{text}</pre>}
      <Deployments sha={commit.sha} />
      <Diff files={commit.files ?? []} dark={dark} />
    </>
  );
}
