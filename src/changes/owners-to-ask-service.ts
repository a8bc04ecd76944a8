import type { Logger } from 'pino';
import { isSamePerson } from '../access/person-keys.ts';
import type { WorkspaceOwners } from '../access/workspace-owners-service.ts';
import { ChatopsError } from '../errors.ts';
import { beneficiaryKeys, type Change } from './change.ts';
import { onlyMemberships } from './steps/membership-step.ts';

/** Somebody in Slack, by all their ids. */
interface Reachable {
  readonly userId: string;
  readonly personKeys: readonly string[];
}

export type MemberByEmail = (email: string) => Promise<Reachable | undefined>;

export interface OwnersToAskParts {
  readonly owners: WorkspaceOwners;
  /** @default nobody is reached */
  readonly memberByEmail?: MemberByEmail | undefined;
  readonly log: Logger;
}

/** Slack ids of the owners who decide a request and can be written to: neither the requester nor the person concerned. */
export const ownersToAsk =
  ({ owners, memberByEmail, log }: OwnersToAskParts) =>
  async (change: Pick<Change, 'steps' | 'requesterKeys'>): Promise<readonly string[]> => {
    const workspaceIds = onlyMemberships(change.steps).map(({ workspaceId }) => workspaceId);
    if (memberByEmail === undefined || workspaceIds.length === 0) return [];
    const unknown = (error: unknown): undefined => {
      log.warn({ err: error }, 'an owner could not be found: others are asked');
    };
    const emails = (await owners.emailsOf(workspaceIds).catch(noneIfExpected)) ?? [];
    const people = await Promise.all(emails.map((email) => memberByEmail(email).catch(unknown)));
    const concerned = [...change.requesterKeys, ...beneficiaryKeys(change)];
    return people
      .filter((person) => person !== undefined)
      .filter(({ personKeys }) => !isSamePerson(personKeys, concerned))
      .map(({ userId }) => userId);
  };

/** Where Wallaroo does not say who owns a workspace, the administrators decide. */
function noneIfExpected(error: unknown): undefined {
  if (error instanceof ChatopsError) return undefined;
  throw error;
}
