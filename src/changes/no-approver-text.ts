/** Why a request is not sent that nobody could decide, and what helps. */
export const NOBODY_COULD_DECIDE =
  'Nobody could decide this request: this bot has no other administrator at the moment. The people who run the bot can add one with the setting ADMINS.';
