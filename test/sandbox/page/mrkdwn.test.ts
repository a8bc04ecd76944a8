import { describe, expect, it } from 'vitest';
import { inlineElements, plainElements, richTextOf } from '../../../sandbox/page/mrkdwn.ts';

const text = (words: string, style?: object) => ({ type: 'text', text: words, ...(style ? { style } : {}) });

describe('mrkdwn', () => {
  it.each([
    ['plain words', [text('plain words')]],
    ['*bold* and _italic_', [text('bold', { bold: true }), text(' and '), text('italic', { italic: true })]],
    ['~gone~ `code`', [text('gone', { strike: true }), text(' '), text('code', { code: true })]],
    ['*<@U1> left*', [{ type: 'user', user_id: 'U1', style: { bold: true } }, text(' left', { bold: true })]],
    ['2*3*4 and a_b_c@ex.co', [text('2*3*4 and a_b_c@ex.co')]],
    ['<#C1|general>', [{ type: 'channel', channel_id: 'C1' }]],
    ['<!subteam^S1|@admins>', [{ type: 'usergroup', usergroup_id: 'S1' }]],
    ['<!here>', [{ type: 'broadcast', range: 'here' }]],
    [
      '<https://a.example/?a=1&amp;b=2|docs>',
      [{ type: 'link', url: 'https://a.example/?a=1&b=2', text: 'docs' }],
    ],
    ['<mailto:a@ex.co|a@ex.co>', [{ type: 'link', url: 'mailto:a@ex.co', text: 'a@ex.co' }]],
    [
      '<!date^1700000000^{date_short}|then>',
      [{ type: 'date', timestamp: 1700000000, format: '{date_short}', fallback: 'then' }],
    ],
    ['see :wave:', [text('see '), { type: 'emoji', name: 'wave' }]],
  ])('reads %s', (mrkdwn, elements) => {
    expect(inlineElements(mrkdwn)).toEqual(elements);
  });

  it('never takes escaped text for a mention, a link or an entity', () => {
    expect(inlineElements('&lt;@U1&gt; &lt;!channel&gt; &amp;lt;b&amp;gt;')).toEqual([
      text('<@U1> <!channel> &lt;b&gt;'),
    ]);
  });

  it('keeps quotes and preformatted text apart from the rest', () => {
    expect(richTextOf('a\n&gt; b\n> c\nd\n```\n*x*\n```\ne')).toEqual([
      { type: 'rich_text_section', elements: [text('a')] },
      { type: 'rich_text_quote', elements: [text('b\nc')] },
      { type: 'rich_text_section', elements: [text('d')] },
      { type: 'rich_text_preformatted', elements: [text('*x*')] },
      { type: 'rich_text_section', elements: [text('e')] },
    ]);
  });

  it('finds nothing but emoji in plain text', () => {
    expect(plainElements('*a* <@U1> :wave:', true)).toEqual([
      text('*a* <@U1> '),
      { type: 'emoji', name: 'wave' },
    ]);
  });
});
