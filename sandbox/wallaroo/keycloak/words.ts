import type { Switches } from '../switches.ts';

/** What one release of Keycloak says where another says something else. */
interface Words {
  readonly forbidden: string;
  readonly brokenJson: object;
  readonly wrongType: object;
  readonly wrongMediaType: string;
  readonly wrongMethod: (method: string) => string;
  readonly unreadableParameter: (name: string, value: string) => string;
  readonly unknownProperty: (name: string) => string;
  /** The user profile asks for an attribute that is missing. */
  readonly required: (field: string) => object;
  /** A change of the email to one that another user has. */
  readonly takenEmail: string;
  /** A change of the username to one that another user has. */
  readonly takenUsername: string;
  readonly missingUsername: string;
  readonly invalidEmail: (email: string) => object;
  /** The user profile lets nobody change the attribute. */
  readonly readOnly: (field: string) => object;
  /** A mail cannot be sent, as the realm has no server for it. */
  readonly noMailServer: string;
  /** Status of a sign-in with a wrong password or as nobody whom Keycloak knows. */
  readonly wrongCredentials: 400 | 401;
}

/** As recorded of 21.1.1 and 26.7.3 (`test/fixtures/keycloak`). */
const words: Readonly<Record<Switches['keycloakRelease'], Words>> = {
  '21': {
    forbidden: 'unknown_error',
    brokenJson: { error: 'unknown_error' },
    wrongType: { error: 'unknown_error' },
    wrongMediaType: 'RESTEASY003065: Cannot consume content type',
    wrongMethod: (method) =>
      `RESTEASY003650: No resource method found for ${method}, return 405 with Allow header`,
    unreadableParameter: (name, value) =>
      `RESTEASY003870: Unable to extract parameter from http request: javax.ws.rs.QueryParam("${name}") value is '${value}'`,
    unknownProperty: (name) => `Unrecognized field "${name}"`,
    required: (field) => ({ errorMessage: `Please specify attribute ${field}.` }),
    takenEmail: 'User exists with same username or email',
    takenUsername: 'User exists with same username or email',
    missingUsername: 'missingUsernameMessage',
    invalidEmail: () => ({ errorMessage: 'Invalid email address.' }),
    readOnly: (field) => ({ errorMessage: `Attribute ${field} is read only.` }),
    noMailServer: 'Failed to send execute actions email',
    wrongCredentials: 401,
  },
  '26': {
    forbidden: 'HTTP 403 Forbidden',
    brokenJson: { error: 'invalid_request', error_description: 'Cannot parse the JSON' },
    wrongType: { error: 'unknown_error', error_description: 'Cannot parse the JSON' },
    wrongMediaType: 'The content-type header value did not match the value in @Consumes',
    wrongMethod: () => 'HTTP 405 Method Not Allowed',
    unreadableParameter: () => 'HTTP 404 Not Found',
    unknownProperty: (name) =>
      `Invalid json representation for UserRepresentation. Unrecognized field "${name}" at line 1 column 1.`,
    required: (field) => ({ field, errorMessage: 'error-user-attribute-required', params: [field] }),
    takenEmail: 'User exists with same email',
    takenUsername: 'User exists with same username',
    missingUsername: 'User name is missing',
    invalidEmail: (email) => ({
      field: 'email',
      errorMessage: 'error-invalid-email',
      params: ['email', email],
    }),
    readOnly: (field) => ({ field, errorMessage: 'error-user-attribute-read-only', params: [field] }),
    noMailServer:
      "Failed to send execute actions email: Invalid sender address 'null'. If the address contains UTF-8 characters in the local part please ensure the SMTP server supports the SMTPUTF8 extension and enable 'Allow UTF-8' in the email realm configuration.",
    wrongCredentials: 400,
  },
};

export const keycloakWords = ({ keycloakRelease }: Switches): Words => words[keycloakRelease];
