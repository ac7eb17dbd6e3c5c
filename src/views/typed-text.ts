import { type FormValues, quantityFields } from '../domain/form/values.ts';
import { fieldTitle } from './field-title.ts';

/** Everything that was put into the form, field by field, as text to copy from. */
export function typedText(values: FormValues): string {
  const access = Object.entries(values.access).map(
    ([environment, level]) => `Access in ${environment}: ${level}`,
  );
  const groups = Object.entries(values.groups).map(
    ([environment, names]) => `Groups in ${environment}: ${names.join(', ')}`,
  );
  const labels = Object.entries(values.labels).map(([key, value]) => `${key}: ${value}`);
  const figures = quantityFields.flatMap((field) =>
    values[field] === '' ? [] : [`${fieldTitle(field)}: ${values[field]}`],
  );
  return [
    `Name: ${values.name}`,
    `Clouds: ${values.clouds.join(', ')}`,
    `Environments: ${values.environments.join(', ')}`,
    `Size: ${values.size}`,
    ...figures,
    ...access,
    ...groups,
    `Owning team: ${values.owner}`,
    `Contact: ${values.contact}`,
    `Reach: ${values.reach.join(', ')}`,
    ...(values.ports === '' ? [] : [`Further TCP ports:\n${values.ports}`]),
    ...labels,
    `Purpose:\n${values.purpose}`,
  ].join('\n');
}
