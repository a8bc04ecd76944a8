import fc from 'fast-check';
import { expect, it } from 'vitest';
import { cardFace, trailMessage } from '../../../src/changes/announce/card-views.ts';
import { resultView } from '../../../src/changes/announce/result-views.ts';
import { refusedSentence } from '../../../src/changes/confirm/refused-text.ts';
import { extendActivation, extendStep } from '../../../src/changes/steps/extend-activation.ts';
import { inviteStep, inviteUser } from '../../../src/changes/steps/invite-user.ts';
import { keepActive, keepStep } from '../../../src/changes/steps/keep-active.ts';
import { membershipStep } from '../../../src/changes/steps/membership-step.ts';
import { setMembership } from '../../../src/changes/steps/set-membership.ts';
import { switchStep } from '../../../src/changes/steps/switch-user.ts';
import { reportMessage } from '../../../src/slack/boundary.ts';
import { unquoted } from '../../../src/texts/plain-text.ts';
import { plainUser } from '../../support/any-data.ts';
import { anyMarkedText, expectHarmlessMessage, expectHarmlessView } from '../../support/harmless.ts';
import { aChange, NOW } from '../a-change.ts';

/** A platform that has lost the workspace, and a rule that keeps everybody active. */
const run = {
  wallaroo: { workspace: async () => undefined, getUser: async () => plainUser(1) },
  deactivationGuard: async () => 'This user is protected.',
} as never;

/** What each kind says that cannot take back what it did. */
const leftSentences = (label: string): Promise<readonly (string | undefined)[]> => {
  const timed = { changeId: 'C1-T', label, userId: 'u1', before: undefined };
  const member = membershipStep({
    workspaceId: 7,
    workspace: label,
    userId: 'u1',
    label,
    role: 'none',
    was: 'OWNER',
  });
  return Promise.all([
    keepActive.takeBack({ ...keepStep(timed), done: true }, run),
    extendActivation.takeBack({ ...extendStep({ ...timed, until: NOW }), done: true }, run),
    setMembership.takeBack({ ...member, before: 'OWNER', after: 'none' }, run),
    inviteUser.takeBack({ ...inviteStep(label), userId: 'u1' }, run),
  ]);
};

it('sentences that are stored name people and workspaces in code spans, and are plain text without these', () =>
  fc.assert(
    fc.asyncProperty(anyMarkedText(), async (label) => {
      const steps = [switchStep({ userId: 'u1', enabled: true, label })];
      for (const sentence of await leftSentences(label)) {
        if (sentence === undefined) throw new Error('nothing was said');
        const failure = { code: 'guarded', sentence };
        const change = aChange({ state: 'failed', steps, failure });
        expectHarmlessMessage(cardFace({ change, reader: 'approvers', adminPrincipals: ['S0ADMINS'] }));
        const facts = { administrator: true, license: undefined, approvalsChannel: 'C0A', now: NOW };
        expectHarmlessView(resultView('Change users', { change, ...facts }));
        expectHarmlessMessage(trailMessage('U0ADA', sentence));
        expect(unquoted(sentence)).not.toContain('`');
      }
      // As entries of earlier versions have it.
      expectHarmlessMessage(trailMessage('U0ADA', `${label} is gone.`));
      const refused = refusedSentence({ label, sentence: `${label} is already active.` });
      expectHarmlessMessage(reportMessage({ sentence: refused, id: undefined }));
    }),
  ));
