import { validateView } from './block-kit/validate.ts';
import { carried } from './carried.ts';
import { withIds } from './controls.ts';
import { stateValues } from './entered.ts';
import { asJson, asList, asText, decoded, type Json } from './json.ts';
import { refuseFault } from './messages.ts';
import { SlackRefusal } from './refusals.ts';
import type { SlackView } from './state.ts';
import type { Workspace } from './workspace.ts';

/** Views in a stack at once (docs.slack.dev/surfaces/modals). */
const stackLimit = 3;

export const stackOf = (workspace: Workspace, userId: string): readonly SlackView[] =>
  workspace.state.stacks.get(userId) ?? [];

const allViews = (workspace: Workspace) => [
  ...[...workspace.state.stacks.values()].flat(),
  ...workspace.state.homes.values(),
];

/** An open view by `view_id` or `external_id`; refuses with `not_found`. */
export function findView(workspace: Workspace, viewId: unknown, externalId?: unknown): SlackView {
  const found = allViews(workspace).find((view) =>
    viewId === undefined ? view.content.external_id === externalId : view.id === viewId,
  );
  if (found === undefined) throw new SlackRefusal('not_found');
  return found;
}

/** A view's checked content, with ids where the app gave none. */
export function viewContent(
  workspace: Workspace,
  given: unknown,
  type: 'modal' | 'home',
  own?: SlackView,
): Json {
  const view = decoded(given);
  refuseFault(validateView(view));
  const content = asJson(view);
  if (content.type !== type)
    throw new SlackRefusal('invalid_arguments', {
      response_metadata: { messages: [`[ERROR] must be a ${type} [json-pointer:/view/type]`] },
    });
  const external = content.external_id;
  const taken = allViews(workspace).some((it) => it !== own && it.content.external_id === external);
  if (external !== undefined && external !== '' && taken) throw new SlackRefusal('duplicate_external_id');
  const blocks = withIds(asList(content.blocks).map(asJson), () => workspace.nextId('b'));
  return { ...content, blocks };
}

/** Opens a modal for a person, in place of what the app had open there. */
export function openView(workspace: Workspace, userId: string, content: Json): SlackView {
  const id = workspace.nextId('V');
  const view: SlackView = {
    id,
    userId,
    rootId: id,
    previousId: undefined,
    content,
    hash: workspace.hash(),
    errors: {},
  };
  workspace.state.stacks.set(userId, [view]);
  workspace.changed();
  return view;
}

/** Puts a view on top of a stack; refuses with `push_limit_reached` above three. */
export function pushView(workspace: Workspace, below: SlackView, content: Json): SlackView {
  const stack = stackOf(workspace, below.userId);
  if (stack.length >= stackLimit) throw new SlackRefusal('push_limit_reached');
  const view: SlackView = {
    id: workspace.nextId('V'),
    userId: below.userId,
    rootId: below.rootId,
    previousId: below.id,
    content,
    hash: workspace.hash(),
    errors: {},
  };
  workspace.state.stacks.set(below.userId, [...stack, view]);
  workspace.changed();
  return view;
}

/** Redraws a view; what people entered stays where block and action ids stay. */
export function redrawView(workspace: Workspace, view: SlackView, content: Json): void {
  view.content = content;
  view.hash = workspace.hash();
  view.errors = {};
  workspace.changed();
}

/** Publishes a person's Home tab, under the same id each time. */
export function publishHome(workspace: Workspace, userId: string, content: Json): SlackView {
  const home = workspace.state.homes.get(userId);
  if (home !== undefined) {
    redrawView(workspace, home, content);
    return home;
  }
  const id = workspace.nextId('V');
  const hash = workspace.hash();
  const view: SlackView = { id, userId, rootId: id, previousId: undefined, content, hash, errors: {} };
  workspace.state.homes.set(userId, view);
  workspace.changed();
  return view;
}

/** Takes views off a person's stack: the top one, or `all`. Gives those that were closed. */
export function closeViews(workspace: Workspace, userId: string, all = false): readonly SlackView[] {
  const stack = stackOf(workspace, userId);
  const kept = all ? [] : stack.slice(0, -1);
  workspace.state.stacks.set(userId, [...kept]);
  workspace.changed();
  return stack.slice(kept.length).toReversed();
}

/** A view as the Web API and payloads carry it. */
export function viewJson(workspace: Workspace, view: SlackView): Json {
  const { state } = workspace;
  const { content } = view;
  const isModal = content.type === 'modal';
  const blocks = asList(content.blocks).map(asJson);
  return carried({
    id: view.id,
    team_id: state.team.id,
    type: content.type,
    blocks,
    private_metadata: asText(content.private_metadata) ?? '',
    callback_id: asText(content.callback_id) ?? '',
    state: { values: stateValues(state, view.id, blocks) },
    hash: view.hash,
    ...(isModal ? { title: content.title } : {}),
    clear_on_close: content.clear_on_close === true,
    notify_on_close: content.notify_on_close === true,
    ...(isModal ? { close: content.close ?? null, submit: content.submit ?? null } : {}),
    previous_view_id: view.previousId ?? null,
    root_view_id: view.rootId,
    app_id: state.bot.appId,
    external_id: asText(content.external_id) ?? '',
    app_installed_team_id: state.team.id,
    bot_id: state.bot.botId,
  });
}
