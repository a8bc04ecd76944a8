/**
 * Every method of the Web API that the sandbox answers, with the scope of its method page; a test compares the
 * table with the routes. Any other method is refused as `unknown_method`. `null`: no scope; `by kind`: the one for
 * the kind of channel, such as `channels:read` or `im:history`.
 *
 * Beside them: `response_url`s, uploads of files, Socket Mode (`/link/`), and delivery by signed requests. Not
 * there: OAuth, threads broadcast to the channel, scheduled messages, reactions, search, and every block that the
 * page does not draw (video, table, file, …).
 */
export const supported = {
  'apps.connections.open': null,
  'auth.teams.list': null,
  'auth.test': null,
  'blocks.validate': null,
  'bots.info': 'users:read',
  'chat.delete': 'chat:write',
  'chat.getPermalink': null,
  'chat.postEphemeral': 'chat:write',
  'chat.postMessage': 'chat:write',
  'chat.update': 'chat:write',
  'conversations.history': 'by kind',
  'conversations.info': 'by kind',
  'conversations.members': 'by kind',
  'conversations.open': 'im:write',
  'conversations.replies': 'by kind',
  'files.completeUploadExternal': 'files:write',
  'files.getUploadURLExternal': 'files:write',
  'team.info': 'team:read',
  'usergroups.list': 'usergroups:read',
  'usergroups.users.list': 'usergroups:read',
  'users.info': 'users:read',
  'users.lookupByEmail': 'users:read.email',
  'views.open': null,
  'views.publish': null,
  'views.push': null,
  'views.update': null,
} as const satisfies Readonly<Record<string, string | null>>;
