import type { KnownBlock } from '@slack/types';
import { ownSize } from '../../domain/form/size.ts';
import { type FormValues, fieldLimits, type QuantityField } from '../../domain/form/values.ts';
import type { Policy } from '../../domain/policy.ts';
import { fieldTitle } from '../field-title.ts';
import { figureText } from '../figure-text.ts';
import { oneOf, textInput } from './inputs.ts';
import { sizeTitle } from './size-title.ts';

/** Action id of the size: choosing own figures brings their fields. */
export const sizeAction = 'onboard-size';

/** The size, and the fields for own figures where these are chosen. */
export function sizeInputs(policy: Policy, values: FormValues): KnownBlock[] {
  const named = Object.entries(policy.sizes.named).map(([value, compute]) => ({
    value,
    title: sizeTitle(value, compute),
  }));
  const own = { value: ownSize, title: 'Own figures' };
  const choice = oneOf({
    field: 'size',
    label: 'Size',
    hint: 'What all its pods may use together in each cluster.',
    choices: [...named, own],
    value: values.size,
    action: sizeAction,
  });
  if (values.size !== ownSize) return [choice];
  const figure = (field: QuantityField, example: string) =>
    textInput({
      field,
      label: fieldTitle(field),
      hint: `At most ${figureText(field, policy.sizes.maximum[field])}.`,
      example,
      value: values[field],
      limit: fieldLimits.quantity,
    });
  return [
    choice,
    figure('requestsCpu', '500m'),
    figure('limitsCpu', '2'),
    figure('requestsMemory', '512Mi'),
    figure('limitsMemory', '1Gi'),
  ];
}
