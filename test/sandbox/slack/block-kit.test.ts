import { blockFaults } from '../../../sandbox/slack/kit/check-blocks.ts';

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
const image = { type: 'image', alt_text: 'a', image_url: 'https://example.com/a.png' };
const task = { type: 'task_card', task_id: 't', title: 'Build', status: 'in_progress', details: rich };
const cardBlock = { type: 'card', title: mrkdwn('T'), actions: [button('a')] };
const cell = (text: string) => ({ type: 'raw_text', text });

const faults = (block: unknown, surface: 'message' | 'modal' | 'home' = 'message') =>
  blockFaults([block], surface, '/blocks');
const many = (count: number) => Array.from({ length: count }, (_, index) => option(`o${index}`));

describe('blocks that Slack takes', () => {
  it.each([
    ['section', section({ fields: [plain('a')], accessory: button('a'), expand: true })],
    ['section of 3,000 characters', section({ text: mrkdwn(long(3000)) })],
    ['divider', { type: 'divider', block_id: 'd' }],
    ['header', { type: 'header', text: plain(long(150)) }],
    ['context', { type: 'context', elements: [image, plain('a'), mrkdwn('b')] }],
    ['image', { ...image, title: plain('t') }],
    ['image of Slack', { type: 'image', alt_text: 'a', slack_file: { id: 'F1' } }],
    ['actions', actions(...Array.from({ length: 25 }, (_, index) => button(`b${index}`)))],
    [
      'static select',
      actions({ type: 'static_select', action_id: 's', options: many(100), initial_option: option('o1') }),
    ],
    [
      'grouped select',
      actions({ type: 'static_select', option_groups: [{ label: plain('g'), options: many(2) }] }),
    ],
    [
      'multi selects',
      actions(
        { type: 'multi_users_select', initial_users: ['U1'], max_selected_items: 2 },
        { type: 'multi_conversations_select', filter: { include: ['im'] } },
      ),
    ],
    [
      'choices',
      actions(
        { type: 'checkboxes', options: [{ text: mrkdwn('*a*'), value: 'a' }] },
        { type: 'radio_buttons', options: [option('a')] },
      ),
    ],
    [
      'pickers',
      actions(
        { type: 'datepicker', initial_date: '2026-01-31' },
        { type: 'timepicker', initial_time: '23:59' },
        { type: 'datetimepicker' },
      ),
    ],
    ['overflow', section({ accessory: { type: 'overflow', options: many(5) } })],
    ['rich text', rich],
    ['markdown', { type: 'markdown', text: long(12_000) }],
    [
      'video',
      {
        type: 'video',
        alt_text: 'a',
        title: plain('t'),
        video_url: 'https://e.example/v',
        thumbnail_url: 'https://e.example/t',
      },
    ],
    ['table', { type: 'table', rows: [[cell('a'), rich]], column_settings: [{ align: 'right' }, null] }],
    [
      'data table',
      { type: 'data_table', caption: 'c', rows: [[cell('a')], [{ type: 'raw_number', value: 1 }]] },
    ],
    ['task card', task],
    ['plan', { type: 'plan', title: 'Plan', tasks: [task] }],
    ['card', cardBlock],
    ['carousel', { type: 'carousel', elements: [cardBlock] }],
    ['container', { type: 'container', title: plain('t'), child_blocks: [section(), { type: 'divider' }] }],
    [
      'context actions',
      {
        type: 'context_actions',
        elements: [
          {
            type: 'feedback_buttons',
            positive_button: { text: plain('+'), value: '1' },
            negative_button: { text: plain('-'), value: '0' },
          },
          { type: 'icon_button', icon: 'trash', text: plain('x') },
        ],
      },
    ],
    [
      'chart',
      {
        type: 'data_visualization',
        title: 't',
        chart: { type: 'pie', segments: [{ label: 'a', value: 1 }] },
      },
    ],
  ])('%s', (_name, block) => {
    expect(faults(block)).toEqual([]);
  });

  it.each([
    ['plain text', { type: 'plain_text_input', multiline: true, min_length: 1, max_length: 3000 }],
    ['number', { type: 'number_input', is_decimal_allowed: false, min_value: '1', max_value: '9' }],
    ['e-mail', { type: 'email_text_input' }],
    ['URL', { type: 'url_text_input' }],
    ['rich text', { type: 'rich_text_input', initial_value: rich }],
    ['file', { type: 'file_input', filetypes: ['yaml'], max_files: 10 }],
    ['external', { type: 'external_select', min_query_length: 0 }],
  ])('input of %s in a form', (_name, element) => {
    expect(faults(input(element), 'modal')).toEqual([]);
  });

  it('an alert in a form only', () => {
    const alert = { type: 'alert', text: plain('a'), level: 'warning' };
    expect(faults(alert, 'modal')).toEqual([]);
    expect(faults(alert)).toEqual(['unsupported type: alert [json-pointer:/blocks/0/type]']);
  });
});
