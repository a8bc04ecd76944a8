/** Names of the actions of this feature. */
export const ids = {
  /** `Older` and `Newest`. */
  page: 'audit_page',
  export: 'audit_export',
} as const;
