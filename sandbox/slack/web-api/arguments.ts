import type { Json } from '../json.ts';
import { asJson } from '../json.ts';
import { SlackRefusal } from '../refusals.ts';

/**
 * The arguments of a call: form-encoded (as `@slack/web-api` sends them), JSON, or multipart, together with
 * those of the query. Refuses with `invalid_json`, `json_not_object` or `invalid_post_type`.
 */
export async function argumentsOf(request: Request): Promise<Json> {
  const query = Object.fromEntries(new URL(request.url).searchParams);
  if (request.method === 'GET') return query;
  const type = request.headers.get('content-type') ?? '';
  if (type.startsWith('application/json')) return { ...query, ...jsonObject(await request.text()) };
  if (type.startsWith('application/x-www-form-urlencoded'))
    return { ...query, ...Object.fromEntries(new URLSearchParams(await request.text())) };
  if (type.startsWith('multipart/form-data'))
    return { ...query, ...Object.fromEntries(await request.formData()) };
  const body = await request.text();
  if (body !== '') throw new SlackRefusal(type === '' ? 'missing_post_type' : 'invalid_post_type');
  return query;
}

function jsonObject(body: string): Json {
  let parsed: unknown;
  try {
    parsed = JSON.parse(body);
  } catch {
    throw new SlackRefusal('invalid_json');
  }
  if (typeof parsed !== 'object' || parsed === null || Array.isArray(parsed))
    throw new SlackRefusal('json_not_object');
  return asJson(parsed);
}
