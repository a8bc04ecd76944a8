import {
  announcementFace,
  cardFace,
  outcomeMessage,
  reminderMessage,
  trailMessage,
} from '../../changes/announce/card-views.ts';
import { refusedView, resultView, samePendingView } from '../../changes/announce/result-views.ts';
import { lostRow } from '../../changes/ask/again-views.ts';
import { askedMessage } from '../../changes/ask/asked-views.ts';
import { amendedView } from '../../changes/decide/amend-views.ts';
import { requestsMessage } from '../../changes/decide/request-list-views.ts';
import type { Sample } from '../../slack/sample.ts';
import {
  CHANNEL,
  changeOf,
  doneChange,
  license,
  membership,
  NOW,
  timedChange,
  WALLAROO_URL,
} from './sample-data.ts';

const adminPrincipals = ['U0ADMIN', 'S0ADMINS'];
const failure = { code: 'not_found', sentence: 'This user is gone.' };
const failed = changeOf({ state: 'failed', failure });
const partlyFailed = doneChange({
  kind: 'several',
  steps: doneChange().steps.map((step, at) => (at === 0 ? step : { ...step, failure })),
});
const denied = changeOf({ state: 'denied', decidedBy: 'U0ADMIN', decisionReason: 'The project has ended.' });
const memberships = changeOf({ kind: 'membership', steps: [membership] });
const viewer = { personKeys: ['U0MIA'], administrator: true };

const result = {
  administrator: true,
  license: license.line,
  approvalsChannel: CHANNEL,
  now: NOW,
};

/** What is posted about changes, and what a form turns into once it is sent. */
export const changeSamples = (): readonly Sample[] => [
  {
    name: 'announcement of a request',
    message: announcementFace({ change: changeOf(), reader: 'approvers', adminPrincipals }),
  },
  ...cards(),
  ...ownCards(),
  {
    name: 'line of a direct change',
    message: cardFace({ change: doneChange({ origin: 'direct' }), reader: 'approvers', adminPrincipals }),
  },
  { name: 'outcome of a request', message: outcomeMessage(denied, 'requester', WALLAROO_URL) },
  { name: 'reminder below a card', message: reminderMessage(NOW, timedChange.steps) },
  { name: 'note below a card', message: trailMessage('U0ADMIN', 'Approved.') },
  {
    name: 'list of requests',
    message: requestsMessage([changeOf(), memberships, changeOf({ requesterKeys: ['U0BEN'] })], viewer),
  },
  { name: 'lost request', message: { blocks: lostRow(denied, 'me') } },
  { name: 'result of a change', view: resultView('Swap users', { ...result, change: doneChange() }) },
  { name: 'request sent', view: resultView('Swap users', { ...result, change: changeOf() }) },
  { name: 'failed change', view: resultView('Swap users', { ...result, change: failed }) },
  { name: 'request that exists', view: samePendingView('Swap users', changeOf(), CHANNEL) },
  { name: 'refusal', view: refusedView('Approve request', 'already_decided', denied, []) },
  { name: 'request sent for approval', view: amendedView(changeOf(), CHANNEL) },
];

/** As the requester has them, and what they read where they asked with one press. */
const ownCards = (): readonly Sample[] => [
  {
    name: 'own card of a request',
    message: cardFace({ change: changeOf(), reader: 'requester', adminPrincipals }),
  },
  {
    name: 'own card of a denied request',
    message: cardFace({ change: denied, reader: 'requester', adminPrincipals }),
  },
  ...[false, true].map((isSame) => ({
    name: isSame ? 'access that was asked for before' : 'access that is asked for',
    message: askedMessage({ change: changeOf(), isSame, approvalsChannel: CHANNEL, now: NOW }),
  })),
];

const cards = (): readonly Sample[] =>
  Object.entries({
    'card of a request': changeOf(),
    'card of a membership': memberships,
    'card of a change that is done': doneChange(),
    'card of a failed change': failed,
    'card of several of whom one failed': partlyFailed,
    'card of a denied request': denied,
    'card of a timed activation': timedChange,
  }).map(([name, change]) => ({
    name,
    message: cardFace({ change, reader: 'approvers', adminPrincipals }),
  }));
