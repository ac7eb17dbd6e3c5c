/** Brands for what is easily confused. They cost nothing at run time. */
declare const brand: unique symbol;
type Branded<Name extends string> = string & { readonly [brand]: Name };

/** Full hexadecimal id of a git commit. */
export type CommitSha = Branded<'CommitSha'>;
/** Slack's id of a person, `U…` or `W…`. */
export type SlackUserId = Branded<'SlackUserId'>;
/** Slack's id of a channel or a direct message, `C…`, `G…` or `D…`. */
export type SlackChannelId = Branded<'SlackChannelId'>;
/** Id of one request, `req-` and 16 hexadecimal digits; it is the correlation id of everything done for it. */
export type RequestId = Branded<'RequestId'>;
/** `owner/name` of a repository on GitHub. */
export type RepoName = Branded<'RepoName'>;
/** A login on GitHub, lower case: GitHub compares logins without regard to case. */
export type GitHubLogin = Branded<'GitHubLogin'>;
