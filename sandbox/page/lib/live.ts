import { useEffect, useRef, useState } from 'react';

export interface Loaded<T> {
  readonly data: T | undefined;
  readonly error: string | undefined;
  reload(): void;
}

/**
 * Loads something, and loads it again whenever one of the topics changes.
 *
 * The last data stays on view while new data is on its way; an older answer never replaces a newer one.
 *
 * @param key what is asked for; another key forgets the data. Nothing is loaded while it is undefined.
 */
export function useLive<T>(
  key: string | undefined,
  topics: readonly Topic[],
  load: () => Promise<T>,
): Loaded<T> {
  const [state, setState] = useState<{ key: string | undefined; data?: T; error?: string }>({ key });
  const [round, setRound] = useState(0);
  const latest = useRef(load);
  latest.current = load;
  const wanted = topics.join(' ');
  useEffect(() => {
    const again = () => setRound((before) => before + 1);
    const ends = wanted.split(' ').map((topic) => subscribe(topic, again));
    return () => {
      for (const end of ends) end();
    };
  }, [wanted]);
  // biome-ignore lint/correctness/useExhaustiveDependencies: a new round asks again for the same key
  useEffect(() => {
    if (key === undefined) return;
    let current = true;
    latest.current().then(
      (data) => current && setState({ key, data }),
      (error: unknown) =>
        current && setState((before) => ({ ...before, key, error: String((error as Error).message) })),
    );
    return () => {
      current = false;
    };
  }, [key, round]);
  const fresh = state.key === key;
  return {
    data: fresh ? state.data : undefined,
    error: fresh ? state.error : undefined,
    reload: () => setRound((before) => before + 1),
  };
}

/** `slack` and `views` are one person's workspace; the others are the world's. */
export type Topic = 'slack' | 'views' | 'github' | 'faults' | 'call' | 'fleet';

const COALESCE_MS = 60;
const listeners = new Map<string, Set<() => void>>();
const waiting = new Set<string>();

function subscribe(topic: string, listener: () => void): () => void {
  const set = listeners.get(topic) ?? new Set();
  listeners.set(topic, set.add(listener));
  return () => void set.delete(listener);
}

/** Tells whoever shows the topic, once for all changes of the next moment. */
export function changed(topic: Topic): void {
  if (waiting.has(topic)) return;
  waiting.add(topic);
  setTimeout(() => {
    waiting.delete(topic);
    for (const listener of listeners.get(topic) ?? []) listener();
  }, COALESCE_MS);
}

/** Follows the world, and one person's workspace in it, for as long as the component stands. */
export function useStream(person: string | undefined): void {
  useEffect(() => (person ? follow(`/control/stream?as=${person}`) : undefined), [person]);
}

const TOPICS: Readonly<Record<string, readonly Topic[]>> = {
  github: ['github'],
  faults: ['faults'],
  call: ['call'],
  fleet: ['fleet'],
  slack: ['slack', 'views'],
};

function follow(url: string): () => void {
  const source = new EventSource(url);
  let opened = false;
  const tell = (topics: readonly Topic[]) => {
    for (const topic of topics) changed(topic);
  };
  for (const [event, topics] of Object.entries(TOPICS)) source.addEventListener(event, () => tell(topics));
  source.addEventListener('open', () => {
    // What happened while the stream was broken was not told.
    if (opened) tell(Object.values(TOPICS).flat());
    opened = true;
  });
  return () => source.close();
}
