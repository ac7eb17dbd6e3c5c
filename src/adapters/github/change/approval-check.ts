/** The name of the App's check; a ruleset pins it to the App, since any App may give a check this name. */
export const APPROVAL_CHECK = 'change-approval';
