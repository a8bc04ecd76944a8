// The same copy of `graphql` as the schema's.
import { GraphQLError } from 'graphql/index.js';

/** The error envelope of Hasura: a message, a path into the query, a code (contract §7.1). */
export function hasuraError(code: string, path: string, message: string): GraphQLError {
  return new GraphQLError(message, { extensions: { path, code } });
}

const hasuraWords = (message: string): string => {
  const [, field, type] = /^Cannot query field "(.+?)" on type "(.+?)"/.exec(message) ?? [];
  return field === undefined ? message : `field '${field}' not found in type: '${type}'`;
};

/** Any error of the GraphQL library in Hasura's shape. */
export function inHasuraShape(error: Error): { message: string; extensions: Record<string, unknown> } {
  const extensions = error instanceof GraphQLError ? error.extensions : {};
  if (typeof extensions.code === 'string') return { message: error.message, extensions };
  return {
    message: hasuraWords(error.message),
    extensions: { path: '$', code: error instanceof GraphQLError ? 'validation-failed' : 'unexpected' },
  };
}
