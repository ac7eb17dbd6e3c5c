/** What went wrong and what to do, by the reason's code. */
const texts: ReadonlyMap<string, string> = new Map([
  [
    'branches-used-up',
    'All branch names for this tenant are taken. Please ask the platform team to delete old branches, then ask again.',
  ],
  ['open-request', 'Another request for this name is open. Please wait until it is merged or closed.'],
  [
    'forbidden',
    'GitHub does not let Trunkline write to the platform repository. Please tell the platform team; ask again when that is mended.',
  ],
  [
    'not-found',
    'GitHub does not show Trunkline the platform repository. Please tell the platform team; ask again when that is mended.',
  ],
  [
    'ledger-damaged',
    'The ledger of decisions is damaged, so nothing can be recorded. Please tell the platform team; /trunkline doctor says what is wrong.',
  ],
  [
    'policy-invalid',
    'The policy file has mistakes. Please tell the platform team; ask again when that is mended.',
  ],
  [
    'not-allowed',
    'You may not ask for tenants. Please ask the platform team, or someone of your team who may.',
  ],
  [
    'empty-repository',
    'The platform repository has no commit yet. Please tell the platform team; ask again when that is mended.',
  ],
  [
    'invalid-policy',
    'The policy file has mistakes. Please tell the platform team; ask again when that is mended.',
  ],
]);

/** @param code a stable reason, such as that of a permanent failure; one without words of its own gets general ones. */
export function failureText(code: string): string {
  return (
    texts.get(code) ??
    `Something that Trunkline cannot mend came between. Please tell the platform team (reason: ${code}).`
  );
}
