import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { ask, askModal, submit } from '../../flows/acting.ts';
import { people, startWorld, type World } from '../../flows/world.ts';
import { bot, type Keycloak } from './keycloak-under-test.ts';
import { type PlatformFront, startPlatformFront } from './platform-front.ts';

/** The whole bot, between the sandbox's Slack and the real Keycloak. */
export function botEndToEnd(keycloak: () => Keycloak): void {
  describe('the bot end to end', () => {
    let front: PlatformFront;
    beforeAll(async () => {
      front = await startPlatformFront(keycloak().server.url);
    });
    afterAll(() => front.stop());

    const startBot = (): Promise<World> =>
      startWorld({
        bot: { platformTimeoutMs: 60_000 },
        settings: {
          WALLAROO_URL: front.url,
          WALLAROO_USER: bot.username,
          WALLAROO_PASSWORD: bot.password,
          // The realm has more users than a community license has seats.
          WALLAROO_EDITION: 'enterprise',
        },
      });

    it('looks up, deactivates and activates the one who was named, and nobody and nothing else', async () => {
      const { realm } = keycloak();
      const add = (username: string) =>
        realm.addUser({
          username,
          email: username,
          firstName: 'Bea',
          lastName: "O'Ray",
          emailVerified: true,
        });
      const [id, otherId] = [await add('bea+1@bot.co'), await add('abea+1@bot.co')];
      const [whole, other] = [await realm.wholeUser(id), await realm.wholeUser(otherId)];
      const world = await startBot();

      const card = await ask(world, people.ada, '/wallaroo user Bea+1@bot.co');
      expect(card.text).toContain(id);
      expect(card.text).not.toContain(otherId);

      for (const [command, enabled, words] of [
        ['deactivate', false, 'bea+1@bot.co is now inactive'],
        ['activate', true, 'bea+1@bot.co is now active'],
      ] as const) {
        await askModal(world, people.ada, `/wallaroo ${command} bea+1@bot.co`);
        expect((await submit(world, people.ada)).text).toContain(words);
        // Ending the sessions has Keycloak refuse every token from before that moment.
        const notBefore = expect.any(Number);
        const user = { ...(whole.user as object), enabled, notBefore };
        expect(await realm.wholeUser(id)).toEqual({ ...whole, user });
        expect(await realm.wholeUser(otherId)).toEqual(other);
      }
    });

    it('says so when nobody has exactly the email that was named', async () => {
      const world = await startBot();
      const answer = await ask(world, people.ada, '/wallaroo user ea+1@bot.co');
      expect(answer.text).not.toMatch(/is now/);
      expect(front.writes.filter(({ path }) => path.endsWith('ea+1@bot.co'))).toEqual([]);
    });
  });
}
