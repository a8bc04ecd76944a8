import { describe, expect, it } from 'vitest';
import { validateMessage } from '../../../../sandbox/slack/block-kit/validate.ts';

const text = (words: string) => ({ type: 'plain_text', text: words });
const mrkdwn = (words: string) => ({ type: 'mrkdwn', text: words });
const option = (name: string) => ({ text: text(name), value: name });
const accessory = (element: object) => ({ type: 'section', text: text('a'), accessory: element });
const actions = (...elements: object[]) => ({ type: 'actions', elements });
const button = (id: string) => ({ type: 'button', text: text('Press'), action_id: id });
const refusal = (...blocks: unknown[]) => validateMessage({ blocks })?.messages;

const refused: readonly [string, object, string][] = [
  ['an unknown block', { type: 'sektion' }, 'unsupported type: sektion [json-pointer:/blocks/0/type]'],
  ['a block without type', { text: text('a') }, 'missing required field: type [json-pointer:/blocks/0]'],
  ['an input in a message', { type: 'input' }, 'unsupported type: input [json-pointer:/blocks/0/type]'],
  [
    'an unknown field',
    { type: 'divider', color: 'red' },
    'invalid additional property: color [json-pointer:/blocks/0]',
  ],
  [
    'a section without text',
    { type: 'section' },
    'must define either `text` or `fields` [json-pointer:/blocks/0]',
  ],
  [
    'a bare string for a text',
    { type: 'header', text: 'Users' },
    'must provide an object [json-pointer:/blocks/0/text]',
  ],
  [
    'a header of mrkdwn',
    { type: 'header', text: mrkdwn('a') },
    'must be a valid enum value [json-pointer:/blocks/0/text/type]',
  ],
  [
    'emoji on mrkdwn',
    { type: 'section', text: { ...mrkdwn('a'), emoji: true } },
    'invalid additional property: emoji [json-pointer:/blocks/0/text]',
  ],
  [
    'verbatim on plain text',
    { type: 'section', text: { ...text('a'), verbatim: true } },
    'invalid additional property: verbatim [json-pointer:/blocks/0/text]',
  ],
  [
    'a button label of mrkdwn',
    actions({ type: 'button', text: mrkdwn('a') }),
    'must be a valid enum value [json-pointer:/blocks/0/elements/0/text/type]',
  ],
  [
    'a button in a context',
    { type: 'context', elements: [button('a')] },
    'unsupported type: button [json-pointer:/blocks/0/elements/0/type]',
  ],
  [
    'an image among actions',
    actions({ type: 'image', image_url: 'https://a.example/b.png', alt_text: 'b' }),
    'unsupported type: image [json-pointer:/blocks/0/elements/0/type]',
  ],
  [
    'a text input as accessory',
    accessory({ type: 'plain_text_input', action_id: 'a' }),
    'unsupported type: plain_text_input [json-pointer:/blocks/0/accessory/type]',
  ],
  [
    'an initial option that is not offered',
    accessory({ type: 'static_select', options: [option('a')], initial_option: option('b') }),
    'must be one of the provided options [json-pointer:/blocks/0/accessory/initial_option]',
  ],
  [
    'an initial option whose label differs',
    accessory({
      type: 'radio_buttons',
      options: [option('a')],
      initial_option: { ...option('a'), text: text('b') },
    }),
    'must be one of the provided options [json-pointer:/blocks/0/accessory/initial_option]',
  ],
  [
    'initial checkboxes that are none',
    accessory({ type: 'checkboxes', options: [option('a')], initial_options: [] }),
    'must provide at least 1 items [json-pointer:/blocks/0/accessory/initial_options]',
  ],
  [
    'options and groups at once',
    accessory({
      type: 'static_select',
      options: [option('a')],
      option_groups: [{ label: text('g'), options: [option('a')] }],
    }),
    'must define either `options` or `option_groups` [json-pointer:/blocks/0/accessory]',
  ],
  [
    'a link in a select menu',
    accessory({ type: 'static_select', options: [{ ...option('a'), url: 'https://a.example' }] }),
    'invalid additional property: url [json-pointer:/blocks/0/accessory/options/0]',
  ],
  [
    'a type on an option',
    accessory({ type: 'overflow', options: [{ ...option('a'), type: 'option' }] }),
    'invalid additional property: type [json-pointer:/blocks/0/accessory/options/0]',
  ],
  [
    'an image from two places',
    { type: 'image', alt_text: 'a', image_url: 'https://a.example', slack_file: { id: 'F1' } },
    'must define either `image_url` or `slack_file` [json-pointer:/blocks/0]',
  ],
  [
    'a date that is none',
    accessory({ type: 'datepicker', initial_date: '2025-02-30' }),
    'must be a valid date in the format YYYY-MM-DD [json-pointer:/blocks/0/accessory/initial_date]',
  ],
  [
    'a confirm dialog without text',
    actions({ ...button('a'), confirm: { title: text('Sure?') } }),
    'missing required field: text [json-pointer:/blocks/0/elements/0/confirm]',
  ],
  [
    'an unknown element of rich text',
    { type: 'rich_text', elements: [{ type: 'rich_text_section', elements: [{ type: 'blink' }] }] },
    'unsupported type: blink [json-pointer:/blocks/0/elements/0/elements/0/type]',
  ],
];

describe('shapes of blocks', () => {
  it.each(refused)('refuses %s', (_, block, message) => {
    expect(refusal(block)).toEqual([`[ERROR] ${message}`]);
  });

  it('names every fault at once', () => {
    expect(refusal({ type: 'nope' }, { type: 'section', text: mrkdwn('') })).toEqual([
      '[ERROR] unsupported type: nope [json-pointer:/blocks/0/type]',
      '[ERROR] must be more than 0 characters [json-pointer:/blocks/1/text/text]',
    ]);
  });

  it('refuses a block id that stands twice in a message', () => {
    const block = { type: 'divider', block_id: 'same' };
    expect(refusal(block, block)).toEqual([
      '[ERROR] `block_id` "same" already exists [json-pointer:/blocks/1/block_id]',
    ]);
  });

  it('refuses an action id that stands twice in a block, and takes it in two blocks', () => {
    expect(refusal(actions(button('go'), button('go')))).toEqual([
      '[ERROR] `action_id` "go" already exists [json-pointer:/blocks/0/elements/1/action_id]',
    ]);
    expect(refusal(actions(button('go')), actions(button('go')))).toBeUndefined();
  });

  it('takes every element where it belongs', () => {
    const menu = { options: [option('a'), option('b')], initial_option: option('b') };
    const rich = [
      { type: 'rich_text_section', elements: [{ type: 'text', text: 'a', style: { bold: true } }] },
      { type: 'rich_text_list', style: 'bullet', elements: [] },
      { type: 'rich_text_quote', elements: [{ type: 'user', user_id: 'U1' }] },
      { type: 'rich_text_preformatted', elements: [{ type: 'text', text: 'code' }] },
    ];
    expect(
      refusal(
        accessory({ type: 'static_select', action_id: 's', ...menu }),
        accessory({ type: 'overflow', options: [{ ...option('a'), url: 'https://a.example' }] }),
        accessory({ type: 'radio_buttons', ...menu }),
        accessory({ type: 'users_select', initial_user: 'U1' }),
        accessory({ type: 'external_select', min_query_length: 0 }),
        actions(
          { type: 'datepicker', initial_date: '2025-02-28' },
          { type: 'timepicker', initial_time: '23:59' },
        ),
        actions({ type: 'datetimepicker', initial_date_time: 1_700_000_000 }, button('go')),
        { type: 'rich_text', elements: rich },
        { type: 'context', elements: [text('a'), mrkdwn('b')] },
        { type: 'divider' },
      ),
    ).toBeUndefined();
  });
});
