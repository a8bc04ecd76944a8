/** Why a request is not sent that nobody could decide, and what helps. */
export const NOBODY_COULD_DECIDE =
  'Nobody could decide this request: this bot has no other administrator at the moment. The people who run the bot can add one with the setting ADMINS.';

/** Why a request is not altered whose alteration nobody could approve, and what helps. */
export const NOBODY_COULD_APPROVE =
  'Nothing was changed: nobody could approve what you changed. This bot has no other administrator at the moment, but for the person who asked or who gets access. Approve the request as it was asked for, or deny it and write what to ask for instead. The people who run the bot can add an administrator with the setting ADMINS.';

/** Why something is not asked for that a second administrator would have to approve, and what helps. */
export const NO_SECOND =
  'Another administrator would have to approve it, and there is none at the moment. The people who run the bot can add one with the setting ADMINS.';
