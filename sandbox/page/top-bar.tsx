import type { Theme } from './app.tsx';
import { Avatar } from './lib/avatar.tsx';
import { type Person, useWorld } from './lib/world.tsx';

export type Tab = 'slack' | 'repository' | 'faults';

interface Props {
  readonly me: Person;
  /** What is in sight; on a wide screen Slack always is, and this is what stands beside it. */
  readonly tab: Tab;
  readonly theme: Theme;
  onPerson(slackId: string): void;
  onTheme(theme: Theme): void;
  onSlack(): void;
  onBeside(): void;
}

const NEXT: Readonly<Record<Theme, Theme>> = { system: 'light', light: 'dark', dark: 'system' };

/** The page's head: where one is, who one is, and how it looks. */
export function TopBar({ me, tab, theme, onPerson, onTheme, onSlack, onBeside }: Props) {
  const { people } = useWorld();
  const go = (place: string) => {
    window.location.hash = place;
    // Whoever is there already, but looks at Slack on a narrow screen, changes no address.
    onBeside();
  };
  return (
    <header className="top">
      <a className="brand" href="#/pulls">
        <img src="/icon.svg" alt="" width="24" height="24" />
        <span>Trunkline sandbox</span>
      </a>
      <nav className="tabs" aria-label="Panes">
        <button
          type="button"
          id="tab-slack"
          className="only-narrow"
          aria-pressed={tab === 'slack'}
          onClick={onSlack}
        >
          Slack
        </button>
        <button
          type="button"
          id="tab-repository"
          aria-pressed={tab === 'repository'}
          onClick={() => go('#/pulls')}
        >
          Repository
        </button>
        <button type="button" id="tab-faults" aria-pressed={tab === 'faults'} onClick={() => go('#/faults')}>
          Faults
        </button>
      </nav>
      <div className="who">
        <button
          type="button"
          className="quiet"
          id="theme"
          aria-label={`Colours: ${theme}. Change`}
          title={`Colours: ${theme}`}
          onClick={() => onTheme(NEXT[theme])}
        >
          {theme === 'dark' ? '☾' : theme === 'light' ? '☀' : '◐'}
        </button>
        <Avatar id={me.slackId} name={me.name} size={28} />
        <label className="hidden" htmlFor="person">
          You are
        </label>
        <select id="person" value={me.slackId} onChange={(event) => onPerson(event.target.value)}>
          {people.map(({ slackId, name, role }) => (
            <option key={slackId} value={slackId}>
              {name.replace(' (sample)', '')} – {role}
            </option>
          ))}
        </select>
      </div>
    </header>
  );
}
