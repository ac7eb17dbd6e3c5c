import type { KnownBlock, ModalView } from '@slack/types';
import type { FleetItem, FleetRow } from '../domain/rollout/fleet-rows.ts';
import { clip } from './clip.ts';
import { durationText } from './duration-text.ts';
import { someOf } from './listing.ts';
import { line, richText, words } from './rich-text.ts';
import {
  helmText,
  kustomizationText,
  lifecycleText,
  revisionText,
  silenceTexts,
  sourceText,
} from './rollout-state-text.ts';
import { plain } from './slack-text.ts';

/** A form takes 100 blocks; these leave room for what stands around the clusters. */
const mostRows = 90;
const mostOpen = 4;

function modal(blocks: readonly KnownBlock[]): ModalView {
  return {
    type: 'modal',
    title: plain('Fleet'),
    close: plain('Close'),
    notify_on_close: false,
    blocks: [...blocks],
  };
}

function note(text: string): KnownBlock {
  return { type: 'section', text: plain(text) };
}

/** What stands while the clusters are asked. */
export function fleetLoading(): ModalView {
  return modal([note('One moment: asking the management clusters…')]);
}

export type FleetUnavailable =
  | 'guest'
  | 'no-access'
  | 'no-clusters'
  | 'no-snapshot'
  | 'policy-invalid'
  | 'queue-away';

const reasons: Readonly<Record<FleetUnavailable, string>> = {
  guest: 'Guests cannot see the fleet. Please ask a full member of your team.',
  'no-access':
    'Trunkline has no access to a cluster yet. The platform team can give it a kubeconfig; how, is in the install guide under Clusters.',
  'no-clusters': 'The platform repository shows no management cluster, and the policy names none.',
  'no-snapshot': 'The platform repository cannot be read just now. Please try again in a minute.',
  'policy-invalid': 'The policy file has mistakes. Please tell the platform team.',
  'queue-away': 'Trunkline cannot look at the clusters just now. Please try again in a minute.',
};

/** What stands in the fleet's place when it cannot be shown. */
export function fleetUnavailable(why: FleetUnavailable): ModalView {
  return modal([note(reasons[why])]);
}

/** Every cluster with what it runs; those with something to see to come first. */
export function fleetView(rows: readonly FleetRow[], hidden: readonly string[], now: number): ModalView {
  const sorted = rows.toSorted((a, b) => weight(a) - weight(b));
  const shown = sorted.slice(0, mostRows);
  const more = sorted.length - shown.length;
  return modal([
    note(summary(rows)),
    ...(hidden.length > 0 ? [note(`Not readable for Trunkline: ${clip(someOf(hidden, 5), 500)}.`)] : []),
    ...shown.map((row) => rowBlock(row, now)),
    ...(more > 0 ? [note(`And ${more} more clusters${restWords(sorted.slice(mostRows))}.`)] : []),
  ]);
}

function summary(rows: readonly FleetRow[]): string {
  const unknown = rows.filter(({ silence }) => silence !== undefined).length;
  const good = rows.filter(isGood).length;
  const parts = [`${good} of ${rows.length} clusters run what they should`];
  if (unknown > 0) parts.push(`${unknown} cannot be read`);
  return `${parts.join('; ')}.`;
}

function restWords(rest: readonly FleetRow[]): string {
  return rest.every(isGood) ? ', all of which run what they should' : '';
}

function weight(row: FleetRow): number {
  if (isFailing(row)) return 0;
  if (row.silence !== undefined) return 1;
  return isGood(row) ? 3 : 2;
}

function isGood({ silence, open, lifecycle }: FleetRow): boolean {
  return (
    silence === undefined && open.length === 0 && (lifecycle === undefined || lifecycle.kind === 'ready')
  );
}

function isFailing({ open, lifecycle }: FleetRow): boolean {
  return lifecycle?.kind === 'failed' || open.some(itemFails);
}

function itemFails({ state: { kind } }: FleetItem): boolean {
  return kind === 'failed' || kind === 'missing-tag';
}

function rowBlock(row: FleetRow, now: number): KnownBlock {
  const name = row.cluster ?? `Management cluster ${row.management}`;
  const about = [row.provider, row.environment, row.revisions.slice(0, 3).map(revisionText).join(', ')];
  const head = about.filter((each) => each !== undefined && each !== '').join(' · ');
  return richText(
    line(
      words(`${markOf(row)} `),
      words(clip(name, 150), { bold: true }),
      words(head === '' ? '' : clip(`  ${head}`, 300)),
      words(`\n${clip(stateWords(row, now), 1_200)}`),
    ),
  );
}

function markOf(row: FleetRow): string {
  if (row.silence !== undefined) return '⚪';
  if (isFailing(row)) return '🔴';
  return isGood(row) ? '✅' : '🟠';
}

function stateWords({ silence, applied, total, open, lifecycle }: FleetRow, now: number): string {
  if (silence !== undefined) {
    return `Unknown for ${durationText(now - silence.since)}, because ${silenceTexts[silence.why]}.`;
  }
  const count = total === 0 ? 'no Kustomizations' : `${applied} of ${total} Kustomizations applied`;
  const items = open
    .toSorted((a, b) => Number(itemFails(b)) - Number(itemFails(a)))
    .slice(0, mostOpen)
    .map((item) => `${clip(item.id, 120)} ${itemText(item, now)}`);
  const more = open.length - items.length;
  return [
    [count, ...(lifecycle === undefined ? [] : [lifecycleText(lifecycle)])].join(', '),
    ...items,
    ...(more > 0 ? [`and ${more} more`] : []),
  ].join('\n');
}

function itemText(item: FleetItem, now: number): string {
  switch (item.kind) {
    case 'source':
      return `(source) ${sourceText(item.state, now)}`;
    case 'kustomization':
      return kustomizationText(item.state, now);
    case 'helm-release':
      return `(HelmRelease) ${helmText(item.state)}`;
  }
}
