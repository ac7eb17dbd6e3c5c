import { requiredChecks } from '../../../src/adapters/github/change/required-checks.ts';

const app = { appId: 17 };
const UNREAD = { name: 'further checks, which cannot be read', state: 'pending' };

function run(given: {
  readonly name?: string;
  readonly status?: string;
  readonly conclusion?: string | null;
  readonly by?: number | null;
  readonly isRequired?: boolean;
}) {
  const { name = 'ci', status = 'COMPLETED', conclusion = 'SUCCESS', by = 99, isRequired = true } = given;
  const checkSuite = { app: by === null ? null : { databaseId: by } };
  return { __typename: 'CheckRun' as const, name, status, conclusion, isRequired, checkSuite };
}

function status(state: string, context = 'ci') {
  return { __typename: 'StatusContext' as const, context, state, isRequired: true };
}

type Node = ReturnType<typeof run> | ReturnType<typeof status> | null;

function read(nodes: readonly Node[], hasNextPage = false, hidesChecks = false) {
  return requiredChecks(app, { contexts: { nodes: [...nodes], pageInfo: { hasNextPage } } }, hidesChecks);
}

describe('checks that a merge waits for', () => {
  it.each([
    ['passed', run({})],
    ['passed', run({ conclusion: 'NEUTRAL' })],
    ['passed', run({ conclusion: 'SKIPPED' })],
    ['failed', run({ conclusion: 'FAILURE' })],
    ['failed', run({ conclusion: 'STALE' })],
    ['failed', run({ conclusion: 'SOMETHING_NEW' })],
    ['failed', run({ conclusion: null })],
    ['pending', run({ status: 'QUEUED', conclusion: null })],
    ['pending', run({ status: 'IN_PROGRESS', conclusion: 'SUCCESS' })],
    ['passed', status('SUCCESS')],
    ['pending', status('EXPECTED')],
    ['pending', status('PENDING')],
    ['failed', status('ERROR')],
    ['failed', status('FAILURE')],
    ['failed', status('SOMETHING_NEW')],
  ] as const)('%s: %j', (state, node) => {
    expect(read([node])).toEqual([{ name: 'ci', state }]);
  });

  it('are those that are required', () => {
    expect(read([run({ isRequired: false, conclusion: 'FAILURE' })])).toEqual([]);
  });

  it('never are our own, but those that bear its name', () => {
    const name = 'change-approval';
    expect(read([run({ name, by: 17, conclusion: 'FAILURE' })])).toEqual([]);
    expect(read([run({ name, by: null }), status('SUCCESS', name)])).toHaveLength(2);
  });

  it('that cannot be read are not taken for passed', () => {
    expect(read([run({}), null])).toContainEqual(UNREAD);
    expect(read([], true)).toEqual([UNREAD]);
    expect(read([], false, true)).toEqual([UNREAD]);
    expect(requiredChecks(app, null, true)).toEqual([UNREAD]);
    expect(requiredChecks(app, null, false)).toEqual([]);
  });
});
