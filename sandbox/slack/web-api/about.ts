import { SlackRefusal } from '../refusals.ts';
import type { Method } from './method.ts';

/** Who the app and its workspace are: `auth.*`, `team.*`, `bots.*`. */
export const about: Readonly<Record<string, Method>> = {
  'auth.test': {
    run: ({ state: { team, bot } }) => ({
      url: `https://${team.domain}.slack.com/`,
      team: team.name,
      user: bot.handle,
      // For an app of a whole organisation Slack names the organisation here.
      team_id: team.orgWideFor ?? team.id,
      user_id: bot.userId,
      bot_id: bot.botId,
      is_enterprise_install: team.orgWideFor !== undefined,
      ...(team.orgWideFor === undefined ? {} : { enterprise_id: team.orgWideFor }),
    }),
  },
  'auth.teams.list': {
    run: ({ state: { team } }) => ({
      teams: (team.orgWideFor === undefined ? [team.id] : (team.orgTeams ?? [team.id])).map((id) => ({
        id,
        name: team.name,
      })),
      response_metadata: { next_cursor: '' },
    }),
  },
  'team.info': {
    scope: 'team:read',
    run: ({ state: { team } }) => ({
      team: { id: team.id, name: team.name, domain: team.domain, email_domain: '', icon: {} },
    }),
  },
  'bots.info': {
    scope: 'users:read',
    run: ({ state: { bot } }, args) => {
      if (args.bot !== bot.botId) throw new SlackRefusal('bot_not_found');
      const { botId, appId, userId, name } = bot;
      return { bot: { id: botId, deleted: false, name, app_id: appId, user_id: userId, icons: {} } };
    },
  },
};
