/** Characters of the value of a menu's choice or of a box (docs.slack.dev: option object). */
const LONGEST = 150;

/** Whether a choice of a menu, or a box, can hold this value. */
export const fitsChoice = (value: string): boolean => value.length <= LONGEST;

/**
 * The value of a choice as what is before its first colon and all that is behind: ids of a directory that Keycloak does
 * not import hold colons of their own, as `f:<uuid>:lena`.
 */
export function cutChoice(value: string): readonly [first: string, rest: string] {
  const at = value.indexOf(':');
  return at === -1 ? [value, ''] : [value.slice(0, at), value.slice(at + 1)];
}
