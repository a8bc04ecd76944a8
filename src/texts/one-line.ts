/** Direction overrides and control characters: they could make shown data read as something else. */
const INVISIBLE = /[\p{Cc}\p{Bidi_Control}\p{Zl}\p{Zp}\u200b\u2060\ufeff]+/gu;
const LONE_SURROGATE = /\p{Surrogate}/gu;

/** One line without characters that hide or reorder others. */
export function oneLine(text: string): string {
  return text.replace(LONE_SURROGATE, '\ufffd').replace(INVISIBLE, ' ').replace(/\s+/g, ' ').trim();
}
