/** The walls between the rooms; docs/architecture.md tells why they stand where they stand. */
const wall = (name, comment, from, to) => ({ name, comment, severity: 'error', from, to });

export default {
  forbidden: [
    wall('no-cycles', 'two files that need each other are one idea', {}, { circular: true }),
    wall(
      'domain-is-pure',
      'rules know no outside: facts in, decisions out',
      { path: '^src/domain/' },
      { pathNot: ['^src/domain/', '^node_modules/(yaml|semver|zod)/'] },
    ),
    wall(
      'views-know-the-domain-only',
      'wording needs decisions, never an outside',
      { path: '^src/views/' },
      {
        pathNot: [
          '^src/(domain|views)/',
          '^node_modules/(yaml|semver|zod|@slack/types|mdast-util-(from-markdown|gfm)|micromark-extension-gfm)/',
        ],
      },
    ),
    wall(
      'doors-and-work-know-no-adapter',
      'they declare what they need; main.ts brings it',
      { path: '^(handlers|jobs)/' },
      { path: '^src/', pathNot: '^src/(domain|views)/|^src/errors\\.ts$' },
    ),
    wall(
      'doors-do-no-work',
      'only the payload of a job passes between a door and the work',
      { path: '^handlers/' },
      {
        path: '^jobs/',
        pathNot: '^jobs/(payloads|ports|[a-z-]+/payloads)\\.ts$',
      },
    ),
    wall('work-knows-no-door', 'a job does not care who asked', { path: '^jobs/' }, { path: '^handlers/' }),
    wall(
      'adapters-know-no-work',
      'an adapter implements what a port says',
      { path: '^src/adapters/' },
      {
        path: '^(handlers|jobs)/',
        pathNot: '^(handlers|jobs)/(ports|job|payloads|[a-z-]+/(payloads|[a-z]+-ports?))\\.ts$',
      },
    ),
    wall(
      'only-main-knows-both-sides',
      'the composition root alone joins adapters with doors and work',
      { path: '^src/', pathNot: '^src/main\\.ts$|^src/adapters/|^src/compose/' },
      { path: '^src/adapters/' },
    ),
    wall(
      'the-bot-knows-no-sandbox',
      'they meet over HTTP, WebSocket and git',
      { path: '^(src|handlers|jobs)/' },
      { path: '^sandbox/' },
    ),
    wall(
      'the-sandbox-knows-no-bot',
      'they meet over HTTP, WebSocket and git',
      { path: '^sandbox/' },
      { path: '^(src|handlers|jobs)/' },
    ),
    wall(
      'nothing-rests-on-tests',
      'tests rest on the sources',
      { path: '^(src|handlers|jobs|sandbox)/' },
      { path: '^test/' },
    ),
  ],
  options: {
    doNotFollow: { path: 'node_modules' },
    exclude: { path: '^sandbox/page/' },
    tsPreCompilationDeps: true,
    tsConfig: { fileName: 'tsconfig.json' },
    enhancedResolveOptions: {
      exportsFields: ['exports'],
      conditionNames: ['import', 'node', 'default', 'types'],
    },
  },
};
