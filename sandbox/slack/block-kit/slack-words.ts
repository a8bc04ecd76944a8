import type { z } from 'zod';

type Issue = z.core.$ZodIssue;
type Path = readonly PropertyKey[];

const pointer = (path: Path) => `[json-pointer:/${path.map(String).join('/')}]`;
const line = (message: string, path: Path) => `[ERROR] ${message} ${pointer(path)}`;
const article = (type: string) => (/^[aeiou]/.test(type) ? 'an' : 'a');

function tooBig(issue: z.core.$ZodIssueTooBig): string {
  if (issue.origin === 'array') return `no more than ${issue.maximum} items allowed`;
  if (issue.origin === 'string') return `must be less than ${Number(issue.maximum) + 1} characters`;
  return `must be less than or equal to ${issue.maximum}`;
}

function tooSmall(issue: z.core.$ZodIssueTooSmall): string {
  if (issue.origin === 'array') return `must provide at least ${issue.minimum} items`;
  if (issue.origin === 'string') return `must be more than ${Number(issue.minimum) - 1} characters`;
  return `must be greater than or equal to ${issue.minimum}`;
}

function wordsOf(issue: Issue, at: Path): readonly string[] {
  switch (issue.code) {
    case 'unrecognized_keys':
      return issue.keys.map((key) => line(`invalid additional property: ${key}`, at));
    case 'invalid_type': {
      const type = issue.expected === 'int' ? 'integer' : issue.expected;
      return issue.input === undefined
        ? [line(`missing required field: ${String(at.at(-1))}`, at.slice(0, -1))]
        : [line(`must provide ${article(type)} ${type}`, at)];
    }
    case 'too_big':
      return [line(tooBig(issue), at)];
    case 'too_small':
      return [line(tooSmall(issue), at)];
    case 'invalid_value':
      return issue.input === undefined
        ? [line(`missing required field: ${String(at.at(-1))}`, at.slice(0, -1))]
        : [line('must be a valid enum value', at)];
    case 'invalid_union':
      return unionWords(issue, at);
    case 'not_multiple_of':
    case 'invalid_key':
    case 'invalid_element':
    case 'invalid_format':
    case 'custom':
      return [line(issue.message, at)];
  }
}

/** A union told apart by `type` says what type was unsupported; any other one matched none of its shapes. */
function unionWords(issue: z.core.$ZodIssueInvalidUnion, at: Path): readonly string[] {
  if (issue.discriminator === undefined) return [line('failed to match all allowed schemas', at)];
  const given = issue.input;
  if (given === null || typeof given !== 'object') return [line('must provide an object', at)];
  const type = 'type' in given ? given.type : undefined;
  return type === undefined
    ? [line('missing required field: type', at.slice(0, -1))]
    : [line(`unsupported type: ${String(type)}`, at)];
}

/**
 * What Slack would say of these faults in `response_metadata.messages`, e.g.
 * `[ERROR] must be less than 76 characters [json-pointer:/blocks/0/text/text]`. The wordings are those seen in
 * recorded answers; `root` is where the checked value stands in the call's arguments.
 */
export function inSlacksWords(issues: readonly Issue[], root: Path): readonly string[] {
  return issues.flatMap((issue) => wordsOf(issue, [...root, ...issue.path]));
}
