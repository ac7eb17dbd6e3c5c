/** `Name: value` lines of a text, by name. */
export function parseTrailers(text: string): Readonly<Record<string, string>> {
  return Object.fromEntries(
    [...text.matchAll(/^([A-Z][\w-]+): (\S+)/gm)].map(([, name = '', value = '']) => [name, value]),
  );
}
