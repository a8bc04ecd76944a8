import { Button } from 'react-aria-components';
import type { WallarooState } from './model.ts';
import type { Wallaroo } from './wallaroo-source.ts';

const when = new Intl.DateTimeFormat('en-US', { month: 'short', day: 'numeric', year: '2-digit' });

function Meter({ state }: { readonly state: WallarooState }) {
  const taken = state.users.filter((user) => user.enabled).length;
  if (state.seats === undefined)
    return (
      <p className="seats">
        {taken} active users · {state.edition}, no limit
      </p>
    );
  return (
    <div className="seats">
      <p>
        <strong>
          {taken} of {state.seats} seats
        </strong>{' '}
        taken · {state.edition}
      </p>
      <div aria-hidden className="meter" data-full={taken >= state.seats}>
        {Array.from({ length: Math.max(state.seats, taken) }, (_, seat) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: seats are told apart by nothing else
          <span data-over={seat >= (state.seats ?? 0)} data-taken={seat < taken} key={seat} />
        ))}
      </div>
    </div>
  );
}

/** Everyone on the platform as it is now; the button acts as another administrator would, outside Slack. */
export function Users({ wallaroo }: { readonly wallaroo: Wallaroo }) {
  const { state } = wallaroo;
  return (
    <>
      <Meter state={state} />
      <table className="users">
        <caption className="hidden">Users of the Wallaroo instance</caption>
        <thead>
          <tr>
            <th scope="col">User</th>
            <th scope="col">Last sign-in</th>
            <th scope="col">
              <span className="hidden">Act outside Slack</span>
            </th>
          </tr>
        </thead>
        <tbody>
          {state.users.map((user) => (
            <tr data-enabled={user.enabled} key={user.id}>
              <td className="user">
                <span className="user-state">{user.enabled ? 'active' : 'inactive'}</span>
                <span className="user-name">{user.name}</span>
                {user.isAdmin && <span className="app-badge">ADMIN</span>}
              </td>
              <td>{user.lastLogin === undefined ? 'never' : when.format(user.lastLogin)}</td>
              <td>
                <Button
                  aria-label={`${user.enabled ? 'Deactivate' : 'Activate'} ${user.name} outside Slack`}
                  className="small-button"
                  onPress={() => void wallaroo.setEnabled(user.id, !user.enabled)}
                >
                  {user.enabled ? 'Deactivate' : 'Activate'}
                </Button>
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </>
  );
}
