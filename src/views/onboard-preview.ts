import type { KnownBlock, ModalView } from '@slack/types';
import type { Arrival } from '../domain/arrival.ts';
import type { CheckedRequest } from '../domain/check-request.ts';
import { type FormValues, packFormValues, unpackFormValues } from '../domain/form/values.ts';
import type { TenantPlace } from '../domain/platform.ts';
import type { TenantFile } from '../domain/tenant.ts';
import { arrivalLines } from './arrival-lines.ts';
import { fileWords } from './file-text.ts';
import { fileTree } from './listing.ts';
import { type FormNotice, noticeBlock } from './onboard/notices.ts';
import { type ChangeTarget, changePreviewCallback, encodeTarget } from './request/change-target.ts';
import { bullets, line, preformatted, richText, words } from './rich-text.ts';
import { plain } from './slack-text.ts';

export const onboardPreviewCallback = 'onboard-preview';

export interface PreviewState {
  readonly request: CheckedRequest;
  readonly files: readonly TenantFile[];
  readonly arrivals: readonly Arrival[];
  readonly title: string;
  /** Where the tenant stands already. */
  readonly adds: readonly TenantPlace[];
  /** What could not be checked. */
  readonly unknown: readonly ('platform' | 'open-requests')[];
  readonly values: FormValues;
  /** `owner/name` of the platform repository. */
  readonly repo: string;
  /** The request that is changed, rather than a new one. */
  readonly changes?: ChangeTarget | undefined;
}

/** Slack takes 100 blocks; beyond these files only the tree shows the rest. */
const mostFiles = 80;
const mostClusters = 40;
const treeLimit = 6000;
const fileLimit = 2900;

/**
 * What the request will bring, before it is sent: title, tree, arrival in each cluster, every file.
 * `private_metadata` holds what `readPreviewMetadata` reads.
 */
export function previewModal(state: PreviewState): ModalView {
  const { changes } = state;
  return {
    type: 'modal',
    callback_id: onboardPreviewCallback,
    title: plain('Preview'),
    submit: plain(changes ? 'Change request' : 'Open pull request'),
    close: plain('Back'),
    notify_on_close: false,
    private_metadata: `${state.repo}\n${packFormValues(state.values)}`,
    ...(changes && {
      callback_id: changePreviewCallback,
      private_metadata: `${encodeTarget(changes)}\n${packFormValues(state.values)}`,
    }),
    blocks: [
      {
        type: 'section',
        text: plain(
          changes
            ? `This is what pull request #${changes.number} will hold then. Nothing is written yet.`
            : 'This is the pull request that will be opened. Nothing is written yet.',
        ),
      },
      richText(line(words(state.title, { bold: true }))),
      ...previewNotices(state).map(noticeBlock),
      heading('Files'),
      richText(preformatted(fileTree(state.files.map(({ path }) => path)), treeLimit)),
      heading('When it arrives'),
      arrivalBlock(state.arrivals),
      heading('What the files hold'),
      ...fileBlocks(state.files),
    ],
  };
}

/**
 * What a preview keeps of the form below it; `repo` is the target in one of a change.
 * @throws when the text is not of a preview.
 */
export function readPreviewMetadata(text: string): { readonly repo: string; readonly values: FormValues } {
  const end = text.indexOf('\n');
  return { repo: text.slice(0, end), values: unpackFormValues(text.slice(end + 1)) };
}

function heading(text: string): KnownBlock {
  return { type: 'header', text: plain(text, 150) };
}

function previewNotices({ request, files, adds, unknown }: PreviewState): readonly FormNotice[] {
  const bare = request.clouds.filter((cloud) =>
    files.every((file) => file.cloud !== cloud || isOfEnvironment(file)),
  );
  return [
    ...(adds.length > 0 ? [{ kind: 'adds', name: request.name, places: adds } as const] : []),
    ...(bare.length > 0 ? [{ kind: 'shared-stays', clouds: bare } as const] : []),
    ...unknown.map(
      (what) => ({ kind: what === 'platform' ? 'preview-uncertain' : 'open-requests-unknown' }) as const,
    ),
  ];
}

function isOfEnvironment({ what }: TenantFile): boolean {
  return what.kind === 'role-binding' || (what.kind === 'template' && what.isOfEnvironment);
}

function arrivalBlock(arrivals: readonly Arrival[]): KnownBlock {
  if (arrivals.length === 0) {
    return richText(line(words('This cannot be told while the repository cannot be read.')));
  }
  return richText(bullets(arrivalLines(arrivals, mostClusters)));
}

function fileBlocks(files: readonly TenantFile[]): readonly KnownBlock[] {
  const blocks = files
    .slice(0, mostFiles)
    .map((file) =>
      richText(
        line(words(file.path, { bold: true }), words(`\n${capital(fileWords(file))}.`)),
        preformatted(file.content, fileLimit),
      ),
    );
  const more = files.length - mostFiles;
  if (more <= 0) return blocks;
  const rest = `${more} more files are alike. The pull request shows all of them.`;
  return [...blocks, { type: 'section', text: plain(rest) }];
}

function capital(text: string): string {
  return `${text.slice(0, 1).toUpperCase()}${text.slice(1)}`;
}
