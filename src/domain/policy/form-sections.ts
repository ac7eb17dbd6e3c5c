import { z } from 'zod';
import { isLabelKey, isLabelValue, isPattern } from '../names.ts';

const pattern = z
  .string()
  .max(500)
  .refine(isPattern, 'must be a regular expression')
  .describe('Regular expression that the whole value has to match.');

const metadataKey = z
  .string()
  .refine(isLabelKey, 'must be a Kubernetes metadata key such as example.com/cost-centre');

export const namesSection = z
  .strictObject({
    pattern: pattern.optional().describe('Regular expression that the whole name of a tenant has to match.'),
    reserved: z
      .array(z.string().regex(/^[a-z0-9*-]{1,63}$/, 'must be a name; * stands for any characters'))
      .max(200)
      .default([
        'default',
        'common',
        'mgmt',
        'kube-*',
        '*-system',
        'flux-system',
        'openshift',
        'openshift-*',
        'hive',
      ])
      .describe('Names that no tenant may have; * stands for any characters.'),
    maxLength: z
      .int()
      .min(1)
      .max(63)
      .default(63)
      .describe('Longest name, in characters; Kubernetes allows 63.'),
  })
  .prefault({})
  .describe('How tenants may be called.');

export const labelsSection = z
  .array(
    z.strictObject({
      key: metadataKey.describe("Key of the label on the tenant's Namespace."),
      title: z.string().min(1).max(75).describe('What the form calls it.'),
      required: z.boolean().default(true).describe('Whether it has to be filled in.'),
      options: z
        .array(z.string().refine(isLabelValue, 'must be a label value').min(1))
        .min(1)
        .max(100)
        .optional()
        .describe('The values to choose from.'),
      pattern: pattern.optional(),
      hint: z.string().min(1).max(150).optional().describe('A sentence below the field.'),
    }),
  )
  .max(20)
  .default([])
  .describe('Labels that the form asks for.');

export const annotationsSection = z
  .strictObject({
    owner: metadataKey.optional().describe('Annotation that keeps the owning team.'),
    contact: metadataKey.optional().describe('Annotation that keeps the contact.'),
    purpose: metadataKey.optional().describe('Annotation that keeps the purpose.'),
  })
  .prefault({})
  .describe("Annotations on the tenant's Namespace for what the form asks; none unless named here.");
