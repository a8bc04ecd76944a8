/** Names of the actions of this feature. */
export const ids = {
  /** On a suggestion; the value is the user's id. */
  deactivate: 'digest_deactivate',
  keep: 'digest_keep',
  /** On somebody whose activation ends; the value is the change that ends it. */
  extend: 'digest_extend',
  /** The boxes of the suggestions, and the button that deactivates those whose box is ticked. */
  tick: 'digest_tick',
  deactivateTicked: 'digest_deactivate_ticked',
} as const;
