import type { ModalView } from '@slack/types';
import { cleanLine } from '../../domain/form/clean-text.ts';
import { clip } from '../clip.ts';
import { fieldsOf } from '../form-state.ts';
import { noteView } from '../note-view.ts';
import { inputAction } from '../onboard/inputs.ts';
import { plain } from '../slack-text.ts';
import { promoteFormCallback } from './action-ids.ts';
import { type ExternalNumberRule, externalNumberField, externalNumberInput } from './external-number-form.ts';
import { form } from './text-field.ts';

export interface PromoteFormState {
  /** Published releases, the newest first. */
  readonly releases: readonly { readonly tag: string }[];
  /** The one to begin with; where it is none of them, the newest. */
  readonly tag?: string | undefined;
  readonly places: readonly {
    readonly name: string;
    /** What runs there now, where that can be told. */
    readonly runs: string | undefined;
  }[];
  /** Names of places that are ticked at first; undefined for all. */
  readonly chosen?: readonly string[] | undefined;
  readonly externalNumber: ExternalNumberRule | undefined;
  /** At most 3,000 characters. */
  readonly metadata: string;
}

export interface PromoteValues {
  readonly tag: string;
  readonly places: readonly string[];
  readonly externalNumber: string | undefined;
}

// https://docs.slack.dev/reference/block-kit/composition-objects/option-object
const longestValue = 150;
const mostOptions = 100;
const mostBoxes = 10;

/** Which version goes where. Nothing is opened before it is sent. */
export function promoteForm(state: PromoteFormState): ModalView {
  const versions = optionsOf(state.releases.map(({ tag }) => ({ value: tag, text: tag })));
  const places = optionsOf(
    state.places.map(({ name, runs }) => ({
      value: name,
      text: runs === undefined ? name : `${clip(name, 50)} (runs ${clip(runs, 30)})`,
    })),
  );
  const [newest] = versions;
  if (newest === undefined)
    return noteView('Promote', 'No release is published yet. Publish one with /trunkline release first.');
  if (places.length === 0)
    return noteView(
      'Promote',
      'Nothing in production follows a release, so there is nowhere to promote to. Please tell the platform team.',
    );
  const chosen = places.filter(({ value }) => state.chosen?.includes(value) ?? true);
  const left = state.places.length - places.length;
  return form({
    callback: promoteFormCallback,
    title: 'Promote',
    submit: 'Open the change',
    metadata: state.metadata,
    blocks: [
      {
        type: 'input',
        block_id: 'tag',
        label: plain('Version'),
        ...(state.releases.length > versions.length && {
          hint: plain('Older versions: /trunkline promote followed by the version.'),
        }),
        element: {
          type: 'static_select',
          action_id: inputAction,
          options: [...versions],
          initial_option: versions.find(({ value }) => value === state.tag) ?? newest,
        },
      },
      {
        type: 'input',
        block_id: 'places',
        label: plain('Where'),
        hint: plain(
          `One pull request each, in the order of the policy. Nothing merges before it is approved.${left > 0 ? ` ${left} more do not fit here; name them with /trunkline promote.` : ''}`,
        ),
        element: {
          type: places.length <= mostBoxes ? 'checkboxes' : 'multi_static_select',
          action_id: inputAction,
          options: [...places],
          ...(chosen.length > 0 && { initial_options: chosen }),
        },
      },
      ...(state.externalNumber === undefined
        ? []
        : [{ ...externalNumberInput(state.externalNumber), optional: true }]),
    ],
  });
}

/** @param viewState `view.state` as Slack sends it. */
export function readPromoteForm(viewState: unknown): PromoteValues {
  const fields = fieldsOf(viewState);
  return {
    tag: fields.get('tag')?.selected_option?.value ?? '',
    places: (fields.get('places')?.selected_options ?? []).map(({ value }) => value),
    externalNumber: fields.get(externalNumberField)?.value?.trim() || undefined,
  };
}

function optionsOf(choices: readonly { readonly value: string; readonly text: string }[]) {
  return choices
    .filter(({ value }) => value.length <= longestValue)
    .slice(0, mostOptions)
    .map(({ value, text }) => ({ value, text: plain(cleanLine(text), 75) }));
}
