// By its file: a bundler would pick the ESM copy of `graphql`, whose schemas graphql-http, on the CommonJS copy, refuses.
import { buildSchema, GraphQLError, type GraphQLSchema } from 'graphql/index.js';
import type { Switches } from '../switches.ts';

const comparison = (type: string): string => `
  input ${type}_comparison_exp {
    _eq: ${type} _neq: ${type} _gt: ${type} _gte: ${type} _lt: ${type} _lte: ${type}
    _in: [${type}!] _nin: [${type}!] _is_null: Boolean
    ${type === 'String' ? '_like: String _ilike: String' : ''}
  }`;

/** Hasura's schema of the tables that the vendor's SDK touches (contract §7.2). */
const sdl = ({ relationFilters, memberRoot }: Switches): string => `
  schema { query: query_root mutation: mutation_root }
  scalar bigint
  scalar timestamptz
  ${['String', 'Boolean', 'bigint', 'timestamptz'].map(comparison).join('')}
  enum order_by { asc asc_nulls_first asc_nulls_last desc desc_nulls_first desc_nulls_last }

  input workspace_bool_exp {
    _and: [workspace_bool_exp!] _or: [workspace_bool_exp!] _not: workspace_bool_exp
    id: bigint_comparison_exp name: String_comparison_exp archived: Boolean_comparison_exp
    created_at: timestamptz_comparison_exp created_by: String_comparison_exp users: workspace_users_bool_exp
  }
  input workspace_order_by {
    id: order_by name: order_by archived: order_by created_at: order_by created_by: order_by
  }
  input workspace_users_bool_exp {
    _and: [workspace_users_bool_exp!] _or: [workspace_users_bool_exp!] _not: workspace_users_bool_exp
    id: bigint_comparison_exp user_id: String_comparison_exp user_type: String_comparison_exp
    workspace_id: bigint_comparison_exp
  }
  input workspace_users_order_by { id: order_by user_id: order_by user_type: order_by workspace_id: order_by }
  input workspace_models_order_by { id: order_by updated_at: order_by }
  input user_default_workspace_bool_exp { user_id: String_comparison_exp }

  type workspace {
    id: bigint! name: String! created_at: timestamptz! created_by: String archived: Boolean!
    users${relationFilters ? members : ''}: [workspace_users!]!
    models(order_by: [workspace_models_order_by!]): [workspace_models!]! pipelines: [pipeline!]!
  }
  type workspace_users { id: bigint! user_id: String! user_type: String workspace_id: bigint! workspace: workspace! }
  type workspace_models { id: bigint! updated_at: timestamptz! models: [model!]! }
  type model { id: bigint! }
  type pipeline { id: bigint! }
  type user_default_workspace { user_id: String! workspace: workspace }

  type query_root {
    workspace(where: workspace_bool_exp, order_by: [workspace_order_by!], limit: Int, offset: Int): [workspace!]!
    workspace_by_pk(id: bigint!): workspace
    user_default_workspace(where: user_default_workspace_bool_exp): [user_default_workspace!]!
    ${memberRoot ? `workspace_users${members}: [workspace_users!]!` : ''}
  }

  enum workspace_constraint { workspace_pkey workspace_name_key }
  enum workspace_update_column { name archived }
  input workspace_on_conflict {
    constraint: workspace_constraint! update_columns: [workspace_update_column!]! = []
  }
  enum workspace_users_constraint { workspace_users_pkey workspace_users_workspace_id_user_id_key }
  enum workspace_users_update_column { user_type }
  input workspace_users_on_conflict {
    constraint: workspace_users_constraint! update_columns: [workspace_users_update_column!]! = []
  }
  input workspace_users_insert_input { user_id: String user_type: String workspace_id: bigint }
  input workspace_users_arr_rel_insert_input {
    data: [workspace_users_insert_input!]! on_conflict: workspace_users_on_conflict
  }
  input user_default_workspace_insert_input { user_id: String }
  input user_default_workspace_arr_rel_insert_input { data: [user_default_workspace_insert_input!]! }
  input workspace_insert_input {
    name: String created_by: String owner_id: String archived: Boolean
    users: workspace_users_arr_rel_insert_input
    user_default_workspaces: user_default_workspace_arr_rel_insert_input
  }
  type workspace_users_mutation_response { affected_rows: Int! returning: [workspace_users!]! }
  type mutation_root {
    insert_workspace_one(object: workspace_insert_input!, on_conflict: workspace_on_conflict): workspace
    insert_workspace_users_one(
      object: workspace_users_insert_input!, on_conflict: workspace_users_on_conflict
    ): workspace_users
    delete_workspace_users(where: workspace_users_bool_exp!): workspace_users_mutation_response
  }`;

const members =
  '(where: workspace_users_bool_exp, order_by: [workspace_users_order_by!], limit: Int, offset: Int)';

/** Postgres' bigint comes as a number or as text of digits. */
function bigintOf(value: unknown): number {
  const number = typeof value === 'string' && /^-?\d+$/.test(value) ? Number(value) : value;
  if (typeof number === 'number' && Number.isSafeInteger(number)) return number;
  throw new GraphQLError('expected a bigint');
}

/** The schema as the switches have it. */
export function createSchema(switches: Switches): GraphQLSchema {
  const schema = buildSchema(sdl(switches));
  const bigint = schema.getType('bigint');
  if (bigint !== undefined) Object.assign(bigint, { parseValue: bigintOf });
  return schema;
}
