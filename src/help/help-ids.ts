/** Names of the actions of this feature. */
export const ids = { help: 'help' } as const;
