import type { Access } from '../access/access-service.ts';

/** The person with exactly this email who may use the bot: no guest, nobody of another team. Rejects while Slack does not say. */
export const memberByEmail =
  ({ authorize, personByEmail }: Access) =>
  async (email: string) => {
    const person = await personByEmail(email);
    if (person === undefined) return undefined;
    const { role } = await authorize({ userId: person.userId, teamId: undefined });
    return role === 'outsider' ? undefined : person;
  };
