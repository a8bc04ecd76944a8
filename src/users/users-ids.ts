/** Names of the actions of this feature. */
export const ids = {
  /** `Previous` and `Next` of a list. */
  page: 'users_page',
  /** The menu of a row: `View`, `Activate…` or `Deactivate…`. */
  rowMenu: 'users_row',
  /** A user offered among several, or as the nearest: shows the card. */
  view: 'users_view',
  /** The buttons above a list that choose whom it shows. */
  filter: 'users_filter',
  /** What became of a user so far. */
  history: 'users_history',
  activate: 'users_activate',
  deactivate: 'users_deactivate',
  license: 'users_license',
  list: 'users_list',
} as const;

/** The choices of a row's menu; the user's id follows a colon. */
export const rowChoices = { view: 'view', activate: 'activate', deactivate: 'deactivate' } as const;
