/** Names of the actions of this feature. */
export const ids = {
  /** `Previous` and `Next` of the list. */
  page: 'workspaces_page',
  /** The buttons above the list that choose what it shows. */
  filter: 'workspaces_filter',
  /** Lists what the viewer sees. */
  list: 'workspaces_list',
  /** Shows the card of the workspace whose id is the value. */
  open: 'workspaces_open',
  /** `Previous` and `Next` of the members on a card. */
  members: 'workspaces_members',
  /** A member's menu. */
  memberMenu: 'workspaces_member',
  addPeople: 'workspaces_add_people',
} as const;

/** The choices of a member's menu; the ids of workspace and user follow, after a colon each. */
export const memberChoices = {
  view: 'view',
  owner: 'OWNER',
  collaborator: 'COLLABORATOR',
  remove: 'none',
} as const;
