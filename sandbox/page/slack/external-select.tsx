import { useEffect, useRef, useState } from 'react';

import type { ControlProps } from './control.tsx';
import { list, number, object } from './json.ts';
import { type Choice, choicesOf, chosen, type Group } from './options.ts';
import { MultiChoice, OneChoice } from './select-controls.tsx';

/** A select whose options the app finds while one types. */
export function ExternalSelect(props: ControlProps & { readonly several: boolean }) {
  const { element, value, several, findOptions } = props;
  const [query, setQuery] = useState('');
  const [found, setFound] = useState<readonly Choice[]>([]);
  const [problem, setProblem] = useState<string>();
  const least = number(element['min_query_length']) ?? 3;
  const find = useRef(findOptions);
  find.current = findOptions;
  useEffect(() => {
    if (query.length < least) return;
    let current = true;
    void find.current(query).then((outcome) => {
      if (!current) return;
      setProblem(
        outcome.outcome === 'ok' ? undefined : (outcome.message ?? 'The options could not be loaded.'),
      );
      const grouped = outcome.option_groups.flatMap((group) => list(group['options']));
      setFound(choicesOf([...outcome.options, ...grouped]));
    });
    return () => {
      current = false;
    };
  }, [query, least]);
  const initial = [object(element['initial_option']), ...list(element['initial_options'])].filter(
    (each) => each !== undefined,
  );
  const known = new Map([...choicesOf(initial), ...found].map((choice) => [choice.value, choice]));
  for (const each of chosen(value))
    if (!known.has(each)) known.set(each, { value: each, text: each, description: '' });
  const groups: readonly Group[] = [{ label: '', choices: [...known.values()] }];
  return (
    <div className="external">
      <input
        type="search"
        aria-label={`${props.name}: search`}
        placeholder={least > 0 ? `Type ${least} letters to search` : 'Search'}
        value={query}
        onChange={(event) => setQuery(event.target.value)}
      />
      {problem && <p className="problem">{problem}</p>}
      {several ? <MultiChoice {...props} groups={groups} /> : <OneChoice {...props} groups={groups} />}
    </div>
  );
}
