import type { RecordingName } from '../recording/recordings.ts';
import type { KeycloakName } from '../versions.ts';
import type { Realm } from './realm.ts';

/** A way in which the realm may keep what it knows of users. */
export interface Profile {
  readonly id: string;
  readonly name: string;
  /** Whether attributes that the profile does not name are kept. */
  readonly keepsAttributes: boolean;
  /** The recording made with it, if the sandbox is held to one. */
  readonly recording?: RecordingName;
  apply(realm: Realm): Promise<void>;
}

const switchedBy = (userProfileEnabled: boolean) => (realm: Realm) =>
  realm.change({ attributes: { userProfileEnabled: `${userProfileEnabled}` } });

/** Keycloak's policy on attributes that its user profile does not name. */
const unmanaged = (policy: 'ENABLED' | undefined) => async (realm: Realm) => {
  const { body: profile } = await realm.ask('GET', '/users/profile');
  const { unmanagedAttributePolicy: _, ...rest } = profile;
  await realm.ask(
    'PUT',
    '/users/profile',
    policy === undefined ? rest : { ...rest, unmanagedAttributePolicy: policy },
  );
};

/** What each version lets a realm choose: 21 whether there is a user profile at all, 26 what it keeps beyond it. */
export function profilesOf(name: KeycloakName): Profile[] {
  return name === 'vendor'
    ? [
        {
          id: 'off',
          name: 'user profile off',
          keepsAttributes: true,
          recording: '21.1.1',
          apply: switchedBy(false),
        },
        {
          id: 'on',
          name: 'user profile on',
          keepsAttributes: false,
          recording: '21.1.1-user-profile',
          apply: switchedBy(true),
        },
      ]
    : [
        {
          id: 'strict',
          name: 'attributes of the profile alone',
          keepsAttributes: false,
          apply: unmanaged(undefined),
        },
        {
          id: 'open',
          name: 'other attributes as well',
          keepsAttributes: true,
          recording: '26.7.3',
          apply: unmanaged('ENABLED'),
        },
      ];
}

/** Has administrators held to an email for every user, as an installation may choose. Returns what ends it. */
export async function requireEmail(realm: Realm, name: KeycloakName): Promise<() => Promise<void>> {
  if (name === 'vendor') await switchedBy(true)(realm);
  const { body: before } = await realm.ask('GET', '/users/profile');
  const attributes = before.attributes.map((attribute: { name: string }) =>
    attribute.name === 'email' ? { ...attribute, required: { roles: ['admin', 'user'] } } : attribute,
  );
  await realm.ask('PUT', '/users/profile', { ...before, attributes });
  return async () => {
    await realm.ask('PUT', '/users/profile', before);
    if (name === 'vendor') await switchedBy(false)(realm);
  };
}
