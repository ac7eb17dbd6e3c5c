import { z } from 'zod';
import { blockId } from './composition.ts';

// https://docs.slack.dev/reference/block-kit/blocks/data-visualization-block

const label = z.string().min(1).max(20);
const series = z.array(
  z.strictObject({
    name: label,
    data: z
      .array(z.strictObject({ label, value: z.number() }))
      .min(1)
      .max(20),
  }),
);
const axis = z.strictObject({
  categories: z.array(label).min(1).max(20),
  x_label: z.string().max(50).optional(),
  y_label: z.string().max(50).optional(),
});
const drawn = { series: series.min(1).max(12), axis_config: axis };

const chart = z
  .discriminatedUnion('type', [
    z.strictObject({
      type: z.literal('pie'),
      segments: z
        .array(z.strictObject({ label, value: z.number().positive() }))
        .min(1)
        .max(12),
    }),
    z.strictObject({ type: z.literal('bar'), ...drawn }),
    z.strictObject({ type: z.literal('area'), ...drawn }),
    z.strictObject({ type: z.literal('line'), ...drawn }),
  ])
  .superRefine((value, context) => {
    if (value.type === 'pie') return;
    if (new Set(value.series.map((each) => each.name)).size < value.series.length) {
      context.addIssue({ code: 'custom', message: 'series names must be unique', path: ['series'] });
    }
    const wanted = JSON.stringify([...value.axis_config.categories].sort());
    value.series.forEach((each, index) => {
      if (JSON.stringify(each.data.map((point) => point.label).sort()) === wanted) return;
      context.addIssue({
        code: 'custom',
        message: 'labels must match the categories',
        path: ['series', index, 'data'],
      });
    });
  });

export const dataVisualization = z.strictObject({
  type: z.literal('data_visualization'),
  block_id: blockId,
  title: z.string().min(1).max(50),
  chart,
});
