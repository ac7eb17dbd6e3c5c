import type { ModalView } from '@slack/types';

/** What Slack is told about a form that was sent: errors at its fields, or a further view. */
export type FormAnswer =
  | { readonly response_action: 'errors'; readonly errors: Record<string, string> }
  | { readonly response_action: 'push'; readonly view: ModalView }
  | { readonly response_action: 'update'; readonly view: ModalView };
