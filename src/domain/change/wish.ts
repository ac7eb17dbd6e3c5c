/** What somebody says about a change. */
export type ChangeWish =
  | { readonly kind: 'approve' }
  | { readonly kind: 'reject'; readonly reason: string }
  | { readonly kind: 'take-back' }
  | { readonly kind: 'hold'; readonly reason: string }
  | { readonly kind: 'unhold' }
  | { readonly kind: 'external-number'; readonly externalNumber: string }
  | { readonly kind: 'go' }
  | { readonly kind: 'override'; readonly reason: string }
  | { readonly kind: 'confirm-override' }
  | { readonly kind: 'withdraw' };
