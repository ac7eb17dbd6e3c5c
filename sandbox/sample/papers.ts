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

/** The sample policy: everything else keeps the policy's defaults. Channels by id, as the sandbox's Slack has them. */
export const POLICY = `# What Trunkline may do here. Every setting that is missing keeps its default.
channels:
  requests: C0REQUESTS # platform-requests
`;
