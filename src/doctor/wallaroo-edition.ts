import type { Config } from '../config.ts';
import { type Outcome, right, unchecked, warning } from './check.ts';

type Edition = Config['WALLAROO_EDITION'];

const words: Readonly<Record<Edition, RegExp>> = { community: /community/i, enterprise: /enterprise/i };

/** The setting beside what the instance calls itself, which may tell the edition: a hint, never a rule (contract §13). */
export function editionOutcome(edition: Edition, instanceName: string | undefined): Outcome {
  if (instanceName === undefined)
    return unchecked(
      `not known: this Wallaroo does not say what it is, so WALLAROO_EDITION=${edition} counts`,
    );
  const other: Edition = edition === 'community' ? 'enterprise' : 'community';
  if (words[edition].test(instanceName)) return right(`${edition}; it calls itself ${instanceName}`);
  if (words[other].test(instanceName))
    return warning(
      `it calls itself ${instanceName}, and WALLAROO_EDITION is ${edition}`,
      `look into your license: if it is ${other}, set WALLAROO_EDITION=${other}`,
    );
  return right(`${edition}, by WALLAROO_EDITION; its name ${instanceName} tells none`);
}
