import type { EnvFile } from '../config/env-file.ts';
import { hideSecrets } from '../config/hide-secrets.ts';
import { type Env, secretsIn } from '../config/secrets.ts';
import { readEnvironment } from '../config.ts';
import { redact } from '../slack/redact.ts';

/** What this process was given, before anything of it is checked. */
export interface ProcessSettings {
  readonly env: Env;
  readonly file: EnvFile;
  /** Takes the secrets of the settings out of a text. */
  readonly hideValues: (text: string) => string;
  /** Also takes out what looks like a secret. */
  readonly hide: (text: string) => string;
}

export function readProcessSettings(): ProcessSettings {
  const { env, file } = readEnvironment();
  const hideValues = hideSecrets(secretsIn(env));
  return { env, file, hideValues, hide: (text) => redact(hideValues(text)) };
}
