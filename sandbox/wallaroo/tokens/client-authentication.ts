import { refuse } from '../refusals.ts';
import type { Switches } from '../switches.ts';
import { clientById, type OidcClient } from './clients.ts';

interface Credentials {
  readonly id: string;
  readonly secret: string | undefined;
}

const formDecoded = (text: string): string => decodeURIComponent(text.replaceAll('+', ' '));

function fromBasic(header: string, switches: Switches): Credentials | undefined {
  const [, encoded] = /^Basic (.+)$/i.exec(header) ?? [];
  if (encoded === undefined) return;
  const decoded = Buffer.from(encoded, 'base64').toString();
  const colon = decoded.indexOf(':');
  if (colon < 0) return { id: decoded, secret: undefined };
  const read = switches.basicIsFormEncoded ? formDecoded : (text: string) => text;
  return { id: read(decoded.slice(0, colon)), secret: read(decoded.slice(colon + 1)) };
}

function fromForm(form: URLSearchParams): Credentials | undefined {
  const id = form.get('client_id');
  return id === null ? undefined : { id, secret: form.get('client_secret') ?? undefined };
}

/** The client that asks, by Basic header or form (contract §3.1); refuses as §3.4 has it. */
export function authenticateClient(
  header: string | undefined,
  form: URLSearchParams,
  switches: Switches,
): OidcClient {
  const given = fromBasic(header ?? '', switches) ?? fromForm(form);
  const older = switches.clientErrors === 'older';
  const wrong = 'Invalid client or Invalid client credentials';
  if (given === undefined)
    return refuse(400, { error: 'invalid_client', error_description: 'Missing client_id parameter' });
  const client = clientById(given.id);
  if (client === undefined)
    return refuse(older ? 400 : 401, { error: 'invalid_client', error_description: wrong });
  if (client.secret !== undefined && client.secret !== given.secret)
    return refuse(401, {
      error: 'unauthorized_client',
      error_description: older ? 'Invalid client secret' : wrong,
    });
  return client;
}
