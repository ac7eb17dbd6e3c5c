import type { Arrival } from '../domain/arrival.ts';
import type { CheckedRequest } from '../domain/check-request.ts';
import { arrivalLines } from './arrival-lines.ts';
import { fileTree, listing } from './listing.ts';
import type { SlackMessage } from './request-message.ts';
import { bullets, line, preformatted, quote, richText, words } from './rich-text.ts';
import { fallback } from './slack-text.ts';

export interface RequestDetails {
  readonly request: CheckedRequest;
  readonly files: readonly { readonly path: string }[];
  readonly arrivals: readonly Arrival[];
}

// A message takes about 13,200 characters of blocks; these leave room for escapes and the blocks themselves.
const purposeLimit = 1200;
const treeLimit = 3500;
const mostClusters = 20;

/** The details of a request, for the thread below its message. */
export function requestThread({ request, files, arrivals }: RequestDetails): SlackMessage {
  return {
    text: fallback(`Details of ${request.name}`),
    blocks: [
      richText(
        line(
          words('Owning team: ', { bold: true }),
          words(request.owner),
          words('\nContact: ', { bold: true }),
          words(request.contact),
          words('\nSize: ', { bold: true }),
          words(sizeWords(request)),
          words('\nReach: ', { bold: true }),
          words(reachWords(request)),
          words('\nPurpose:', { bold: true }),
        ),
        quote(request.purpose, purposeLimit),
      ),
      richText(
        line(words('Files', { bold: true })),
        preformatted(fileTree(files.map(({ path }) => path)), treeLimit),
      ),
      ...(arrivals.length === 0
        ? []
        : [
            richText(
              line(words('When it arrives', { bold: true })),
              bullets(arrivalLines(arrivals, mostClusters)),
            ),
          ]),
    ],
  };
}

function sizeWords({ size }: CheckedRequest): string {
  if (size.kind === 'named') return size.name;
  const { requestsCpu, limitsCpu, requestsMemory, limitsMemory } = size.compute;
  return `CPU ${requestsCpu}, at most ${limitsCpu}; memory ${requestsMemory}, at most ${limitsMemory}`;
}

function reachWords({ reach }: CheckedRequest): string {
  const ports = [...new Set(reach.ports.map(({ port }) => port))].sort((a, b) => a - b);
  const open = [
    ...(reach.sameNamespace ? ['the same namespace'] : []),
    ...(reach.ingress ? ['the ingress controller'] : []),
    ...(ports.length > 0 ? [`named sources on TCP ${listing(ports.map(String))}`] : []),
  ];
  return open.length === 0 ? 'nothing' : listing(open);
}
