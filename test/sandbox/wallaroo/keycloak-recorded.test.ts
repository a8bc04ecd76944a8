import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startWallaroo, type WallarooSandbox } from '../../../sandbox/wallaroo/start-wallaroo.ts';
import type { WallarooSeed } from '../../../sandbox/wallaroo/state.ts';
import type { Switches } from '../../../sandbox/wallaroo/switches.ts';
import { makeUser } from '../../../sandbox/wallaroo/user.ts';
import { cast, castPassword } from '../../contract/recording/cast.ts';
import { type Recording, record } from '../../contract/recording/record.ts';
import { type RecordingName, recordingOf } from '../../contract/recording/recordings.ts';
import { Scene } from '../../contract/recording/scene.ts';

/** How the sandbox is set to be each of the Keycloaks that were recorded. */
const releases: Readonly<Record<RecordingName, Partial<Switches>>> = {
  '21.1.1': { keycloakRelease: '21', putMode: 'patch-like' },
  '21.1.1-user-profile': { keycloakRelease: '21', putMode: 'merge', attributesKept: false },
  '26.7.3': { keycloakRelease: '26', putMode: 'merge' },
};

function castSeed(): WallarooSeed {
  const users = cast.map(({ roles, attributes = {}, ...member }) =>
    makeUser({
      id: randomUUID(),
      createdTimestamp: 1,
      emailVerified: false,
      ...member,
      attributes,
      managementRoles: roles,
      password: castPassword,
    }),
  );
  const account = { username: 'manager@cast.co', password: castPassword };
  return { edition: 'community', seats: null, users, workspaces: [], account };
}

describe.each(Object.entries(releases))('as Keycloak %s answered', (name, switches) => {
  const recorded = recordingOf(name as RecordingName);
  let sandbox: WallarooSandbox;
  let answers: Recording;

  beforeAll(async () => {
    const seed = castSeed();
    sandbox = await startWallaroo({ seed, switches: { ...switches, mailServer: false } });
    const ids = new Map(seed.users.map(({ username, id }) => [username, id]));
    answers = await record(new Scene(sandbox.url, ids));
  });
  afterAll(() => sandbox.stop());

  it.each(Object.keys(recorded))('%s', (probe) => {
    expect(answers[probe]).toEqual(recorded[probe]);
  });
});
