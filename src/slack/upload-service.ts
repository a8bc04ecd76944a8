import type { WebClient } from '@slack/web-api';
import { ChatopsError } from '../errors.ts';
import { slackErrorOf } from './boundary.ts';

/** Slack did not take the file. */
class UploadRefusedError extends ChatopsError {
  constructor(cause: unknown) {
    const missing = slackErrorOf(cause) === 'missing_scope';
    super('files.uploadV2: the export was not taken', {
      code: 'upload_refused',
      userMessage: missing
        ? 'Slack does not let me upload files: the app lacks a scope (files:write, or im:write for direct messages). Please reinstall it with its current manifest.'
        : 'Slack did not take the file. Please try again in a minute.',
      cause,
    });
  }
}

/** Uploads the file to a person's direct messages, which nobody else sees. */
export async function sendFile(
  client: WebClient,
  userId: string,
  { file, filename, comment }: { readonly file: Buffer; readonly filename: string; readonly comment: string },
): Promise<void> {
  try {
    const { channel } = await client.conversations.open({ users: userId });
    if (channel?.id === undefined) throw new Error('conversations.open answered without a channel');
    await client.filesUploadV2({ channel_id: channel.id, file, filename, initial_comment: comment });
  } catch (error) {
    throw new UploadRefusedError(error);
  }
}
