import type { Arrival } from '../domain/arrival.ts';
import { formatTrailers } from '../domain/convention.ts';
import { cleanLine } from '../domain/form/clean-text.ts';
import type { TenantFile } from '../domain/tenant.ts';
import type { TenantRequest } from '../domain/tenant-request.ts';
import { arrivalWords } from './arrival-text.ts';
import { clip } from './clip.ts';
import { fileWords } from './file-text.ts';
import { listing } from './listing.ts';
import { codeMarkdown, escapeMarkdown, quoteMarkdown } from './markdown-text.ts';

export interface PullRequestContent {
  readonly request: TenantRequest;
  readonly files: readonly TenantFile[];
  readonly arrivals: readonly Arrival[];
  /** The issue at GitHub in which it was asked; merging the pull request closes it. */
  readonly issue?: number | undefined;
}

/** GitHub takes 65,536 characters; with at most so many rows nothing has to be cut in the middle. */
const mostRows = 150;

/**
 * The markdown of a request's pull request: who asks and why, what each file is for, what happens when; last the
 * trailers. Whatever a person typed stands in it as mere text.
 */
export function pullRequestBody({ request, files, arrivals, issue }: PullRequestContent): string {
  return [
    `${escapeMarkdown(clip(cleanLine(request.askedBy.name), 100))} asks for the namespace ${codeMarkdown(request.name)} on ${escapeMarkdown(listing(request.clouds))}, for ${escapeMarkdown(listing(request.environments))}.`,
    `**Owning team:** ${codeMarkdown(request.owner)}  \n**Contact:** ${codeMarkdown(request.contact)}`,
    ...(issue === undefined ? [] : [`Closes #${issue}.`]),
    '### Why',
    quoteMarkdown(request.purpose),
    '### What each file is for',
    fileTable(files),
    '### What happens when',
    arrivalList(arrivals),
    formatTrailers({ requestId: request.id, requestedBy: request.askedBy }),
  ].join('\n\n');
}

function fileTable(files: readonly TenantFile[]): string {
  const rows = files
    .slice(0, mostRows)
    .map((file) => `| ${codeMarkdown(file.path)} | ${escapeMarkdown(fileWords(file))} |`);
  const more = files.length - rows.length;
  const table = ['| File | What it is for |', '| --- | --- |', ...rows].join('\n');
  return more > 0 ? `${table}\n\nThe ${more} other files are alike.` : table;
}

function arrivalList(arrivals: readonly Arrival[]): string {
  if (arrivals.length === 0) return 'No file reaches a cluster.';
  const all = arrivalWords(arrivals);
  const lines = all
    .slice(0, mostRows)
    .map(({ where, when }) => `- **${escapeMarkdown(where)}**: ${escapeMarkdown(when)}`);
  const more = all.length - lines.length;
  return [...lines, ...(more > 0 ? [`- and ${more} more`] : [])].join('\n');
}
