import type { z } from 'zod';
import type { identitiesSection } from './change-sections.ts';

type Complain = (path: (string | number)[], message: string) => void;

/** No account is two people's: nobody could tell whose approval it gives. */
export function checkIdentities(people: z.output<typeof identitiesSection>, complain: Complain): void {
  const owners = new Map<string, number>();
  people.forEach(({ slack, github }, person) => {
    const accounts = [
      ...slack.map((id, index) => ({ key: `slack ${id}`, path: ['slack', index] })),
      ...(github || []).map((name, index) => ({
        // GitHub compares logins without regard to case.
        key: `github ${name.toLowerCase()}`,
        path: ['github', index],
      })),
    ];
    for (const { key, path } of accounts) {
      if (owners.has(key)) complain(['people', person, ...path], 'stands twice');
      else owners.set(key, person);
    }
  });
}
