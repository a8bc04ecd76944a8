import { asJson, asList, asText, decoded } from '../json.ts';
import { addMessage } from '../messages.ts';
import { SlackRefusal } from '../refusals.ts';
import type { SlackFile } from '../state.ts';
import type { Method } from './method.ts';

const scope = 'files:write';

/** The upload of a file in three steps: ask for a URL, send the bytes there, complete. */
export const files: Readonly<Record<string, Method>> = {
  'files.getUploadURLExternal': {
    scope,
    run: (workspace, args) => {
      const name = asText(args.filename);
      const length = Number(args.length);
      if (name === undefined || !Number.isInteger(length) || length < 1)
        throw new SlackRefusal('invalid_arguments');
      const id = workspace.nextId('F');
      workspace.state.files.set(id, { id, name, title: name, content: undefined, isShared: false });
      return { upload_url: `${workspace.url}/upload/v1/${id}`, file_id: id };
    },
  },
  'files.completeUploadExternal': {
    scope,
    run: (workspace, args) => {
      const shared = asList(decoded(args.files)).map((given): SlackFile => {
        const { id, title } = asJson(given);
        const file = workspace.state.files.get(String(id));
        if (file?.content === undefined || file.isShared) throw new SlackRefusal('file_not_found');
        file.title = asText(title) ?? file.title;
        return file;
      });
      if (shared.length === 0) throw new SlackRefusal('invalid_arguments');
      const channelId = asText(args.channel_id);
      if (channelId !== undefined) {
        const channel = workspace.channel(channelId);
        if (!channel.members.has(workspace.state.bot.userId)) throw new SlackRefusal('not_in_channel');
        if (channel.isArchived) throw new SlackRefusal('is_archived');
        addMessage(workspace, {
          channel: channel.id,
          threadTs: asText(args.thread_ts),
          text: asText(args.initial_comment) ?? '',
          blocks: [],
          metadata: undefined,
          files: shared,
        });
      }
      for (const file of shared) file.isShared = true;
      return { files: shared.map(({ id, title }) => ({ id, title })) };
    },
  },
};
