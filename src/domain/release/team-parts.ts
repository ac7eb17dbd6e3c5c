import { matchesReserved } from '../names.ts';
import type { Policy } from '../policy.ts';
import type { NoteEntry, ReleaseNotes } from './release-notes.ts';

export type Team = Policy['teams'][number];

/** What a release brings to one team. */
export interface TeamPart {
  readonly team: Team;
  /** Its tenants that the release changes. */
  readonly tenants: readonly string[];
  /** The entries of the notes that name one of its tenants. */
  readonly entries: readonly NoteEntry[];
}

/**
 * The teams that a release changes something for; nobody else is told.
 *
 * @param changed tenants whose objects change, whatever the titles say.
 */
export function teamParts(
  teams: readonly Team[],
  notes: ReleaseNotes | undefined,
  changed: readonly string[],
): readonly TeamPart[] {
  const entries = notes?.sections.flatMap((section) => section.entries) ?? [];
  return teams.flatMap((team) => {
    const isOwn = (tenant: string) => team.tenants.some((pattern) => matchesReserved(tenant, pattern));
    const own = entries.filter((entry) => tenantsOf(entry).some(isOwn));
    const tenants = new Set([...changed, ...own.flatMap(tenantsOf)].filter(isOwn));
    return tenants.size === 0 ? [] : [{ team, tenants: [...tenants].sort(), entries: own }];
  });
}

/** The tenants that an entry's title names: `tenants(shop): …`, `tenants(shop, cart): …`. */
function tenantsOf({ scope, area }: NoteEntry): readonly string[] {
  if (scope !== 'tenants' || area === undefined) return [];
  return area.split(',').map((name) => name.trim());
}
