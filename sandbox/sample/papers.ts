/** The sample repository's README. */
export const README = `# Platform

What runs on the sandbox's clusters. Nothing here is real: change it as you like.

| folder | what it holds |
| --- | --- |
| \`features/\` | what every cluster gets |
| \`providers/<cloud>/v1/mgmt/\` | what the management cluster of a cloud applies; it follows \`main\` |
| \`providers/<cloud>/v1/clusters/<environment>/\` | what all clusters of an environment get, and single ones |
| \`tenants/<cloud>/common/\` | what a tenant gets in every environment |
| \`tenants/<cloud>/<environment>/\` | what a tenant gets in one environment |

Non-production clusters follow \`main\`. Production clusters follow a tag, which stands in
\`providers/<cloud>/v1/mgmt/namespaced/flux-system/gitrepository-release.yaml\`.

A new namespace: write \`/onboard-tenant\` in Slack.
`;

export const CODE_OWNERS = `* @sandbox-org/platform
/.github/ @sandbox-org/platform @sandbox-org/change-approvers
`;

/** The sample policy; every setting that is missing keeps its default. */
export const POLICY = `# What Trunkline does here. Every setting that is missing keeps its default.
channels:
  requests: C0REQUESTS # platform-requests
  releases: C0RELEASES # platform-releases
  changes: C0CHANGES1 # platform-changes
  rollouts: C0ROLLOUTS # platform-rollouts
pullRequest:
  labels: [tenant]
  teams: [platform]
onboarding:
  platformTeam: { usergroups: [S0PLATFORM] }
release:
  who: { usergroups: [S0PLATFORM] } # the platform team
changes:
  who: { usergroups: [S0PLATFORM] }
  operators: { usergroups: [S0PLATFORM] }
  approvers:
    - groups: [{ name: Change approvers, usergroups: [S0APPROVER], teams: [change-approvers] }]
      needed: 2
  override: { usergroups: [S0PLATFORM, S0APPROVER] }
  back: { who: { usergroups: [S0ONCALL01] } }
people: # which accounts are one person's
  - { name: Tess, slack: [U0TENANT01], github: [tess-tenant] }
  - { name: Pat, slack: [U0PLATFM01], github: [pat-platform] }
  - { name: Ana, slack: [U0APPRVR01], github: [ana-approver] }
  - { name: Ben, slack: [U0APPRVR02], github: [ben-approver] }
  - { name: Olli, slack: [U0ONCALL01], github: [olli-oncall] }
teams:
  - name: Guestbook
    channel: C0TEAMGUES # team-guestbook
    tenants: [guestbook]
`;
