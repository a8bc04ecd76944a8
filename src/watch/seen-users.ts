import * as z from 'zod';
import { forEach, type Work } from '../work.ts';
import type { SeenUser } from './outside-changes.ts';

const seenSchema = z.array(z.tuple([z.string(), z.boolean(), z.string()]));

const LINES_IN_A_STEP = 64;

/** Users as they are kept: JSON with a line for each, so that it can be read piece by piece. */
export function* usersText(users: readonly SeenUser[]): Work<string> {
  const lines: string[] = [];
  yield* forEach(users, ({ id, active, label }) => lines.push(JSON.stringify([id, active, label])));
  return `[${lines.join(',\n')}]`;
}

/** The users in such a text, or in one without lines, as earlier versions wrote it. */
export function* usersIn(text: string): Work<readonly SeenUser[]> {
  const users: SeenUser[] = [];
  if (!text.startsWith('[') || !text.endsWith(']')) throw new SyntaxError('no list of users');
  const body = text.slice(1, -1);
  for (let begin = 0; begin < body.length; ) {
    const end = endOfLines(body, begin);
    const piece = body.slice(begin, end).replace(/,$/, '');
    for (const [id, active, label] of seenSchema.parse(JSON.parse(`[${piece}]`)))
      users.push({ id, active, label });
    begin = end + 1;
    yield;
  }
  return users;
}

function endOfLines(text: string, begin: number): number {
  let end = begin - 1;
  for (let line = 0; line < LINES_IN_A_STEP; line += 1) {
    end = text.indexOf('\n', end + 1);
    if (end === -1) return text.length;
  }
  return end;
}
