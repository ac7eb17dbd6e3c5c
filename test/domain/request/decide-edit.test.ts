import type { CommitSha, RequestId } from '../../../src/domain/ids.ts';
import { decideEdit } from '../../../src/domain/request/decide-edit.ts';
import type { StandingRequest } from '../../../src/domain/request/standing-request.ts';
import type { RequestPull } from '../../../src/domain/request-state.ts';

const sha = (digit: string) => digit.repeat(40) as CommitSha;
const changeId = 'req-00000000000000cc' as RequestId;
const seen = sha('a').slice(0, 16);
const commit = (of: string, change?: RequestId) => ({
  sha: sha(of),
  ours: true,
  changeId: change,
  message: '',
});

function standing(over: Partial<RequestPull>, commits = [commit('a')]): StandingRequest {
  const pull = { ours: true, requestId: 'req-1', state: 'open', head: sha('a'), ...over } as RequestPull;
  return { pull, body: '', requesterName: 'Tess', commits, defaultBranch: 'main', base: sha('0') };
}

describe('what is missing of a change', () => {
  const intent = { changeId, seen };
  it.each<[string, StandingRequest | undefined, unknown]>([
    ['its commit, on the head that was seen', standing({}), { kind: 'write', onTopOf: sha('a') }],
    [
      'nothing of its commit when that stands',
      standing({ head: sha('c') }, [commit('a'), commit('c', changeId)]),
      { kind: 'stands' },
    ],
    [
      'nothing of its commit, whatever came after',
      standing({ head: sha('d'), state: 'merged' }, [commit('c', changeId), commit('d')]),
      { kind: 'stands' },
    ],
    [
      'all, when somebody pushed',
      standing({ head: sha('b') }, [commit('a'), commit('b')]),
      { code: 'moved' },
    ],
    [
      'unknown, when what was read may be old',
      standing({ head: sha('9') }, [commit('9')]),
      { kind: 'look-again' },
    ],
    ['all, when it is merged', standing({ state: 'merged' }), { code: 'ended' }],
    ['all, when it is closed', standing({ state: 'closed' }), { code: 'ended' }],
    ['all, when somebody else opened it', standing({ ours: false }), { code: 'not-a-request' }],
    ['all, when it stands for no request', standing({ requestId: undefined }), { code: 'not-a-request' }],
    ['all, when there is none', undefined, { code: 'not-a-request' }],
  ])('is %s', (_what, facts, expected) =>
    expect(decideEdit(facts, intent)).toMatchObject(expected as object),
  );
});
