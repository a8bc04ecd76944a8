/** Names of the actions of this feature. */
export const ids = {
  /** On a suggestion; the value is the user's id. */
  deactivate: 'digest_deactivate',
  keep: 'digest_keep',
} as const;
