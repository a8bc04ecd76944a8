/** A refusal of a control API, in Slack's or the platform's own words. */
export class Refused extends Error {}

async function answerOf<T>(response: Response): Promise<T> {
  const body: unknown = await response.json();
  const told = body !== null && typeof body === 'object' ? body : {};
  if ('refused' in told) throw new Refused(String(told.refused));
  if (response.ok) return body as T;
  throw new Refused(String('error' in told ? told.error : response.status));
}

export const ask = async <T>(path: string): Promise<T> => answerOf(await fetch(path));

export const tell = async <T>(path: string, body: object): Promise<T> =>
  answerOf(
    await fetch(path, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify(body),
    }),
  );
