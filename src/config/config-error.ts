import { ChatopsError } from '../errors.ts';
import type { EnvFile, SettingWarning } from './env-file.ts';

/** A setting that is missing or wrong. Nothing in it repeats a secret. */
export interface SettingFault {
  readonly name: string;
  readonly problem: string;
  /** Where its value is found. */
  readonly where: string;
  readonly isSet: boolean;
}

/** One message that lists every fault of the settings, and what else may be wrong with them. */
export class ConfigError extends ChatopsError {
  constructor(faults: readonly SettingFault[], warnings: readonly SettingWarning[] = [], file?: EnvFile) {
    const text = [
      `The bot cannot start: ${faults.length === 1 ? 'one setting is' : `${faults.length} settings are`} missing or wrong.`,
      faults
        .map(({ name, problem, where }) => `  ${name}: ${problem}\n      where to find it: ${where}`)
        .join('\n'),
      ...(warnings.length === 0 ? [] : [`Look at these, too:\n\n${warnings.map(warningLine).join('\n')}`]),
      `Settings are read from the environment and from the file .env (see .env.example).${noFile(faults, file)}`,
    ].join('\n\n');
    super(text, { code: 'config', userMessage: text });
  }
}

const warningLine = ({ name, problem, remedy }: SettingWarning): string =>
  `  ${name}: ${problem}\n      what to do: ${remedy}`;

const noFile = (faults: readonly SettingFault[], file: EnvFile | undefined): string =>
  file !== undefined && !file.isThere && faults.some(({ isSet }) => !isSet)
    ? `\nThere is no file ${file.path}: cp .env.example .env, and fill in what has no default.`
    : '';
