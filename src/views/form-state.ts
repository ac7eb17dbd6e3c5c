import { z } from 'zod';

const option = z.object({ value: z.string() });
const element = z.object({
  value: z.string().nullish(),
  selected_option: option.nullish(),
  selected_options: z.array(option).nullish(),
});
const stateSchema = z.object({ values: z.record(z.string(), z.record(z.string(), element)) });

/** What stands in one input of a form. */
export type FieldState = z.output<typeof element>;

/**
 * What stands in a form's inputs, by the names of their blocks.
 *
 * @param viewState `view.state` as Slack sends it.
 * @throws when it is not the state of a form.
 */
export function fieldsOf(viewState: unknown): ReadonlyMap<string, FieldState> {
  return new Map(
    Object.entries(stateSchema.parse(viewState).values).map(([block, elements]) => [
      block,
      Object.values(elements)[0] ?? {},
    ]),
  );
}
