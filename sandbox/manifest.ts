import { readFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { parse } from 'yaml';
import { z } from 'zod';

const schema = z.object({
  features: z.object({
    slash_commands: z.array(
      z.object({ command: z.string(), description: z.string(), usage_hint: z.string().optional() }),
    ),
  }),
  oauth_config: z.object({ scopes: z.object({ bot: z.array(z.string()) }) }),
});

/** What Slack learns of an app from its manifest, as far as the sandbox cares. */
export interface Manifest {
  readonly commands: readonly {
    readonly command: string;
    readonly description: string;
    readonly usage_hint?: string | undefined;
  }[];
  /** Of the bot token. */
  readonly scopes: readonly string[];
}

/** Reads a manifest, the repository's `manifest.yml` by default. Rejects when it is amiss. */
export async function readManifest(path?: string): Promise<Manifest> {
  const file = path ?? fileURLToPath(new URL('../manifest.yml', import.meta.url));
  const { features, oauth_config } = schema.parse(parse(await readFile(file, 'utf8')));
  return { commands: features.slash_commands, scopes: oauth_config.scopes.bot };
}
