/** The bytes of a JSON text in UTF-8 that its readers look for. */
export const QUOTE = 0x22;
export const BACKSLASH = 0x5c;
export const COMMA = 0x2c;
export const COLON = 0x3a;
export const OPEN = { object: 0x7b, array: 0x5b } as const;
export const CLOSE = { object: 0x7d, array: 0x5d } as const;
export const FIRST_PRINTABLE = 0x20;
export const LAST_ASCII = 0x7e;
