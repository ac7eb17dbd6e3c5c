import { withoutTrailers } from '../../domain/convention.ts';
import type { AskedWords } from '../../domain/request/read-asked.ts';
import { plainCode, unquoteMarkdown } from '../plain-markdown.ts';

/** What a person wrote in words, read back from the text that `pullRequestBody` wrote; empty where it was edited away. */
export function readRequestBody(body: string): AskedWords {
  const all = paragraphs(body);
  const people = all.find((text) => text.startsWith('**Owning team:** ')) ?? '';
  const [owner = '', contact = ''] = people.split('\n').map((row) => row.trimEnd());
  const why = all.indexOf('### Why');
  return {
    owner: plainCode(owner.slice('**Owning team:** '.length)),
    contact: contact.startsWith('**Contact:** ') ? plainCode(contact.slice('**Contact:** '.length)) : '',
    purpose: why < 0 ? '' : unquoteMarkdown(quoteAfter(all, why).join('\n\n')),
  };
}

/**
 * The fresh text of a request that has changed, with whatever people have added to the standing one: that stays, below
 * ours and above the trailers.
 *
 * @param fresh as `pullRequestBody` writes it, trailers last.
 */
export function mendRequestBody(standing: string, fresh: string): string {
  const added = foreignParagraphs(standing);
  if (added.length === 0) return fresh;
  const own = withoutTrailers(fresh);
  return [own, ...added, fresh.slice(own.length).trim()].join('\n\n');
}

const headings = ['### Why', '### What each file is for', '### What happens when'];

function foreignParagraphs(body: string): readonly string[] {
  const all = paragraphs(withoutTrailers(body));
  const why = all.indexOf('### Why');
  const quoted = why < 0 ? 0 : quoteAfter(all, why).length;
  const isTrailers = (text: string) => /^(?:Request-Id|Requested-by): /.test(text);
  return all.filter((text, index) => {
    if (headings.includes(text) || isTrailers(text)) return false;
    if (why >= 0 && index > why && index <= why + quoted) return false;
    const isLead = index === 0 && text.includes(' asks for the namespace ');
    const isTable = text.startsWith('| File | What it is for |');
    const isList = all[index - 1] === '### What happens when';
    return (
      !isLead &&
      !isTable &&
      !isList &&
      !/^(?:\*\*Owning team:\*\* |The \d+ other files are alike\.$)/.test(text)
    );
  });
}

function quoteAfter(all: readonly string[], heading: number): readonly string[] {
  const rest = all.slice(heading + 1);
  const end = rest.findIndex((text) => !text.startsWith('>'));
  return end < 0 ? rest : rest.slice(0, end);
}

function paragraphs(body: string): readonly string[] {
  return body
    .replace(/\r\n?/g, '\n')
    .split(/\n(?:[ \t]*\n)+/)
    .map((text) => text.trim())
    .filter((text) => text !== '');
}
