import { expect, it } from 'vitest';
import { withoutAdvice } from '../../src/changes/advice-texts.ts';

it.each([
  ['Wallaroo did not answer in time: try again in a few minutes.', 'Wallaroo did not answer in time.'],
  [
    "Wallaroo's answer was not understood: try again in a few minutes. If it lasts, its release may be newer than the bot.",
    "Wallaroo's answer was not understood. If it lasts, its release may be newer than the bot.",
  ],
  [
    'Nothing was announced; please try again in a minute. If it lasts, tell them.',
    'Nothing was announced. If it lasts, tell them.',
  ],
  ['It does not show it. Look the user up and try again.', 'It does not show it. Look the user up.'],
  ['It cannot be asked: look the user up before you try again.', 'It cannot be asked: look the user up.'],
  ['The license is full.', 'The license is full.'],
])('takes the advice out of "%s"', (sentence, expected) => {
  expect(withoutAdvice(sentence)).toBe(expected);
});
