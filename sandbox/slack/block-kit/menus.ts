import { z } from 'zod';
import { conversationFilter, menuOption, optionGroup } from './composition.ts';
import { actionId, confirmable, focusable, notProvided, placeholdable, sameOption } from './elements.ts';

// Select menus of docs.slack.dev/reference/block-kit/block-elements/select-menu-element and multi-select-menu-element.

const menu = { ...actionId, ...confirmable, ...focusable, ...placeholdable };
const several = { ...menu, max_selected_items: z.int().min(1).optional() };
const responds = { response_url_enabled: z.boolean().optional() };
const offered = {
  options: z.array(menuOption).min(1).max(100).optional(),
  option_groups: z.array(optionGroup).min(1).max(100).optional(),
};
const queried = { min_query_length: z.int().min(0).optional() };
const ids = z.array(z.string()).min(1).optional();

type Option = z.infer<typeof menuOption>;
interface Offered {
  readonly options?: readonly Option[] | undefined;
  readonly option_groups?: readonly { readonly options: readonly Option[] }[] | undefined;
}

const oneSource = (element: Offered) =>
  (element.options === undefined) !== (element.option_groups === undefined);
const oneSourceMessage = 'must define either `options` or `option_groups`';
const offers = (element: Offered, wanted: Option) =>
  [...(element.options ?? []), ...(element.option_groups ?? []).flatMap((group) => group.options)].some(
    (option) => sameOption(option, wanted),
  );

export const staticSelect = z
  .strictObject({
    type: z.literal('static_select'),
    ...menu,
    ...offered,
    initial_option: menuOption.optional(),
  })
  .refine(oneSource, oneSourceMessage)
  .refine((element) => element.initial_option === undefined || offers(element, element.initial_option), {
    message: notProvided,
    path: ['initial_option'],
  });

export const multiStaticSelect = z
  .strictObject({
    type: z.literal('multi_static_select'),
    ...several,
    ...offered,
    initial_options: z.array(menuOption).min(1).optional(),
  })
  .refine(oneSource, oneSourceMessage)
  .refine((element) => (element.initial_options ?? []).every((initial) => offers(element, initial)), {
    message: notProvided,
    path: ['initial_options'],
  });

export const externalSelect = z.strictObject({
  type: z.literal('external_select'),
  ...menu,
  ...queried,
  initial_option: menuOption.optional(),
});

export const multiExternalSelect = z.strictObject({
  type: z.literal('multi_external_select'),
  ...several,
  ...queried,
  initial_options: z.array(menuOption).min(1).optional(),
});

export const usersSelect = z.strictObject({
  type: z.literal('users_select'),
  ...menu,
  initial_user: z.string().optional(),
});

export const multiUsersSelect = z.strictObject({
  type: z.literal('multi_users_select'),
  ...several,
  initial_users: ids,
});

export const channelsSelect = z.strictObject({
  type: z.literal('channels_select'),
  ...menu,
  ...responds,
  initial_channel: z.string().optional(),
});

export const conversationsSelect = z.strictObject({
  type: z.literal('conversations_select'),
  ...menu,
  ...responds,
  initial_conversation: z.string().optional(),
  default_to_current_conversation: z.boolean().optional(),
  filter: conversationFilter.optional(),
});

/** What an app may answer to `block_suggestion`: options or groups, up to 100; none at all means "no results". */
export const suggestions = z.union([
  z.strictObject({ options: z.array(menuOption).max(100) }),
  z.strictObject({ option_groups: z.array(optionGroup).max(100) }),
]);
