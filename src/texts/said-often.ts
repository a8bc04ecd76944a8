/** What is said of a user who was there when something was asked, and is not found any more. */
export const USER_IS_GONE = 'This user no longer exists in Wallaroo.';

/** What is said of a form whose content is not what this version of the bot drew. */
export const STALE_FORM = 'This form is no longer valid. Please open it again.';

/** What a form says that was sent without a reason. */
export const SAY_WHY = 'Please say why: the administrators will want to know.';

/** What a form says that was sent without who leaves. */
export const CHOOSE_LEAVER = 'Please choose whom to deactivate in exchange.';
