import type { WallarooState } from './model.ts';

/** Who shares what on the platform as it is now, and whom Keycloak mailed. */
export function Workspaces({ state: { workspaces, mails } }: { readonly state: WallarooState }) {
  return (
    <>
      <table className="users">
        <caption className="hidden">Workspaces of the Wallaroo instance</caption>
        <thead>
          <tr>
            <th scope="col">Workspace and owners</th>
            <th scope="col">Members</th>
          </tr>
        </thead>
        <tbody>
          {workspaces.map(({ id, name, owners, memberCount }) => {
            const isOwned = owners.some(({ enabled }) => enabled);
            return (
              <tr data-enabled={isOwned} key={id}>
                <td className="user">
                  <span className="user-state">{isOwned ? 'owned' : 'no active owner'}</span>
                  <span className="user-name">{name}</span>
                  {owners.map((owner) => (
                    <div key={owner.id}>
                      {owner.name}
                      {!owner.enabled && ' (inactive)'}
                    </div>
                  ))}
                </td>
                <td>{memberCount}</td>
              </tr>
            );
          })}
        </tbody>
      </table>
      {mails.length > 0 && <p className="seats">Keycloak mailed {mails.join(', ')}.</p>}
    </>
  );
}
