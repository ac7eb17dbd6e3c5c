import { schema as github } from '@octokit/graphql-schema';
import { buildSchema, parse, validate } from 'graphql';
import { changeFactsQuery } from '../../../src/adapters/github/change/read-change-facts.ts';
import { teamMembersQuery } from '../../../src/adapters/github/change/read-team-members.ts';
import { verifiedEmailsQuery } from '../../../src/adapters/github/change/read-verified-emails.ts';
import type { GitHubClient } from '../../../src/adapters/github/client.ts';
import type { GraphAnswer, GraphOperation } from '../../../src/adapters/github/graph-answer.ts';
import { joinQueries } from '../../../src/adapters/github/join-queries.ts';
import { jointDocument } from '../../../src/adapters/github/joint-document.ts';
import { ledgerQuery } from '../../../src/adapters/github/ledger/read-branch.ts';
import { headQuery } from '../../../src/adapters/github/read-head.ts';
import { releaseFactsQuery } from '../../../src/adapters/github/read-release-facts.ts';

const schema = buildSchema(github.idl, { assumeValidSDL: true });
const ask = (query: string): GraphOperation => ({ query, variables: { owner: 'o', name: 'n' } });

function clientOf(answer: (operation: GraphOperation) => Partial<GraphAnswer>) {
  const sent: GraphOperation[] = [];
  const client = {
    query: async (_repo: string, _what: string, operation: GraphOperation) => {
      sent.push(operation);
      return { data: null, errors: [], at: 1, ...answer(operation) };
    },
  } as unknown as GitHubClient;
  return { sent, client: joinQueries(client) };
}

describe('queries that are asked at the same moment', () => {
  it.each([
    ['ledger and change', [ledgerQuery, changeFactsQuery({ pulls: 2, branches: 1, tags: 2 })]],
    ['everything', [headQuery, ledgerQuery, teamMembersQuery, verifiedEmailsQuery, releaseFactsQuery(true)]],
    [
      'twice the same',
      [
        changeFactsQuery({ pulls: 1, branches: 0, tags: 1 }),
        changeFactsQuery({ pulls: 1, branches: 0, tags: 1 }),
      ],
    ],
  ])('make one document that GitHub understands: %s', (_, queries) => {
    const { query } = jointDocument(queries.map(ask));
    expect(validate(schema, parse(query))).toEqual([]);
  });

  it('travel in one request, and each gets its own answer and its own errors', async () => {
    const { sent, client } = clientOf(() => ({
      data: { q0_repository: { id: 'A' }, q1_organization: null },
      errors: [{ type: 'NOT_FOUND', path: ['q1_organization', 'team'], message: 'no team' }],
    }));
    const [one, other] = await Promise.all([
      client.query('o/n', 'read the ledger', ask(ledgerQuery)),
      client.query('o/n', 'read a team', ask(teamMembersQuery)),
    ]);
    expect(sent).toHaveLength(1);
    expect(sent[0]?.variables).toEqual({ q0_owner: 'o', q0_name: 'n', q1_owner: 'o', q1_name: 'n' });
    expect(one).toEqual({ data: { repository: { id: 'A' } }, errors: [], at: 1 });
    expect(other.data).toEqual({ organization: null });
    expect(other.errors).toEqual([{ type: 'NOT_FOUND', path: ['organization', 'team'], message: 'no team' }]);
  });

  it('fail together when GitHub failed altogether', async () => {
    const { client } = clientOf(() => ({
      errors: [{ type: undefined, path: [], message: 'Something went wrong' }],
    }));
    const answers = await Promise.all([1, 2].map(() => client.query('o/n', 'read', ask(ledgerQuery))));
    for (const { data, errors } of answers) {
      expect(data).toBeNull();
      expect(errors).toHaveLength(1);
    }
  });

  it('stay apart when they are about different repositories, or come one after the other', async () => {
    const { sent, client } = clientOf(() => ({ data: { repository: null } }));
    await Promise.all(['o/n', 'o/m'].map((repo) => client.query(repo, 'read', ask(ledgerQuery))));
    await client.query('o/n', 'read', ask(ledgerQuery));
    expect(sent.map(({ query }) => query)).toEqual([ledgerQuery, ledgerQuery, ledgerQuery]);
  });
});
