/** What this adapter needs of an Octokit that is authenticated as an installation; plugins are not needed. */
export interface OctokitLike {
  readonly request: {
    (route: string, parameters?: Record<string, unknown>): Promise<RawAnswer>;
    readonly endpoint: { readonly DEFAULTS: { readonly baseUrl: string } };
  };
  /** Called with `{ type: 'installation', refresh: true }` to get a new token after GitHub refused the old one. */
  auth(options: { readonly type: 'installation'; readonly refresh: true }): Promise<unknown>;
}

export type RawHeaders = Readonly<Record<string, string | number | undefined>>;

export interface RawAnswer {
  readonly status: number;
  readonly headers: RawHeaders;
  readonly data: unknown;
}

/** The installation's Octokit for a repository, `owner/name`. */
export type OctokitFor = (repo: string) => Promise<OctokitLike>;
