import type { Config } from '../config.ts';
import { isNamed, namesOf } from '../license/seats.ts';
import { once } from '../once.ts';
import type { WallarooClient } from '../wallaroo/client.ts';
import { WallarooError } from '../wallaroo/errors.ts';
import { sentences } from '../wallaroo/sentences.ts';
import type { WallarooUser } from '../wallaroo/user.ts';
import { type Check, type Outcome, right, unchecked, wrong } from './check.ts';
import { editionOutcome } from './wallaroo-edition.ts';
import { workspacesOutcome } from './wallaroo-workspaces.ts';

const READING = 'Wallaroo: reading users';
const SIGN_IN = 'Wallaroo: sign-in';

/** The platform, as the bot's account finds it. Nothing is written. */
export function wallarooChecks(
  config: Config,
  client: () => WallarooClient,
  addresses: readonly string[],
  graphqlAnswered: () => boolean,
): readonly Check[] {
  const account = once(() => client().account());
  const users = once(() => client().listUsers());
  return [
    {
      name: SIGN_IN,
      needs: [
        ...addresses,
        'WALLAROO_USER',
        'WALLAROO_PASSWORD',
        'WALLAROO_CLIENT_ID',
        'WALLAROO_CLIENT_SECRET',
        'WALLAROO_USERS_VIA',
      ],
      run: async () => {
        try {
          const { username, userId } = await account();
          return right(`as ${username} (${userId})`);
        } catch (error) {
          // The doctor waits for no next try.
          if (error instanceof WallarooError && error.code === 'wrong_password')
            return wrong(error.message, sentences.wrong_password.userMessage);
          throw error;
        }
      },
    },
    {
      name: READING,
      needs: [SIGN_IN],
      run: async () => {
        const all = await users();
        if ((await client().getUser((await account()).userId)) === undefined)
          return wrong(
            "the bot's own account is not among the users",
            'check that WALLAROO_URL and WALLAROO_AUTH_URL are of one instance',
          );
        return right(`${all.length}, ${all.filter(({ enabled }) => enabled).length} of them active`);
      },
    },
    {
      name: 'Wallaroo: writing users',
      needs: [SIGN_IN],
      run: async () => writingOutcome(config, await account()),
    },
    {
      name: 'Wallaroo: GraphQL',
      needs: [SIGN_IN],
      run: async () => graphqlOutcome(client(), await account(), graphqlAnswered),
    },
    {
      name: 'Wallaroo: workspaces',
      needs: [READING],
      run: async () => workspacesOutcome(await account(), await client().workspaces()),
    },
    {
      name: 'Wallaroo: edition',
      needs: [SIGN_IN, 'WALLAROO_EDITION'],
      run: async () => editionOutcome(config.WALLAROO_EDITION, await client().instanceName()),
    },
    {
      name: 'Users in PROTECTED_USERS and SEAT_EXEMPT',
      needs: [READING, 'PROTECTED_USERS', 'SEAT_EXEMPT'],
      run: async () => namesOutcome([...config.PROTECTED_USERS, ...config.SEAT_EXEMPT], await users()),
    },
  ];
}

function namesOutcome(names: readonly string[], all: readonly WallarooUser[]): Outcome {
  const unknown = names.filter((name) => !all.some((user) => isNamed(user, namesOf([name]))));
  return unknown.length === 0
    ? right(names.length === 0 ? 'none' : 'all known')
    : wrong(`no user goes by ${unknown.join(', ')}`, 'correct the email or username');
}

type Account = Awaited<ReturnType<WallarooClient['account']>>;

async function graphqlOutcome(
  client: WallarooClient,
  { userId, realmRoles }: Account,
  answered: () => boolean,
): Promise<Outcome> {
  await client.workspacesOf(userId);
  if (!answered())
    return wrong(
      "it does not offer workspaces to the bot's account; they are read through the API, more slowly",
      'give the account the realm role admin',
    );
  return right(
    realmRoles.includes('admin')
      ? 'answers'
      : "answers; without the realm role admin the account sees only its own workspaces, not everyone's",
  );
}

/** From the roles of the token (contract §3.5, §4), as trying it would change something. */
function writingOutcome(
  { WALLAROO_USERS_VIA: via }: Config,
  { realmRoles, managementRoles }: Account,
): Outcome {
  if (realmRoles.includes('admin')) return right('allowed by the realm role admin');
  if (managementRoles.includes('manage-users')) return right('allowed by the role manage-users');
  if (via === 'api')
    return unchecked(
      "not known before the first change: the account lacks the role manage-users, which Wallaroo's API may ask for",
    );
  return wrong(
    'the account lacks the role manage-users',
    'Keycloak console → Users → the account → Role mapping: assign manage-users of the client master-realm, or the realm role admin',
  );
}
