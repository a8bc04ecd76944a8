import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { failure } from '../../wallaroo/support.ts';
import type { KeycloakName } from '../versions.ts';
import type { Keycloak } from './keycloak-under-test.ts';
import { type MailSink, startMailSink } from './mail-sink.ts';

/** The way in where the platform invites nobody: an account of Keycloak, and Keycloak's mail (contract §4.6, §13). */
export function makingAccounts(keycloak: () => Keycloak, name: KeycloakName): void {
  describe('making accounts', () => {
    let sink: MailSink;
    const mailBy = (smtpServer: object) => keycloak().realm.change({ smtpServer });

    beforeAll(async () => {
      sink = await startMailSink();
    });
    afterAll(async () => {
      await mailBy({});
      await sink.stop();
    });

    it('makes one that goes by its email, and has its owner mailed a link to set a password', async () => {
      await mailBy({ host: '127.0.0.1', port: `${sink.port}`, from: 'keycloak@made.co' });
      const { client } = keycloak().connect();
      const made = await client.inviteInKeycloak('New+1@Made.co');
      expect(made).toEqual({ id: expect.any(String), mailSent: true });
      expect(await keycloak().realm.user(made.id)).toMatchObject({
        username: 'new+1@made.co',
        email: 'new+1@made.co',
        enabled: true,
        emailVerified: false,
        requiredActions: expect.arrayContaining(['UPDATE_PASSWORD', 'VERIFY_EMAIL']),
      });
      const { body: credentials } = await keycloak().realm.ask('GET', `/users/${made.id}/credentials`);
      expect(credentials).toEqual([]);
      const [mail] = sink.mails.filter(({ to }) => to.includes('new+1@made.co'));
      const [link] = /http:\S+\/login-actions\/action-token\S+/.exec(mail?.source ?? '') ?? [];
      expect((await fetch(link?.replace(/["<>].*/, '') ?? '')).status).toBe(200);
      expect(await client.findUserByEmail('new+1@made.co')).toMatchObject({ id: made.id });
    });

    it('refuses an email and a username that are taken', async () => {
      const { client } = keycloak().connect();
      await keycloak().realm.addUser({ username: 'holder@made.co', email: 'other@made.co' });
      for (const taken of ['HOLDER@made.co', 'other@made.co'])
        expect(await failure(client.inviteInKeycloak(taken))).toMatchObject({ code: 'conflict' });
    });

    it('refuses an email that is none', async () => {
      const error = await failure(keycloak().connect().client.inviteInKeycloak('not an email'));
      expect(error).toMatchObject({ name: 'WallarooRefused', code: 'invalid_account' });
    });

    it.each([
      ['has no mail server', {}, name === 'current' ? 'no_mail_server' : 'not_sent'],
      ['reaches no mail server', { host: '127.0.0.1', port: '1', from: 'keycloak@made.co' }, 'not_sent'],
    ])('tells that nobody was mailed where the realm %s', async (what, smtpServer, why) => {
      await mailBy(smtpServer);
      const email = `${what.replaceAll(' ', '-')}@made.co`;
      const made = await keycloak().connect().client.inviteInKeycloak(email);
      expect(made).toMatchObject({ mailSent: false, why });
      expect(await keycloak().realm.user(made.id)).toMatchObject({ email, enabled: true });
    });

    it('knows that there is no mail server where it may read the realm', async () => {
      await mailBy({});
      const steward = { username: 'steward@made.co', password: 'contract-steward' };
      const proper = { email: steward.username, emailVerified: true, firstName: 'S', lastName: 'T' };
      const roles = ['manage-users', 'view-realm'];
      await keycloak().realm.addUser(
        { username: steward.username, ...proper },
        { password: steward.password, roles },
      );
      const { client } = keycloak().connect(steward);
      expect(await client.inviteInKeycloak('unmailed@made.co')).toMatchObject({ why: 'no_mail_server' });
    });
  });
}
