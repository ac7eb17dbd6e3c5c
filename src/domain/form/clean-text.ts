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
      .replace(/[\u115F\u1160\u3164\uFFA0]|[\u{E0100}-\u{E01EF}]/gu, '')
      // Invisible letters; the flags of England, Scotland and Wales are made of them and may stay.
      .replace(/(\u{1F3F4}[\u{E0061}-\u{E007A}]{5}\u{E007F})|[\u{E0000}-\u{E007F}]/gu, '$1')
  );
}

/** Whether there is anything to read: a letter, a digit, a sign or an emoji. */
export function isReadable(text: string): boolean {
  return /[\p{L}\p{N}\p{P}\p{S}]/u.test(text);
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
