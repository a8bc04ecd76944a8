import { describe, expect, it } from 'vitest';
import { cast, castPassword } from '../recording/cast.ts';
import { record } from '../recording/record.ts';
import { keepRecording, recordingOf } from '../recording/recordings.ts';
import { Scene } from '../recording/scene.ts';
import type { KeycloakName } from '../versions.ts';
import type { Keycloak } from './keycloak-under-test.ts';
import { profilesOf } from './profiles.ts';
import type { Realm } from './realm.ts';

async function enterCast(realm: Realm): Promise<Map<string, string>> {
  const ids = new Map<string, string>();
  for (const { roles, ...member } of cast)
    ids.set(member.username, await realm.addUser(member, { password: castPassword, roles }));
  return ids;
}

/** The recordings that the sandbox is held to are what the real server answers. */
export function answeringAsRecorded(keycloak: () => Keycloak, name: KeycloakName): void {
  describe.each(profilesOf(name).filter(({ recording }) => recording !== undefined))('$name', (profile) => {
    it('answers as recorded', async () => {
      const { recording: file } = profile;
      if (file === undefined) return;
      const { realm, server } = keycloak();
      await profile.apply(realm);
      const ids = await enterCast(realm);
      const recording = await record(new Scene(server.url, ids));
      for (const id of ids.values()) await realm.ask('DELETE', `/users/${id}`);
      if (process.env.RECORD !== undefined) keepRecording(file, recording);
      expect(recording).toEqual(recordingOf(file));
    });
  });
}
