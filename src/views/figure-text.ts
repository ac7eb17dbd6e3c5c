import type { QuantityField } from '../domain/form/values.ts';

/** A figure as the policy writes it; thousandths of a processor in whole processors too: `32000m (32 processors)`. */
export function figureText(field: QuantityField, figure: string): string {
  const processors = field.endsWith('Cpu') ? /^([1-9][0-9]*)000m$/.exec(figure)?.[1] : undefined;
  if (processors === undefined) return figure;
  return `${figure} (${processors} ${processors === '1' ? 'processor' : 'processors'})`;
}
