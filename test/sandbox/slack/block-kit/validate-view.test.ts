import { describe, expect, it } from 'vitest';
import { validateSuggestions, validateView } from '../../../../sandbox/slack/block-kit/validate.ts';

const x = (length: number) => 'x'.repeat(length);
const plain = (length = 1) => ({ type: 'plain_text', text: x(length) });
const section = (length = 1) => ({ type: 'section', text: plain(length) });
const modal = (parts: Record<string, unknown> = {}): Record<string, unknown> => ({
  type: 'modal',
  title: plain(),
  submit: plain(),
  blocks: [],
  ...parts,
});
const home = (parts: object = {}) => ({ type: 'home', blocks: [section()], ...parts });
const input = (element: object, parts: object = {}) => ({ type: 'input', label: plain(), element, ...parts });
const typed = (parts: object = {}) => ({ type: 'plain_text_input', ...parts });
const withInput = (element: object, parts: object = {}) => modal({ blocks: [input(element, parts)] });
const blocks = (count: number) => Array.from({ length: count }, () => section());

/** Name, what is just inside, what is just outside, Slack's word for it. */
const limits: readonly [string, object, object, string][] = [
  [
    'title',
    modal({ title: plain(24) }),
    modal({ title: plain(25) }),
    'less than 25 characters [json-pointer:/view/title/text]',
  ],
  ['submit', modal({ submit: plain(24) }), modal({ submit: plain(25) }), 'less than 25 characters'],
  ['close', modal({ close: plain(24) }), modal({ close: plain(25) }), 'less than 25 characters'],
  [
    'blocks',
    modal({ blocks: blocks(100) }),
    modal({ blocks: blocks(101) }),
    'no more than 100 items allowed',
  ],
  ['blocks of Home', home({ blocks: blocks(100) }), home({ blocks: blocks(101) }), 'no more than 100 items'],
  [
    'private_metadata',
    modal({ private_metadata: x(3000) }),
    modal({ private_metadata: x(3001) }),
    'less than 3001',
  ],
  ['callback_id', modal({ callback_id: x(255) }), modal({ callback_id: x(256) }), 'less than 256'],
  ['external_id', modal({ external_id: x(255) }), modal({ external_id: x(256) }), 'less than 256'],
  [
    'label',
    withInput(typed(), { label: plain(2000) }),
    withInput(typed(), { label: plain(2001) }),
    'less than 2001',
  ],
  [
    'hint',
    withInput(typed(), { hint: plain(2000) }),
    withInput(typed(), { hint: plain(2001) }),
    'less than 2001',
  ],
  [
    'max_length',
    withInput(typed({ max_length: 3000 })),
    withInput(typed({ max_length: 3001 })),
    'less than or equal to 3000',
  ],
  [
    'least max_length',
    withInput(typed({ max_length: 1 })),
    withInput(typed({ max_length: 0 })),
    'greater than or equal to 1',
  ],
  [
    'min_length',
    withInput(typed({ min_length: 0 })),
    withInput(typed({ min_length: -1 })),
    'greater than or equal to 0',
  ],
  [
    'min_length beside max_length',
    withInput(typed({ min_length: 5, max_length: 5 })),
    withInput(typed({ min_length: 6, max_length: 5 })),
    '`min_length` must not be greater',
  ],
  [
    'placeholder',
    withInput(typed({ placeholder: plain(150) })),
    withInput(typed({ placeholder: plain(151) })),
    'less than 151',
  ],
  [
    'number',
    withInput({ type: 'number_input', is_decimal_allowed: false, min_value: '1', max_value: '10' }),
    withInput({ type: 'number_input', is_decimal_allowed: false, min_value: '10', max_value: '9' }),
    '`min_value` must not be greater',
  ],
];

describe('limits of a view', () => {
  it.each(limits)('takes a view at the limit of its %s', (_, inside) => {
    expect(validateView(inside)).toBeUndefined();
  });

  it.each(limits)('refuses a view beyond the limit of its %s', (_, __, outside, message) => {
    const fault = validateView(outside);
    expect(fault?.error).toBe('invalid_arguments');
    expect(fault?.messages.join('\n')).toContain(message);
  });

  it('refuses a view above 250 kB', () => {
    const most = Array.from({ length: 80 }, () => section(3000));
    expect(validateView(modal({ blocks: most }))).toBeUndefined();
    expect(validateView(modal({ blocks: [...most, ...most.slice(0, 4)] }))?.error).toBe('view_too_large');
  });
});

describe('shapes of a view', () => {
  it('refuses a modal with inputs and no submit', () => {
    const { submit: _, ...without } = withInput(typed());
    expect(validateView(without)?.messages).toEqual([
      '[ERROR] must define `submit` to use an `input` block in modals [json-pointer:/view/blocks/0/input]',
    ]);
  });

  it.each(['title', 'submit', 'close', 'clear_on_close'])('refuses %s on Home', (field) => {
    expect(validateView(home({ [field]: plain() }))?.messages).toEqual([
      `[ERROR] invalid additional property: ${field} [json-pointer:/view]`,
    ]);
  });

  it('takes inputs on Home', () => {
    expect(validateView(home({ blocks: [input(typed())] }))).toBeUndefined();
  });

  it('asks for title, blocks and type', () => {
    expect(validateView({ type: 'modal' })?.messages).toEqual([
      '[ERROR] missing required field: blocks [json-pointer:/view]',
      '[ERROR] missing required field: title [json-pointer:/view]',
    ]);
    expect(validateView({})?.messages).toEqual(['[ERROR] missing required field: type [json-pointer:/view]']);
    expect(validateView('nothing')?.error).toBe('invalid_arguments');
  });

  it('refuses a button inside an input, a block id that stands twice and a second focus', () => {
    expect(validateView(withInput({ type: 'button', text: plain() }))?.messages).toEqual([
      '[ERROR] unsupported type: button [json-pointer:/view/blocks/0/element/type]',
    ]);
    const twice = input(typed({ focus_on_load: true }), { block_id: 'reason' });
    expect(validateView(modal({ blocks: [twice, twice] }))?.messages).toEqual([
      '[ERROR] `block_id` "reason" already exists [json-pointer:/view/blocks/1/block_id]',
      '[ERROR] only one element can have `focus_on_load` [json-pointer:/view/blocks/1]',
    ]);
  });

  it('takes a view written as JSON', () => {
    expect(validateView(JSON.stringify(modal()))).toBeUndefined();
  });
});

describe('answers to a search', () => {
  it('may be empty, hold 100 options, not 101', () => {
    const options = (count: number) =>
      Array.from({ length: count }, (_, i) => ({ text: plain(), value: `${i}` }));
    expect(validateSuggestions({ options: [] })).toBeUndefined();
    expect(validateSuggestions({ options: options(100) })).toBeUndefined();
    expect(validateSuggestions({ options: options(101) })?.error).toBe('invalid_arguments');
    expect(validateSuggestions({ option_groups: [{ label: plain(), options: options(1) }] })).toBeUndefined();
    expect(validateSuggestions({})?.error).toBe('invalid_arguments');
  });
});
