import { keycloakContract } from './keycloak-contract.ts';

keycloakContract('current');
