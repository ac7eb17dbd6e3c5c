import type { Route } from '../lib/route.ts';
import { useWorld } from '../lib/world.tsx';
import { CommitPage } from './commit-page.tsx';
import { ComparePage } from './compare-page.tsx';
import { Deployments } from './deployments.tsx';
import { FilesPage } from './files-page.tsx';
import { PullPage } from './pull-page.tsx';
import { PullsPage } from './pulls-page.tsx';
import { ReleasesPage } from './releases-page.tsx';

/** The platform repository: what GitHub's pages show of it, as far as one needs it here. */
export function RepositoryPane({ route, dark }: { route: Route; dark: boolean }) {
  const { repo } = useWorld();
  const [page = 'pulls', ...rest] = route;
  const link = (to: string, text: string, current: boolean) => (
    <a href={`#/${to}`} id={`repo-${to}`} aria-current={current}>
      {text}
    </a>
  );
  return (
    <div className="repository">
      <header className="repo-head">
        <h1>{repo}</h1>
        <nav aria-label="Repository">
          {link('pulls', 'Pull requests', page === 'pulls' || page === 'pull')}
          {link('files', 'Files', page === 'files' || page === 'commit')}
          {link('releases', 'Releases', page === 'releases' || page === 'compare')}
          {link('deployments', 'Deployments', page === 'deployments')}
        </nav>
      </header>
      <div className="repo-body">
        <Page page={page} rest={rest} dark={dark} />
      </div>
    </div>
  );
}

function Page({ page, rest, dark }: { page: string; rest: readonly string[]; dark: boolean }) {
  const [first = '', second = 'conversation'] = rest;
  switch (page) {
    case 'pull':
      return <PullPage key={first} number={first} tab={second} dark={dark} />;
    case 'files':
      return <FilesPage segments={rest} />;
    case 'commit':
      return <CommitPage key={first} sha={first} dark={dark} />;
    case 'releases':
      return <ReleasesPage tag={rest.join('/')} />;
    case 'deployments':
      return <Deployments />;
    case 'compare':
      return <ComparePage range={rest.join('/')} dark={dark} />;
    default:
      return <PullsPage />;
  }
}
