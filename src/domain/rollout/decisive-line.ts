/** A line that only tells what went well before something failed. */
const went = /(?:created|configured|unchanged|deleted|skipped)$/;
const telling =
  /error|fail|denied|forbidden|invalid|not found|no matches|time(?:d )?\s?out|timeout|unable|cannot|couldn't|refused/i;
const headRoom = 80;
const room = 300;

/**
 * The line of a controller's message that says what is wrong: lines about what went well are passed over, and of a
 * long chain of causes the beginning and the end are kept, for the innermost cause stands last.
 */
export function decisiveLine(message: string): string {
  const lines = message
    .split('\n')
    .map((line) => line.replace(/\s+/g, ' ').trim())
    .filter((line) => line !== '');
  const candidates = lines.filter((line) => !went.test(line));
  const line = candidates.find((each) => telling.test(each)) ?? candidates[0] ?? lines[0] ?? '';
  if (line.length <= room) return line;
  return `${firstCause(line)} … ${line.slice(-(room - headRoom)).replace(/^\S*\s/, '')}`;
}

function firstCause(line: string): string {
  const end = line.indexOf(': ');
  return line.slice(0, end > 0 && end < headRoom ? end + 1 : headRoom).trimEnd();
}
