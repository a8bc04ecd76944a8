import type { EnvFile } from '../config/env-file.ts';
import { settingNames } from '../config/settings.ts';
import type { Inspected } from '../config.ts';
import { type Finding, right, warning, wrong } from './check.ts';

/** The faults of the settings, by the names that other checks need. */
export function settingFindings({ faults }: Inspected): readonly Finding[] {
  if (faults.length === 0) return [{ name: 'Settings', ...right(`all ${settingNames.length} are right`) }];
  return faults.map(({ name, problem, where, isSet }) => ({
    name,
    ...wrong(problem, `where to find it: ${where}`),
    isUnset: !isSet,
  }));
}

/** What else may be wrong with them, and with the file that they are read from. */
export function warningFindings(
  { faults, warnings }: Inspected,
  file: EnvFile | undefined,
): readonly Finding[] {
  const isMissed = file?.isThere === false && faults.some(({ isSet }) => !isSet);
  return [
    ...(isMissed
      ? [
          {
            name: '.env',
            ...warning(
              `there is no file ${file.path}`,
              'cp .env.example .env, and fill in what has no default',
            ),
          },
        ]
      : []),
    ...warnings.map(({ name, problem, remedy }) => ({ name, ...warning(problem, remedy) })),
  ];
}
