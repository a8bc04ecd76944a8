/** Whether a text is a page: HTML or XML, and no JSON. Something in front of a service sends one in the place of an answer. */
export const isPage = (text: string): boolean => /^\s*</.test(text);
