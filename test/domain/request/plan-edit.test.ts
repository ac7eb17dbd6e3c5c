import { planEdit } from '../../../src/domain/request/plan-edit.ts';

const folder = 'tenants/aws/prod/shop';
const file = (name: string, content: string) => ({ path: `${folder}/${name}.yaml`, content });

function plan(
  before: readonly ReturnType<typeof file>[],
  after: readonly ReturnType<typeof file>[],
  stands: readonly ReturnType<typeof file>[] = before,
) {
  const files = new Map(stands.map(({ path, content }) => [path, content]));
  return planEdit({ before, after, files, brought: new Set(files.keys()) });
}

describe('what a change writes', () => {
  const [a, b] = [file('a', 'x: 1\n'), file('b', 'y: 1\n')];
  const other = file('a', 'x: 2\n');

  it.each<[string, ReturnType<typeof plan>, ReturnType<typeof plan>]>([
    ['nothing when nothing differs', plan([a, b], [a, b]), { kind: 'edit', writes: [], deletes: [] }],
    ['what differs, alone', plan([a, b], [other, b]), { kind: 'edit', writes: [other], deletes: [] }],
    ['what is new', plan([a], [a, b]), { kind: 'edit', writes: [b], deletes: [] }],
    [
      'and deletes what is not wanted any more',
      plan([a, b], [a]),
      { kind: 'edit', writes: [], deletes: [b.path] },
    ],
    [
      'nothing to a file edited by hand that the change does not touch',
      plan([a, b], [a, file('b', 'y: 2\n')], [file('a', 'x: 9 # mine\n'), b]),
      { kind: 'edit', writes: [file('b', 'y: 2\n')], deletes: [] },
    ],
    [
      'a file that says the same in another hand',
      plan([a], [other], [file('a', '{ "x": 1 }\n')]),
      { kind: 'edit', writes: [other], deletes: [] },
    ],
    [
      'nothing where a person wrote what is wanted',
      plan([a], [other], [other]),
      { kind: 'edit', writes: [], deletes: [] },
    ],
    [
      'nothing where a person deleted what the change does not touch',
      plan([a, b], [a, b], [b]),
      { kind: 'edit', writes: [], deletes: [] },
    ],
  ])('is %s', (_what, planned, expected) => expect(planned).toEqual(expected));

  it.each<[string, ReturnType<typeof plan>, readonly string[]]>([
    ['a file with other content', plan([a], [other], [file('a', 'x: 7\n')]), [a.path]],
    ['a file with a comment', plan([a], [other], [file('a', 'x: 1 # why\n')]), [a.path]],
    ['a file that would be deleted', plan([a, b], [a], [a, file('b', 'y: 7\n')]), [b.path]],
    ['a file that is in the way', plan([b], [a, b], [file('a', 'x: 7\n'), b]), [a.path]],
    ['a file that does not parse', plan([a], [other], [file('a', '{{')]), [a.path]],
    [
      'what was added to a folder that is given up',
      plan([a], [], [a, file('own', 'z: 1\n')]),
      [`${folder}/own.yaml`],
    ],
  ])('never overwrites %s', (_what, planned, paths) => expect(planned).toEqual({ kind: 'by-hand', paths }));
});
