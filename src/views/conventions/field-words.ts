import type { Problem } from '../../domain/conventions/finding.ts';
import { clip } from '../clip.ts';
import { someOf } from '../listing.ts';
import type { DescribedProblem } from './described-problem.ts';

type SchemaProblem = Extract<Problem, { code: 'schema' }>;

/** How a value differs from what its kind takes. */
export function fieldWords({ object, field, why }: SchemaProblem): DescribedProblem {
  const of = `of ${clip(object, 200)}`;
  const place = clip(field, 200);
  switch (why.kind) {
    case 'type':
      return {
        title: 'A value of the wrong kind',
        what: `${place} ${of} must be ${why.wants}, and is ${why.is}.`,
        mend:
          why.wants === 'a text' && /^(?:a number|true|false)$/.test(why.is)
            ? 'Put it in quotes.'
            : `Write ${why.wants} there.`,
      };
    case 'missing':
      return {
        title: 'A field is missing',
        what: `${place === '' ? clip(object, 200) : `${place} ${of}`} needs ${clip(why.field, 100)}.`,
        mend: `Add ${clip(why.field, 100)}.`,
      };
    case 'form':
      return {
        title: 'A value of the wrong form',
        what: `${place} ${of} cannot be “${clip(why.is, 60)}”.`,
        mend: formWords(why.pattern),
      };
    case 'value':
      return {
        title: 'A value that is not among those allowed',
        what: `${place} ${of} cannot be “${clip(why.is, 60)}”.`,
        mend: `Use ${someOf(
          why.wants.map((each) => clip(each, 60)),
          12,
        )}.`,
      };
    case 'unknown':
      return {
        title: 'An unknown field',
        what: `${place} ${of} is no field that its kind is known to have.`,
        mend:
          why.near === undefined
            ? 'Correct it, unless it is newer than what is known here; this does not fail the check.'
            : `Did you mean ${clip(why.near, 100)}?`,
      };
  }
}

/** The forms that people get wrong, with an example; another one by its pattern. */
function formWords(pattern: string): string {
  if (/\(ms\|s\|m(?:\|h)?\)/.test(pattern)) return 'Use a duration such as 30s, 5m or 1h30m.';
  if (pattern.includes('://')) return `Use an address that matches ${clip(pattern, 100)}.`;
  return `Use what matches ${clip(pattern, 200)}.`;
}
