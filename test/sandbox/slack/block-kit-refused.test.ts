import { blockFaults } from '../../../sandbox/slack/kit/check-blocks.ts';
import { viewFaults } from '../../../sandbox/slack/kit/check-view.ts';

const plain = (text: string) => ({ type: 'plain_text', text });
const mrkdwn = (text: string) => ({ type: 'mrkdwn', text });
const long = (length: number) => 'x'.repeat(length);
const button = (id: string, more: object = {}) => ({
  type: 'button',
  action_id: id,
  text: plain('Press'),
  ...more,
});
const section = (more: object = {}) => ({ type: 'section', text: mrkdwn('hi'), ...more });
const actions = (...elements: object[]) => ({ type: 'actions', elements });
const input = (element: object, more: object = {}) => ({
  type: 'input',
  label: plain('Label'),
  element,
  ...more,
});
const option = (value: string) => ({ text: plain(value), value });
const rich = {
  type: 'rich_text',
  elements: [{ type: 'rich_text_section', elements: [{ type: 'text', text: 'hi' }] }],
};
const task = { type: 'task_card', task_id: 't', title: 'Build', status: 'in_progress', details: rich };
const cell = (text: string) => ({ type: 'raw_text', text });

const faults = (block: unknown, surface: 'message' | 'modal' | 'home' = 'message') =>
  blockFaults([block], surface, '/blocks');
const many = (count: number) => Array.from({ length: count }, (_, index) => option(`o${index}`));

describe("what Slack refuses, in Slack's words", () => {
  it.each<[string, unknown, string[]]>([
    [
      'a section too long',
      section({ text: mrkdwn(long(3001)) }),
      [
        'failed to match all allowed schemas [json-pointer:/blocks/0/text]',
        'must be less than 3001 characters [json-pointer:/blocks/0/text/text]',
      ],
    ],
    [
      'an empty text',
      section({ text: mrkdwn('') }),
      [
        'failed to match all allowed schemas [json-pointer:/blocks/0/text]',
        'must be more than 0 characters [json-pointer:/blocks/0/text/text]',
      ],
    ],
    [
      'emoji in mrkdwn',
      section({ text: { ...mrkdwn('a'), emoji: true } }),
      [
        'failed to match all allowed schemas [json-pointer:/blocks/0/text]',
        'invalid additional property: emoji [json-pointer:/blocks/0/text]',
      ],
    ],
    [
      'a section without anything',
      { type: 'section' },
      ['must define either `text` or `fields` [json-pointer:/blocks/0]'],
    ],
    [
      '11 fields',
      section({ fields: many(11).map(() => plain('a')) }),
      ['no more than 10 items allowed [json-pointer:/blocks/0/fields]'],
    ],
    [
      'a long header',
      { type: 'header', text: plain(long(151)) },
      ['must be less than 151 characters [json-pointer:/blocks/0/text/text]'],
    ],
    [
      'mrkdwn in a header',
      { type: 'header', text: mrkdwn('a') },
      ['unsupported type: mrkdwn [json-pointer:/blocks/0/text/type]'],
    ],
    [
      '26 buttons',
      actions(...many(26).map((each) => button(each.value))),
      ['no more than 25 items allowed [json-pointer:/blocks/0/elements]'],
    ],
    ['no buttons', actions(), ['no fewer than 1 items allowed [json-pointer:/blocks/0/elements]']],
    [
      'a long label',
      actions(button('a', { text: plain(long(76)) })),
      ['must be less than 76 characters [json-pointer:/blocks/0/elements/0/text/text]'],
    ],
    [
      'a long value',
      actions(button('a', { value: long(2001) })),
      ['must be less than 2001 characters [json-pointer:/blocks/0/elements/0/value]'],
    ],
    [
      'a style of its own',
      actions(button('a', { style: 'green' })),
      ['must be a valid enum value [json-pointer:/blocks/0/elements/0/style]'],
    ],
    [
      'a disabled button',
      actions(button('a', { disabled: true })),
      ['invalid additional property: disabled [json-pointer:/blocks/0/elements/0]'],
    ],
    [
      '101 options',
      actions({ type: 'static_select', options: many(101) }),
      ['no more than 100 items allowed [json-pointer:/blocks/0/elements/0/options]'],
    ],
    [
      'a select of nothing',
      actions({ type: 'static_select' }),
      ['must define either `options` or `option_groups` [json-pointer:/blocks/0/elements/0]'],
    ],
    [
      '11 things in a context',
      { type: 'context', elements: many(11).map(() => plain('a')) },
      ['no more than 10 items allowed [json-pointer:/blocks/0/elements]'],
    ],
    [
      'a button in a context',
      { type: 'context', elements: [button('a')] },
      ['unsupported type: button [json-pointer:/blocks/0/elements/0/type]'],
    ],
    ['an unknown block', { type: 'banner' }, ['unsupported type: banner [json-pointer:/blocks/0/type]']],
    ['a block without a type', {}, ['missing required field: type [json-pointer:/blocks/0]']],
    ['null for a list', section({ fields: null }), ['must provide an array [json-pointer:/blocks/0/fields]']],
    [
      'an image without a place',
      { type: 'image', alt_text: 'a' },
      ['must define either `image_url` or `slack_file` [json-pointer:/blocks/0]'],
    ],
    [
      'a long block_id',
      { type: 'divider', block_id: long(256) },
      ['must be less than 256 characters [json-pointer:/blocks/0/block_id]'],
    ],
    [
      'a table of 101 rows',
      { type: 'table', rows: many(101).map(() => [cell('a')]) },
      ['no more than 100 items allowed [json-pointer:/blocks/0/rows]'],
    ],
    [
      'a table of 21 columns',
      { type: 'table', rows: [many(21).map(() => cell('a'))] },
      ['no more than 20 items allowed [json-pointer:/blocks/0/rows/0]'],
    ],
    [
      'a markdown block too long',
      { type: 'markdown', text: long(12_001) },
      ['must be less than 12001 characters [json-pointer:/blocks/0/text]'],
    ],
    [
      'a task of an unknown status',
      { ...task, status: 'done' },
      ['must be a valid enum value [json-pointer:/blocks/0/status]'],
    ],
    [
      'an empty card',
      { type: 'card' },
      ['must define at least one of `hero_image`, `title`, `actions` or `body` [json-pointer:/blocks/0]'],
    ],
    [
      'a file block',
      { type: 'file', external_id: 'a', source: 'remote' },
      ['unsupported type: file [json-pointer:/blocks/0/type]'],
    ],
    [
      'two elements of one name',
      actions(button('a'), button('a')),
      ['action_id already exists: a [json-pointer:/blocks/0/elements/1/action_id]'],
    ],
  ])('%s', (_name, block, messages) => {
    expect(faults(block)).toEqual(messages);
  });

  it('two blocks of one name, and 51 blocks', () => {
    const twice = [section({ block_id: 'a' }), section({ block_id: 'a' })];
    expect(blockFaults(twice, 'message', '/blocks')).toEqual([
      'block_id already exists: a [json-pointer:/blocks/1/block_id]',
    ]);
    const most = Array.from({ length: 51 }, () => ({ type: 'divider' }));
    expect(blockFaults(most, 'message', '/blocks')).toEqual([
      'no more than 50 items allowed [json-pointer:/blocks]',
    ]);
    expect(blockFaults(most, 'modal', '/view/blocks')).toEqual([]);
  });

  it('forms without a title, with a long one, without a submit, with a field of its own', () => {
    const form = {
      type: 'modal',
      title: plain('T'),
      blocks: [input({ type: 'plain_text_input' })],
      submit: plain('Send'),
    };
    expect(viewFaults(form, 'modal')).toEqual([]);
    const { title: _title, ...untitled } = form;
    expect(viewFaults(untitled, 'modal')).toEqual(['missing required field: title [json-pointer:/view]']);
    expect(viewFaults({ ...form, title: plain(long(25)) }, 'modal')).toEqual([
      'must be less than 25 characters [json-pointer:/view/title/text]',
    ]);
    const { submit: _submit, ...unsent } = form;
    expect(viewFaults(unsent, 'modal')).toEqual(['missing required field: submit [json-pointer:/view]']);
    expect(viewFaults({ ...form, colour: 'red' }, 'modal')).toEqual([
      'failed to match all allowed schemas [json-pointer:/view]',
      'invalid additional property: colour [json-pointer:/view]',
    ]);
    expect(viewFaults({ ...form, private_metadata: long(3001) }, 'modal')).toEqual([
      'must be less than 3001 characters [json-pointer:/view/private_metadata]',
    ]);
    const most = Array.from({ length: 101 }, () => ({ type: 'divider' }));
    expect(viewFaults({ ...form, blocks: most }, 'modal')).toEqual([
      'no more than 100 items allowed [json-pointer:/view/blocks]',
    ]);
  });
});
