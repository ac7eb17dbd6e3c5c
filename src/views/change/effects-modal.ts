import type { KnownBlock, ModalView, RichTextSection } from '@slack/types';
import type { ChangeSheet, PartSheet, Risk } from '../../domain/change/sheet.ts';
import type { When } from '../../domain/delivery.ts';
import type { Effect, ObjectChange } from '../../domain/effects/effect.ts';
import { cleanLine } from '../../domain/form/clean-text.ts';
import { clip } from '../clip.ts';
import { noteView } from '../note-view.ts';
import { notRenderedWords } from '../release/not-rendered-words.ts';
import { clusterText, whenText } from '../release/when-words.ts';
import { bullets, line, richText, words } from '../rich-text.ts';
import { plain } from '../slack-text.ts';
import { placeName } from './approval-words.ts';
import { changeTitle } from './change-title.ts';
import { count } from './gate-words.ts';
import { turnTexts } from './part-words.ts';
import { warningsOf, warningText } from './warning-words.ts';

/** Slack takes 100 blocks and 250,000 bytes of a view. */
const mostBlocks = 90;
const mostBytes = 180_000;
const mostObjects = 25;

const times: readonly When[] = ['next-promotion', 'unknown', 'suspended', 'at-merge'];

type Change = ObjectChange['change'];

/** What comes first is what cannot be undone. */
const order: readonly Change[] = ['deleted', 'moved', 'changed', 'added'];

/** What each pull request does, by cluster and Kustomization, object by object: behind Show changes. */
export function effectsModal(sheet: ChangeSheet): ModalView {
  const warnings = warningsOf(sheet);
  const head: KnownBlock[] = [
    { type: 'header', text: plain(changeTitle(sheet), 150) },
    ...(warnings.length === 0
      ? []
      : [richText(bullets(warnings.slice(0, 30).map((each) => line(words(`⚠️ ${warningText(each)}`)))))]),
  ];
  const body = sheet.parts.filter(({ state }) => state !== 'closed').flatMap(partBlocks);
  const { shown, left } = fitting(body, mostBlocks - head.length);
  return noteView(`Change ${sheet.number}`, '', {
    blocks: [
      ...head,
      ...(body.length === 0
        ? [note('What it does could not be worked out.')]
        : shown.map(({ block }) => block)),
      ...(left > 0
        ? [
            note(
              `This is not all: ${count(left, 'more Kustomization')} would not fit here. The pull request lists them.`,
            ),
          ]
        : []),
    ],
  });
}

interface Told {
  readonly block: KnownBlock;
  readonly bytes: number;
  /** Whether it tells of a Kustomization. */
  readonly counts: boolean;
}

function fitting(
  all: readonly Told[],
  most: number,
): { readonly shown: readonly Told[]; readonly left: number } {
  const shown: Told[] = [];
  let bytes = 0;
  for (const told of all) {
    if (shown.length >= most || bytes + told.bytes > mostBytes) break;
    shown.push(told);
    bytes += told.bytes;
  }
  return { shown, left: all.slice(shown.length).filter(({ counts }) => counts).length };
}

function partBlocks(part: PartSheet): readonly Told[] {
  const turned = turnTexts({ parts: [part], tag: undefined }).join(', ');
  const head = told(
    line(words(placeName(part), { bold: true }), words(turned === '' ? ' ' : `: ${clip(turned, 250)}`)),
  );
  return [
    head,
    ...(part.risk === undefined
      ? [told(line(words('What it does could not be worked out.')))]
      : riskBlocks(part.risk, (part.subject?.turns.length ?? 0) > 0)),
  ];
}

function riskBlocks({ effects }: Risk, isPromotion: boolean): readonly Told[] {
  const telling = effects.filter(({ objects, notRendered }) => objects.length + notRendered.length > 0);
  if (telling.length === 0) return [told(line(words('No object changes.')))];
  // What is decided here stands before what is so already.
  const sorted = telling.toSorted((one, other) => times.indexOf(one.when) - times.indexOf(other.when));
  return sorted.map((effect) => effectBlock(effect, isPromotion));
}

/** Outside of a promotion nothing is live before the merge. */
function timeText(when: When, isPromotion: boolean): string {
  return when === 'at-merge' && !isPromotion ? 'when it merges' : whenText(when);
}

function effectBlock(effect: Effect, isPromotion: boolean): Told {
  const objects = effect.objects.toSorted(
    (one, other) => order.indexOf(one.change) - order.indexOf(other.change),
  );
  const lines = [
    ...cut(objects.map(objectText), 'object'),
    ...cut(
      effect.notRendered.map(
        ({ path, why }) => `⚠️ Could not be told: ${name(path)} (${notRenderedWords[why]})`,
      ),
      'file',
    ),
  ];
  const head = line(
    words(clusterText(effect.cluster, effect.management), { bold: true }),
    words(` · Kustomization ${name(effect.kustomization)} · ${timeText(effect.when, isPromotion)}`),
  );
  return toldOf(richText(head, bullets(lines.map((text) => line(words(text))))), true);
}

function cut(all: readonly string[], noun: string): readonly string[] {
  const more = all.length - mostObjects;
  return more > 0 ? [...all.slice(0, mostObjects), `and ${count(more, `more ${noun}`)}`] : all;
}

function objectText({ kind, namespace, name: own, change, moved, pruned }: ObjectChange): string {
  const object = `${name(kind)} ${namespace === undefined ? '' : `${name(namespace)}/`}${name(own)}`;
  switch (change) {
    case 'added':
    case 'changed':
      return `${change === 'added' ? 'Added' : 'Changed'}: ${object}`;
    case 'deleted':
      return pruned
        ? `🗑️ Deleted by pruning: ${object}`
        : `Not applied any more, stays in the cluster: ${object}`;
    case 'moved':
      return `Moved: ${object}${moved === undefined ? '' : `, from ${name(moved.from)} to ${name(moved.to)}`}${pruned ? '; it may be deleted on the way' : ''}`;
  }
}

function name(text: string): string {
  return clip(cleanLine(text), 120);
}

function told(section: RichTextSection): Told {
  return toldOf(richText(section), false);
}

function toldOf(block: KnownBlock, counts: boolean): Told {
  return { block, bytes: new TextEncoder().encode(JSON.stringify(block)).length, counts };
}

function note(text: string): KnownBlock {
  return richText(line(words(text)));
}
