import { describe, expect, it } from 'vitest';
import { validateMessage } from '../../../../sandbox/slack/block-kit/validate.ts';

const x = (length: number) => 'x'.repeat(length);
const times = <T>(count: number, make: (index: number) => T) =>
  Array.from({ length: count }, (_, i) => make(i));
const plain = (length = 1) => ({ type: 'plain_text', text: x(length) });
const mrkdwn = (length = 1) => ({ type: 'mrkdwn', text: x(length) });
const section = (length = 1) => ({ type: 'section', text: mrkdwn(length) });
const withAccessory = (accessory: object) => ({ ...section(), accessory });
const actions = (...elements: object[]) => ({ type: 'actions', elements });
const button = (parts: object = {}) => actions({ type: 'button', text: plain(), ...parts });
const option = (text = 1, value = 1, parts: object = {}) => ({
  text: plain(text),
  value: x(value),
  ...parts,
});
const select = (parts: object) => withAccessory({ type: 'static_select', ...parts });
const options = (count: number) => times(count, (i) => ({ text: plain(), value: `${i}` }));
const choices = (type: string, count: number) => withAccessory({ type, options: options(count) });
const confirm = (parts: object) => button({ confirm: { text: plain(), ...parts } });
const image = (alt: number, url = 1) => ({ type: 'image', image_url: x(url), alt_text: x(alt) });

/** Name, what is just inside, what is just outside, Slack's word for it. */
const limits: readonly [string, object, object, string][] = [
  ['section text', section(3000), section(3001), 'must be less than 3001 characters'],
  ['empty section text', section(1), section(0), 'must be more than 0 characters'],
  [
    'section fields',
    { type: 'section', fields: times(10, () => plain()) },
    { type: 'section', fields: times(11, () => plain()) },
    'no more than 10 items allowed',
  ],
  [
    'field text',
    { type: 'section', fields: [mrkdwn(2000)] },
    { type: 'section', fields: [mrkdwn(2001)] },
    'must be less than 2001 characters',
  ],
  [
    'header',
    { type: 'header', text: plain(150) },
    { type: 'header', text: plain(151) },
    'must be less than 151 characters',
  ],
  [
    'context',
    { type: 'context', elements: times(10, () => mrkdwn()) },
    { type: 'context', elements: times(11, () => mrkdwn()) },
    'no more than 10 items allowed',
  ],
  [
    'empty context',
    { type: 'context', elements: [mrkdwn()] },
    { type: 'context', elements: [] },
    'must provide at least 1 items',
  ],
  [
    'actions',
    actions(...times(25, () => ({ type: 'button', text: plain() }))),
    actions(...times(26, () => ({ type: 'button', text: plain() }))),
    'no more than 25 items allowed',
  ],
  ['empty actions', button(), actions(), 'must provide at least 1 items'],
  ['block id', { ...section(), block_id: x(255) }, { ...section(), block_id: x(256) }, 'less than 256'],
  [
    'button text',
    button({ text: plain(75) }),
    button({ text: plain(76) }),
    'must be less than 76 characters',
  ],
  ['button value', button({ value: x(2000) }), button({ value: x(2001) }), 'less than 2001'],
  ['button url', button({ url: x(3000) }), button({ url: x(3001) }), 'less than 3001'],
  ['button style', button({ style: 'danger' }), button({ style: 'default' }), 'must be a valid enum value'],
  ['action id', button({ action_id: x(255) }), button({ action_id: x(256) }), 'less than 256'],
  ['confirm title', confirm({ title: plain(100) }), confirm({ title: plain(101) }), 'less than 101'],
  ['confirm text', confirm({ text: mrkdwn(300) }), confirm({ text: mrkdwn(301) }), 'less than 301'],
  ['confirm button', confirm({ confirm: plain(30) }), confirm({ confirm: plain(31) }), 'less than 31'],
  ['deny button', confirm({ deny: plain(30) }), confirm({ deny: plain(31) }), 'less than 31'],
  ['overflow options', choices('overflow', 5), choices('overflow', 6), 'no more than 5 items allowed'],
  ['no overflow option', choices('overflow', 1), choices('overflow', 0), 'must provide at least 1 items'],
  [
    'select options',
    select({ options: options(100) }),
    select({ options: options(101) }),
    'no more than 100',
  ],
  ['no select option', select({ options: options(1) }), select({ options: [] }), 'at least 1 items'],
  [
    'option text',
    select({ options: [option(75)] }),
    select({ options: [option(76)] }),
    'must be less than 76 characters',
  ],
  [
    'option value',
    select({ options: [option(1, 150)] }),
    select({ options: [option(1, 151)] }),
    'must be less than 151 characters',
  ],
  [
    'option description',
    select({ options: [option(1, 1, { description: plain(75) })] }),
    select({ options: [option(1, 1, { description: plain(76) })] }),
    'must be less than 76 characters',
  ],
  [
    'option groups',
    select({ option_groups: times(100, () => ({ label: plain(), options: options(1) })) }),
    select({ option_groups: times(101, () => ({ label: plain(), options: options(1) })) }),
    'no more than 100 items allowed',
  ],
  [
    'empty option group',
    select({ option_groups: [{ label: plain(75), options: options(1) }] }),
    select({ option_groups: [{ label: plain(75), options: [] }] }),
    'must provide at least 1 items',
  ],
  [
    'placeholder',
    select({ options: options(1), placeholder: plain(150) }),
    select({ options: options(1), placeholder: plain(151) }),
    'must be less than 151 characters',
  ],
  ['radio buttons', choices('radio_buttons', 10), choices('radio_buttons', 11), 'no more than 10 items'],
  ['checkboxes', choices('checkboxes', 10), choices('checkboxes', 11), 'no more than 10 items allowed'],
  ['image alt text', image(2000), image(2001), 'must be less than 2001 characters'],
  ['image url', image(1, 3000), image(1, 3001), 'must be less than 3001 characters'],
  [
    'markdown',
    { type: 'markdown', text: x(12_000) },
    { type: 'markdown', text: x(12_001) },
    'must be less than 12001 characters',
  ],
];

describe('limits of blocks', () => {
  it.each(limits)('takes a block at the limit of its %s', (_, inside) => {
    expect(validateMessage({ blocks: [inside] })).toBeUndefined();
  });

  it.each(limits)('refuses a block beyond the limit of its %s', (_, __, outside, message) => {
    const fault = validateMessage({ blocks: [outside] });
    expect(fault?.error).toBe('invalid_blocks');
    expect(fault?.messages.join('\n')).toContain(message);
    expect(fault?.messages[0]).toMatch(/^\[ERROR\] .+ \[json-pointer:\/blocks\/0/);
  });
});

describe('limits of a message', () => {
  it('takes 50 blocks and refuses 51', () => {
    expect(validateMessage({ blocks: times(50, () => section()) })).toBeUndefined();
    expect(validateMessage({ blocks: times(51, () => section()) })).toEqual({
      error: 'invalid_blocks',
      messages: ['[ERROR] no more than 50 items allowed [json-pointer:/blocks]'],
    });
  });

  it('takes 13,200 characters in all blocks and refuses one more', () => {
    const four = times(4, () => section(3000));
    expect(validateMessage({ blocks: [...four, section(1200)] })).toBeUndefined();
    expect(validateMessage({ blocks: [...four, section(1201)] })?.error).toBe('msg_blocks_too_long');
  });

  it('takes 40,000 characters of text and refuses one more', () => {
    expect(validateMessage({ text: x(40_000) })).toBeUndefined();
    expect(validateMessage({ text: x(40_001) })?.error).toBe('msg_too_long');
  });

  it('refuses a message that shows nothing', () => {
    expect(validateMessage({})?.error).toBe('no_text');
    expect(validateMessage({ text: '', blocks: [] })?.error).toBe('no_text');
    expect(validateMessage({ blocks: [section()] })).toBeUndefined();
  });

  it('takes blocks written as JSON and refuses what is not a list', () => {
    expect(validateMessage({ blocks: JSON.stringify([section()]) })).toBeUndefined();
    for (const blocks of ['[{', {}, 'text', 3])
      expect(validateMessage({ blocks })?.error).toBe('invalid_blocks_format');
  });
});
