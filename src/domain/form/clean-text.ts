/**
 * What a person typed, without what cannot be seen: control characters, marks that turn the direction of writing
 * (https://trojansource.codes), invisible joiners other than the one inside emoji. Half surrogates become U+FFFD.
 */
function visible(text: string): string {
  return (
    text
      .toWellFormed()
      .normalize('NFC')
      .replace(/\r\n?|[\u0085\u2028\u2029]/g, '\n')
      .replace(/[\t\v\f]/g, ' ')
      // biome-ignore lint/suspicious/noControlCharactersInRegex: they are what is taken out
      .replace(/[\u0000-\u0009\u000B-\u001F\u007F-\u009F]/g, '')
      .replace(/[\u00AD\u061C\u180E\u200B\u200E\u200F\u202A-\u202E\u2060-\u206F\uFEFF\uFFF9-\uFFFB]/g, '')
  );
}

/** One line: line breaks become spaces, and spaces are drawn together. */
export function cleanLine(text: string): string {
  return visible(text).replace(/\s+/g, ' ').trim();
}

/** Several lines: at most one empty line in a row, no spaces at the ends of lines. */
export function cleanLines(text: string): string {
  return visible(text)
    .split('\n')
    .map((line) => line.trimEnd())
    .join('\n')
    .replace(/\n{3,}/g, '\n\n')
    .trim();
}
