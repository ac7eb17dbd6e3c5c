import type { ModalView } from '@slack/types';
import { ownSize } from '../../domain/form/size.ts';
import { fieldLimits, type QuantityField, quantityFields } from '../../domain/form/values.ts';
import type { Policy } from '../../domain/policy.ts';
import type { FoundQuota } from '../../domain/tenant-life/compute-quota.ts';
import type { ResizeEdit } from '../../domain/tenant-life/tenant-edit.ts';
import { fieldTitle } from '../field-title.ts';
import { figureText } from '../figure-text.ts';
import { fieldsOf } from '../form-state.ts';
import { manyOf, oneOf, textInput } from '../onboard/inputs.ts';
import { sizeTitle } from '../onboard/size-title.ts';
import { plain } from '../slack-text.ts';
import { placeText } from './place-text.ts';
import { resizeFormCallback, type TenantAbout } from './tenant-actions.ts';

/** Block of the places whose quota changes. */
export const placesField = 'places';

/** The form for another size. Own figures are always shown, for they count only where "Own figures" is chosen. */
export function resizeForm(
  about: TenantAbout,
  policy: Policy,
  quotas: readonly FoundQuota[],
  size: string | undefined,
): ModalView {
  const [first] = quotas;
  const places = quotas.map((quota) => ({
    value: `${quota.cloud}/${quota.folder}`,
    title: placeText(quota, policy.layout.shared),
  }));
  const named = Object.entries(policy.sizes.named).map(([value, compute]) => ({
    value,
    title: sizeTitle(value, compute),
  }));
  const figure = (field: QuantityField) =>
    textInput({
      field,
      label: fieldTitle(field),
      hint: `At most ${figureText(field, policy.sizes.maximum[field])}. Only for own figures.`,
      value: first?.compute[field] ?? '',
      limit: fieldLimits.quantity,
      optional: true,
    });
  return {
    type: 'modal',
    callback_id: resizeFormCallback,
    title: plain('Change size'),
    submit: plain('Preview'),
    close: plain('Cancel'),
    notify_on_close: false,
    private_metadata: JSON.stringify(about),
    blocks: [
      { type: 'section', text: plain(`Tenant ${about.name}`) },
      manyOf({
        field: placesField,
        label: 'Where',
        choices: places,
        values: places.map(({ value }) => value),
      }),
      oneOf({
        field: 'size',
        label: 'Size',
        hint: 'What all its pods may use together in each cluster.',
        choices: [...named, { value: ownSize, title: 'Own figures' }],
        value: size ?? ownSize,
      }),
      ...quantityFields.map(figure),
    ],
  };
}

/** Reads what was put into the form. @throws when it is not the state of a form. */
export function readResizeForm(viewState: unknown): ResizeEdit {
  const fields = fieldsOf(viewState);
  const text = (field: QuantityField) => fields.get(field)?.value ?? '';
  const places = (fields.get(placesField)?.selected_options ?? []).map(({ value }) => {
    const [cloud = '', ...folder] = value.split('/');
    return { cloud, folder: folder.join('/') };
  });
  return {
    kind: 'resize',
    places,
    size: fields.get('size')?.selected_option?.value ?? '',
    requestsMemory: text('requestsMemory'),
    limitsMemory: text('limitsMemory'),
    requestsCpu: text('requestsCpu'),
    limitsCpu: text('limitsCpu'),
  };
}
