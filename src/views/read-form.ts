import { type FormValues, formValuesSchema } from '../domain/form/values.ts';
import { fieldsOf } from './form-state.ts';

/**
 * Reads what was put into the form.
 * @param viewState `view.state` as Slack sends it.
 * @throws when it is not the state of a form.
 */
export function readForm(viewState: unknown): FormValues {
  const fields = fieldsOf(viewState);
  const text = (field: string) => fields.get(field)?.value ?? '';
  const one = (field: string) => fields.get(field)?.selected_option?.value ?? text(field);
  const many = (field: string) => {
    const chosen = fields.get(field)?.selected_options?.map(({ value }) => value);
    return (
      chosen ??
      text(field)
        .split(',')
        .map((name) => name.trim())
        .filter((name) => name !== '')
    );
  };
  const each = <Value>(prefix: string, read: (field: string) => Value) =>
    Object.fromEntries(
      [...fields.keys()]
        .filter((field) => field.startsWith(prefix))
        .map((field) => [field.slice(prefix.length), read(field)]),
    );
  return formValuesSchema.parse({
    name: text('name'),
    clouds: many('clouds'),
    environments: many('environments'),
    size: one('size'),
    requestsMemory: text('requestsMemory'),
    limitsMemory: text('limitsMemory'),
    requestsCpu: text('requestsCpu'),
    limitsCpu: text('limitsCpu'),
    access: dropEmpty(each('access.', one)),
    groups: dropEmpty(each('groups.', many)),
    owner: text('owner'),
    contact: text('contact'),
    reach: many('reach'),
    ports: text('ports'),
    labels: dropEmpty(each('label.', one)),
    purpose: text('purpose'),
  });
}

function dropEmpty<Value extends string | readonly string[]>(
  record: Readonly<Record<string, Value>>,
): Record<string, Value> {
  return Object.fromEntries(Object.entries(record).filter(([, value]) => value.length > 0));
}
