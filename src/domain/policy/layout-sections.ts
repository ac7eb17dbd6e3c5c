import { z } from 'zod';

/** A folder's name: one segment, nothing that a path or a shell could read as more. */
export const folderName = z
  .string()
  .regex(/^[A-Za-z0-9][A-Za-z0-9._-]{0,99}$/, 'must be the name of one folder');

export const folderPath = z
  .string()
  .regex(
    /^[A-Za-z0-9][A-Za-z0-9._-]*(\/[A-Za-z0-9][A-Za-z0-9._-]*)*$/,
    'must be a path without ./, .. or a trailing /',
  )
  .max(200);

export const levelName = z
  .string()
  .regex(/^[a-z0-9]([a-z0-9-]{0,30}[a-z0-9])?$/, 'must be lower case letters, digits and dashes');

export const layoutSection = z
  .strictObject({
    tenants: folderPath
      .default('tenants')
      .describe('Folder of the tenants: <tenants>/<cloud>/<environment>/<tenant>.'),
    providers: folderPath
      .default('providers')
      .describe('Folder of the clouds: <providers>/<cloud>/<version>/clusters/<environment>/<cluster>.'),
    features: folderPath
      .default('features')
      .describe('Folder of what the platform installs: <features>/<feature>.'),
    shared: folderName
      .default('common')
      .describe('Folder beside the environments whose files reach all of them.'),
  })
  .prefault({})
  .describe('Where things stand in the repository.');

export const environmentsSection = z
  .array(
    z.strictObject({
      name: folderName.describe('Name of the environment, as its folder is called.'),
      production: z.boolean().default(true).describe('Whether it is production.'),
      access: levelName
        .default('reader')
        .describe('Level that the form proposes for a tenant here; a key of access.roles.'),
    }),
  )
  .max(50)
  .default([
    { name: 'non-prod', production: false, access: 'admin' },
    { name: 'prod', production: true, access: 'reader' },
  ])
  .describe(
    'What is known of the environments. One that is not listed counts as production with access.default.',
  );
