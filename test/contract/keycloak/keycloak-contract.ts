import { describe, inject } from 'vitest';
import { type KeycloakName, keycloakVersions } from '../versions.ts';
import { answeringAsRecorded } from './answering-as-recorded.ts';
import { botEndToEnd } from './bot-end-to-end.ts';
import { endingSessions } from './ending-sessions.ts';
import { findingUsers } from './finding-users.ts';
import { useKeycloak } from './keycloak-under-test.ts';
import { makingAccounts } from './making-accounts.ts';
import { mendingAccounts } from './mending-accounts.ts';
import { refusals } from './refusals.ts';
import { restarting } from './restarting.ts';
import { rolesNeeded } from './roles-needed.ts';
import { signingIn } from './signing-in.ts';
import { switchingUsers } from './switching-users.ts';

/** What the bot's client relies on, held against one real Keycloak that runs for all of it. */
export function keycloakContract(name: KeycloakName): void {
  describe.skipIf('missing' in inject(name))(`Keycloak ${keycloakVersions[name].version}`, () => {
    const keycloak = useKeycloak(name);
    signingIn(keycloak);
    findingUsers(keycloak);
    switchingUsers(keycloak, name);
    rolesNeeded(keycloak);
    refusals(keycloak, name);
    mendingAccounts(keycloak, name);
    makingAccounts(keycloak, name);
    endingSessions(keycloak);
    answeringAsRecorded(keycloak, name);
    botEndToEnd(keycloak);
    restarting(keycloak);
  });
}
