import type { FetchFunction } from '@slack/web-api';
import { isPage } from '../is-page.ts';
import { isPassing, SlackTroubleError } from './token-words.ts';

/** Where Slack's methods are; files go elsewhere, and are answered by a text. */
const METHOD = /\/api\/[\w.]+(?:\?|$)/;
/** Where something limits calls and does not say for how long; Slack itself always does. */
const PAUSE_SECONDS = 2;

/**
 * `fetch` for Slack's client, which takes for Slack's own no whatever comes with status 200, and gives a call up at a 429 that
 * names no time. What is no answer of Slack's to what was asked fails here as a cut connection does, and is
 * repeated as that is: a page or other JSON of something in between, an answer that breaks off, and Slack's word for a trouble of
 * its own.
 */
export const fetchFromSlack = async (...[url, init]: Parameters<FetchFunction>): Promise<Response> => {
  const response = await fetch(url, init as RequestInit);
  if (response.status === 429) return withPause(response);
  if (response.status !== 200) return response;
  const text = await response.text();
  const trouble = isPage(text) ? new Error(A_PAGE) : METHOD.test(String(url)) ? troubleIn(text) : undefined;
  if (trouble !== undefined) throw trouble;
  return new Response(text, { headers: response.headers });
};

const A_PAGE = 'a page came in the place of an answer of Slack';
const OTHERWISE = 'what came is no answer of Slack';

function troubleIn(text: string): Error | undefined {
  // By far the most, and some are long.
  if (text.startsWith('{"ok":true')) return undefined;
  const { ok, error } = fieldsOf(text);
  if (ok === true) return undefined;
  if (ok !== false) return new Error(OTHERWISE);
  return typeof error === 'string' && isPassing(error) ? new SlackTroubleError(error) : undefined;
}

function fieldsOf(text: string): { readonly ok?: unknown; readonly error?: unknown } {
  try {
    return Object(JSON.parse(text));
  } catch {
    return {};
  }
}

function withPause(response: Response): Response {
  if (!Number.isNaN(Number.parseInt(response.headers.get('retry-after') ?? '', 10))) return response;
  const headers = new Headers(response.headers);
  headers.set('retry-after', String(PAUSE_SECONDS));
  return new Response(response.body, { status: response.status, headers });
}
