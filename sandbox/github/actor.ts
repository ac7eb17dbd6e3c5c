/** Who asks. */
export type Actor =
  | { readonly kind: 'anonymous' }
  /** With the App's own JWT. */
  | { readonly kind: 'app' }
  /** With an installation token. */
  | { readonly kind: 'installation'; readonly permissions: Readonly<Record<string, 'read' | 'write'>> }
  /** With a person's token, or through the sandbox's page. */
  | { readonly kind: 'user'; readonly login: string };
