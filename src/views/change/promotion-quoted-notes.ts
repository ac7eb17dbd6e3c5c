/** Breaks what GitHub would act on; it takes no room. */
const gap = '\u200b';

/**
 * A release's notes as they may stand in a pull request: with their markup, but nobody is told again, no issue is
 * closed by the merge, nothing is hidden in HTML, and no block of code swallows what follows.
 * https://docs.github.com/en/issues/tracking-your-work-with-issues/using-issues/linking-a-pull-request-to-an-issue
 */
export function promotionQuotedNotes(markdown: string): string {
  let fence: string | undefined;
  const lines = markdown
    .replace(/\r\n?/g, '\n')
    .trim()
    .split('\n')
    .map((line) => {
      const [, mark, rest = ''] = /^ {0,3}(`{3,}|~{3,})(.*)$/.exec(line) ?? [];
      const isFence = mark !== undefined && (fence !== undefined || mark[0] === '~' || !rest.includes('`'));
      if (isFence) fence = nextFence(fence, mark, rest);
      return isFence || fence !== undefined ? tame(line) : lowerHeading(tame(line));
    });
  return (fence === undefined ? lines : [...lines, fence]).join('\n');
}

function nextFence(open: string | undefined, mark: string, rest: string): string | undefined {
  if (open === undefined) return mark;
  const isClosing = mark[0] === open[0] && mark.length >= open.length && rest.trim() === '';
  return isClosing ? undefined : open;
}

function tame(line: string): string {
  return line
    .replace(/@(?=[\w])/g, `@${gap}`)
    .replace(/<(?!https?:\/\/[^\s<>]*>)(?=[A-Za-z/!?])/g, `<${gap}`)
    .replace(/&(?=#|commat;|num;)/g, `&${gap}`)
    .replace(
      /\b(c|f|r)(lose[sd]?|ix(?:e[sd])?|esolve[sd]?)(?=:?\s*$|:?\s+(?:\S{0,200}#|https?:|GH-|\[|<))/gi,
      `$1${gap}$2`,
    );
}

/** So that the notes' own headings stand below the release's. */
function lowerHeading(line: string): string {
  return line.replace(/^( {0,3})(#{1,6})(?=\s)/, (_, indent: string, marks: string) => {
    return indent + '#'.repeat(Math.min(6, marks.length + 3));
  });
}
