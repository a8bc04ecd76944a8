/** Names of the actions of this feature. */
export const ids = {
  refresh: 'home_refresh',
  requestAccess: 'home_request_access',
} as const;
