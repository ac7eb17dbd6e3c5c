import type { Theme } from './app.tsx';
import { Avatar } from './lib/avatar.tsx';
import { type Person, useWorld } from './lib/world.tsx';

export type Tab = 'slack' | 'repository' | 'fleet' | 'faults';

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

/** A disc half full, a sun, a moon; drawn in a square of 16. */
const SIGNS: Readonly<Record<Theme, string>> = {
  system: 'M8 1.5a6.5 6.5 0 1 0 0 13 6.5 6.5 0 0 0 0-13Zm0 1.4v10.2A5.1 5.1 0 0 1 8 2.9Z',
  light:
    'M8 4.5a3.5 3.5 0 1 0 0 7 3.5 3.5 0 0 0 0-7ZM7.3.5h1.4V3H7.3ZM7.3 13h1.4v2.5H7.3ZM.5 7.3H3v1.4H.5ZM13 7.3h2.5v1.4H13ZM2.2 3.2l1-1L5 4 4 5ZM11 12l1-1 1.8 1.8-1 1ZM2.2 12.8 4 11l1 1-1.8 1.8ZM11 4l1.8-1.8 1 1L12 5Z',
  dark: 'M6.2 1.7a6.4 6.4 0 1 0 8.1 8.1A5.4 5.4 0 0 1 6.2 1.7Z',
};

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
        <button type="button" id="tab-fleet" aria-pressed={tab === 'fleet'} onClick={() => go('#/fleet')}>
          Clusters
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
          <svg viewBox="0 0 16 16" width="18" height="18" fill="currentColor" aria-hidden="true">
            <path d={SIGNS[theme]} />
          </svg>
        </button>
        <Avatar name={me.name} size={28} />
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
