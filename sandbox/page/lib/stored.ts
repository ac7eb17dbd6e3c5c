import { useState } from 'react';

/** Like useState, kept for this tab (so that two tabs can be two people) or for all tabs. */
export function useStored<T>(
  name: string,
  initial: T,
  where: 'tab' | 'browser' = 'tab',
): [T, (value: T) => void] {
  const storage = where === 'tab' ? window.sessionStorage : window.localStorage;
  const [value, setValue] = useState<T>(() => {
    const text = storage.getItem(name);
    return text === null ? initial : (JSON.parse(text) as T);
  });
  return [
    value,
    (next) => {
      storage.setItem(name, JSON.stringify(next));
      setValue(next);
    },
  ];
}
