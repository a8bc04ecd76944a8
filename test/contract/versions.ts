/** The Keycloaks that the client and the sandbox are held to. */
export const keycloakVersions = {
  /** The newest that could be had; supports these Javas. */
  current: { version: '26.7.3', javaMajors: [17, 21, 25] },
  /** The one that the vendor's documentation links. */
  vendor: { version: '21.1.1', javaMajors: [11, 17] },
} as const;

export type KeycloakName = keyof typeof keycloakVersions;
