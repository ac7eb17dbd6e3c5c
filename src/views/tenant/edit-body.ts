import type { Arrival } from '../../domain/arrival.ts';
import { formatTrailers, type RequestTrailers } from '../../domain/convention.ts';
import { cleanLine } from '../../domain/form/clean-text.ts';
import type { EditDraft } from '../../domain/tenant-life/edit-draft.ts';
import { arrivalWords } from '../arrival-text.ts';
import { clip } from '../clip.ts';
import { fieldTitle } from '../field-title.ts';
import { codeMarkdown, escapeMarkdown } from '../markdown-text.ts';
import { offboardWarning, removalWords } from './removal-text.ts';

export interface EditBody {
  readonly tenant: string;
  readonly draft: EditDraft;
  readonly arrivals: readonly Arrival[];
  readonly trailers: RequestTrailers;
  /** Name of the second person, where one had to confirm. */
  readonly confirmedBy: string | undefined;
}

const mostRows = 60;

/** The markdown of the pull request that changes a tenant; last the trailers. */
export function editBody({ tenant, draft, arrivals, trailers, confirmedBy }: EditBody): string {
  const asker = escapeMarkdown(clip(cleanLine(trailers.requestedBy.name), 100));
  const confirmed =
    confirmedBy === undefined ? '' : ` ${escapeMarkdown(clip(cleanLine(confirmedBy), 100))} confirmed it.`;
  const isGoing = draft.kind === 'offboard';
  return [
    isGoing
      ? `${asker} asks to offboard the tenant ${codeMarkdown(tenant)}.${confirmed}`
      : `${asker} asks for a change of the tenant ${codeMarkdown(tenant)}.`,
    ...(isGoing
      ? [`> [!CAUTION]\n> ${offboardWarning}`, '### What is deleted, where and when', removalList(draft)]
      : []),
    ...(draft.figures.length > 0 ? ['### What changes', figureTable(draft)] : []),
    ...(isGoing ? [] : ['### What happens when', arrivalList(arrivals)]),
    ...(!isGoing && draft.removals.length > 0
      ? ['### What is deleted, where and when', removalList(draft)]
      : []),
    formatTrailers(trailers),
  ].join('\n\n');
}

function figureTable({ figures }: EditDraft): string {
  const rows = figures.slice(0, mostRows).map(({ cloud, folder, figure, before, after }) => {
    const was = before === undefined ? 'none' : codeMarkdown(clip(before, 30));
    return `| ${codeMarkdown(clip(`${cloud}/${folder}`, 100))} | ${fieldTitle(figure)} | ${was} | ${codeMarkdown(clip(after, 30))} |`;
  });
  const more = figures.length - rows.length;
  const table = ['| Where | Figure | Before | After |', '| --- | --- | --- | --- |', ...rows].join('\n');
  return more > 0 ? `${table}\n\nThe other ${more} are among the changed files.` : table;
}

function removalList({ removals }: EditDraft): string {
  if (removals.length === 0) return 'No Kustomization applies these files, so no cluster changes.';
  return limited(
    removals.map((removal) => {
      const { where, when, what } = removalWords(removal);
      return `- **${escapeMarkdown(clip(where, 100))}**, ${escapeMarkdown(when)}: ${escapeMarkdown(clip(what, 400))}`;
    }),
  );
}

function arrivalList(arrivals: readonly Arrival[]): string {
  if (arrivals.length === 0) return 'No file reaches a cluster.';
  return limited(
    arrivalWords(arrivals).map(
      ({ where, when }) => `- **${escapeMarkdown(where)}**: ${escapeMarkdown(when)}`,
    ),
  );
}

/** GitHub takes 65,536 characters. */
const mostLines = 20;

function limited(lines: readonly string[]): string {
  const more = lines.length - mostLines;
  return [...lines.slice(0, mostLines), ...(more > 0 ? [`- and ${more} more`] : [])].join('\n');
}
