/**
 * Finds for as many groups as possible a person of their own (augmenting paths, as Kuhn's algorithm does).
 *
 * @param groupsOf per person, the groups that they are in.
 * @returns the groups that nobody is left for, in the order given.
 */
export function unmatchedGroups(
  groups: readonly string[],
  groupsOf: readonly (readonly string[])[],
): readonly string[] {
  const groupOfPerson = new Map<number, string>();
  const place = (group: string, tried: Set<number>): boolean =>
    groupsOf.some((names, person) => {
      if (!names.includes(group) || tried.has(person)) return false;
      tried.add(person);
      const taken = groupOfPerson.get(person);
      if (taken !== undefined && !place(taken, tried)) return false;
      groupOfPerson.set(person, group);
      return true;
    });
  return groups.filter((group) => !place(group, new Set()));
}
