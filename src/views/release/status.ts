import type { KnownBlock, ModalView, RichTextElement, RichTextSection } from '@slack/types';
import { cleanLine } from '../../domain/form/clean-text.ts';
import type { PolicyProblem } from '../../domain/policy/problems.ts';
import type {
  ClusterStatus,
  OpenPull,
  PlatformStatus,
  Running,
} from '../../domain/release/platform-status.ts';
import { clip } from '../clip.ts';
import { failureText } from '../failure-text.ts';
import { someOf } from '../listing.ts';
import { noteView, policyText, whichRepositoryText } from '../note-view.ts';
import { bullets, line, richText, words } from '../rich-text.ts';
import { plain } from '../slack-text.ts';
import { entryElements } from './entry-words.ts';
import { releaseNoticeText } from './release-notices.ts';
import { safeLink } from './safe-link.ts';
import { proposalText } from './version-words.ts';
import { clusterText } from './when-words.ts';

const title = 'Status';
const mostClusters = 60;
const mostEntries = 10;
const mostPulls = 20;

/** Why the status cannot be shown. */
export type StatusUnavailable =
  | { readonly kind: 'policy-invalid'; readonly problems: readonly PolicyProblem[] }
  | { readonly kind: 'which-repository'; readonly repos: readonly string[] }
  | { readonly kind: 'failed'; readonly code: string }
  | { readonly kind: 'not-allowed' | 'queue-away' | 'github-away' };

/** What stands while the status is gathered. */
export function statusLoading(): ModalView {
  return noteView(title, 'One moment: reading what runs and what waits…');
}

/** What stands in its place when it cannot be shown. */
export function statusUnavailable(why: StatusUnavailable): ModalView {
  return noteView(title, unavailableText(why));
}

function unavailableText(why: StatusUnavailable): string {
  switch (why.kind) {
    case 'policy-invalid':
      return policyText(why.problems, 'the status cannot be told');
    case 'which-repository':
      return whichRepositoryText('/trunkline status', why.repos);
    case 'failed':
      return failureText(why.code);
    case 'not-allowed':
      return 'Guests cannot see the status of the platform. Please ask a full member.';
    case 'queue-away':
      return 'Trunkline cannot answer just now. Please try again in a minute.';
    case 'github-away':
      return 'GitHub does not answer just now. Please try again in a minute.';
  }
}

/** Where the platform stands: what each cluster runs, what waits for the next release, what is under way. */
export function statusView(status: PlatformStatus): ModalView {
  return {
    type: 'modal',
    title: plain(title),
    close: plain('Close'),
    notify_on_close: false,
    blocks: [
      heading('What runs'),
      runsBlock(status.clusters),
      heading('What waits for the next release'),
      ...waitingBlocks(status),
      heading('What is under way'),
      ...underWay(status),
    ],
  };
}

function heading(text: string): KnownBlock {
  return { type: 'header', text: plain(text, 150) };
}

function runsBlock(clusters: readonly ClusterStatus[]): KnownBlock {
  if (clusters.length === 0) {
    return richText(line(words('The repository declares no Kustomization.')));
  }
  return richText(bullets(limited(clusters.map(clusterLine), clusters.length, mostClusters)));
}

function limited(lines: readonly RichTextSection[], count: number, most: number): readonly RichTextSection[] {
  const shown = lines.slice(0, most);
  return count > shown.length ? [...shown, line(words(`and ${count - shown.length} more`))] : shown;
}

function clusterLine({
  cluster,
  management,
  environments,
  production,
  runs,
}: ClusterStatus): RichTextSection {
  const names = environments.map((name) => clip(name, 60));
  const where =
    cluster === undefined || names.length === 0
      ? ''
      : ` (${someOf(names, 5)}${production ? ', production' : ''})`;
  return line(
    words(clusterText(cluster, management), { bold: true }),
    words(
      `${where}: ${someOf(
        runs.map((each) => runningText(each, runs.length > 1)),
        5,
      )}`,
    ),
  );
}

function runningText({ follows, kustomizations, suspended }: Running, isOneOfSeveral: boolean): string {
  const many = kustomizations === 1 ? '1 Kustomization' : `${kustomizations} Kustomizations`;
  const notes = [
    ...(isOneOfSeveral ? [many] : []),
    ...(suspended === 0 ? [] : [suspended === kustomizations ? 'suspended' : `${suspended} suspended`]),
  ];
  return `${followsText(follows)}${notes.length > 0 ? ` (${notes.join(', ')})` : ''}`;
}

function followsText(follows: Running['follows']): string {
  if (follows === undefined) return 'a source that the repository does not declare';
  if (follows.kind === 'tag') return `tag ${clip(follows.tag, 100)}`;
  return follows.kind === 'branch' ? `branch ${clip(follows.branch, 100)}` : clip(follows.text, 100);
}

function waitingBlocks({ waiting, last, tagsWithoutRelease }: PlatformStatus): readonly KnownBlock[] {
  const notices: readonly KnownBlock[] =
    tagsWithoutRelease.length === 0
      ? []
      : [
          {
            type: 'context',
            elements: [
              plain(
                `⚠️ ${releaseNoticeText({ kind: 'tag-without-release', tags: tagsWithoutRelease })}`,
                2000,
              ),
            ],
          },
        ];
  const before = last === undefined ? 'There is no release yet.' : `Last release: ${clip(last, 100)}.`;
  if (waiting === undefined) {
    return [richText(line(words(`${before} What waits cannot be told just now.`))), ...notices];
  }
  const count = waiting.entries.length;
  if (count === 0) return [richText(line(words(`${before} Nothing waits.`))), ...notices];
  const sentence = `${before} ${count === 1 ? '1 change waits' : `${count} changes wait`}. Next version: ${proposalText(waiting.proposal)}`;
  const lines = waiting.entries.slice(0, mostEntries).map((entry) => line(...entryElements(entry)));
  return [richText(line(words(sentence)), bullets(limited(lines, count, mostEntries))), ...notices];
}

function underWay({ promotions, requests }: PlatformStatus): readonly KnownBlock[] {
  if (promotions.length + requests.length === 0) return [richText(line(words('Nothing is under way.')))];
  return [...pullsBlock('Promotions', promotions), ...pullsBlock('Requests for tenants', requests)];
}

function pullsBlock(title: string, pulls: readonly OpenPull[]): readonly KnownBlock[] {
  if (pulls.length === 0) return [];
  const lines = pulls.slice(0, mostPulls).map((pull) => line(...pullElements(pull)));
  return [
    richText(
      line(words(`${title} (${pulls.length})`, { bold: true })),
      bullets(limited(lines, pulls.length, mostPulls)),
    ),
  ];
}

function pullElements({ number, url, title }: OpenPull): readonly RichTextElement[] {
  return [safeLink(url, `#${number}`), words(` ${clip(cleanLine(title), 250) || 'without a title'}`)];
}
