import { parseTitle } from './convention.ts';

/** The tenant that a pull request onboards, from its title; undefined when the title says nothing of the kind. */
export function onboardedName(title: string): string | undefined {
  const parsed = parseTitle(title);
  return parsed?.scope === 'tenants' && parsed.subject.startsWith('onboarding ') ? parsed.area : undefined;
}
