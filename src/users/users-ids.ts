/** Names of the actions of this feature. */
export const ids = {
  /** `Previous` and `Next` of a list. */
  page: 'users_page',
  /** Chooses the user whose card is shown. */
  choose: 'users_choose',
  /** The menu of a row: `View`, `Activate…` or `Deactivate…`. */
  rowMenu: 'users_row',
  /** A user offered among several, or as the nearest: shows the card. */
  view: 'users_view',
  /** The buttons above a list that choose whom it shows. */
  filter: 'users_filter',
  /** The boxes of a list of idle users, and the button that deactivates those whose box is ticked. */
  tick: 'users_tick',
  deactivateTicked: 'users_deactivate_ticked',
  /** All users of a list as a file. */
  export: 'users_export',
  /** What became of a user so far. */
  history: 'users_history',
  activate: 'users_activate',
  deactivate: 'users_deactivate',
  /** The form that mends an account. */
  fix: 'users_fix',
  addToWorkspace: 'users_add_to_workspace',
  license: 'users_license',
  list: 'users_list',
  /** Access for the presser's own user; the value is one of `requestManners`. */
  requestAccess: 'users_request_access',
  /** An invitation: of the email that the value names, else of the presser. */
  askInvitation: 'users_ask_invitation',
  /** More time for the timed activation whose end the value names. */
  extend: 'users_extend',
} as const;

/** The choices of a row's menu; behind a colon follows the user's id, or what ends their activation. */
export const rowChoices = {
  view: 'view',
  activate: 'activate',
  deactivate: 'deactivate',
  extend: 'extend',
} as const;

/** How access is asked for: in one press, or in a form. */
export const requestManners = { atOnce: 'at_once', form: 'form' } as const;
