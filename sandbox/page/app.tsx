import { useEffect } from 'react';

import { FaultsPane } from './faults/faults-pane.tsx';
import { FleetPane } from './fleet/fleet-pane.tsx';
import { ask } from './lib/http.ts';
import { useLive, useStream } from './lib/live.ts';
import { useNarrow } from './lib/narrow.ts';
import { permalink } from './lib/permalink.ts';
import { useRoute } from './lib/route.ts';
import { useStored } from './lib/stored.ts';
import { WorldProvider, type WorldState } from './lib/world.tsx';
import { RepositoryPane } from './repo/repository-pane.tsx';
import { Workspace } from './slack/workspace.tsx';
import { type Tab, TopBar } from './top-bar.tsx';

/** A link to a place in the repository shows that place first, where there is room for one pane only. */
const FIRST_TAB = window.location.hash.length > 2 && !permalink ? 'beside' : 'slack';

/** The page: the workspace, the repository beside it, and what can go wrong. */
export function App() {
  const { data: state, error } = useLive('state', ['faults'], () => ask<WorldState>('/control/state'));
  const [personId, setPersonId] = useStored('person', 'U0TENANT01');
  const [narrowTab, setNarrowTab] = useStored<'slack' | 'beside'>('tab', FIRST_TAB);
  const [theme, setTheme] = useStored<Theme>('theme', 'system', 'browser');
  const dark = useTheme(theme);
  const route = useRoute();
  const me = state?.people.find(({ slackId }) => slackId === personId) ?? state?.people[0];
  useStream(me?.slackId);
  const beside = besideOf(route[0]);
  const narrow = useNarrow();
  const tab: Tab = narrow && narrowTab === 'slack' ? 'slack' : beside;
  // Whoever follows a link to the repository wants to see it, on a narrow screen too.
  const place = route.join('/');
  // biome-ignore lint/correctness/useExhaustiveDependencies: setNarrowTab is new in every round
  useEffect(() => {
    const show = () => setNarrowTab('beside');
    window.addEventListener('hashchange', show);
    return () => window.removeEventListener('hashchange', show);
  }, [place]);
  if (!state || !me) return <p className="notice">{error ?? 'Opening the sandbox …'}</p>;
  return (
    <WorldProvider value={{ ...state, me }}>
      <TopBar
        me={me}
        tab={tab}
        theme={theme}
        onPerson={setPersonId}
        onTheme={setTheme}
        onSlack={() => setNarrowTab('slack')}
        onBeside={() => setNarrowTab('beside')}
      />
      <main className="panes" data-tab={tab}>
        <Workspace key={me.slackId} dark={dark} />
        <section className="pane beside" aria-label={NAMES[beside]}>
          {beside === 'faults' && <FaultsPane />}
          {beside === 'fleet' && <FleetPane />}
          {beside === 'repository' && <RepositoryPane route={route} dark={dark} />}
        </section>
      </main>
    </WorldProvider>
  );
}

type Beside = Exclude<Tab, 'slack'>;

const NAMES: Readonly<Record<Beside, string>> = {
  repository: 'Repository',
  fleet: 'Clusters',
  faults: 'Faults',
};

function besideOf(place: string | undefined): Beside {
  return place === 'faults' || place === 'fleet' ? place : 'repository';
}

export type Theme = 'system' | 'light' | 'dark';

function useTheme(theme: Theme): boolean {
  const dark =
    theme === 'dark' || (theme === 'system' && window.matchMedia('(prefers-color-scheme: dark)').matches);
  useEffect(() => {
    document.documentElement.dataset['theme'] = dark ? 'dark' : 'light';
  }, [dark]);
  return dark;
}
