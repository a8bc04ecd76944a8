"""Runs the vendor's SDK for the tests: one JSON command a line on stdin, one JSON answer a line on stdout.

A command is {"call": NAME, "args": [...]}; an answer {"value": ...} or {"error": {"type": ..., "message": ...}}.
Signs in with WALLAROO_URL, WALLAROO_USER and WALLAROO_PASSWORD at the first command.
"""

import contextlib
import json
import sys
import time

import wallaroo
from wallaroo.user import User
from wallaroo.wallaroo_ml_ops_api_client.api.workspace import workspaces_list_users
from wallaroo.wallaroo_ml_ops_api_client.models.workspaces_list_users_body import WorkspacesListUsersBody
from wallaroo.workspace import Workspace


def user_data(user):
    """What the SDK tells of a user, also of one that it calls removed."""
    if not isinstance(user, User):
        return user
    return {
        "id": user.id(),
        "email": user.email(),
        "username": user.username(),
        "enabled": user.enabled(),
    }


def workspace_data(workspace):
    """What the SDK tells of a workspace; each name, list and relation is a call of its own."""
    return {
        "id": workspace.id(),
        "name": workspace.name(),
        "archived": workspace.archived(),
        "users": [user_data(user) for user in workspace.users()],
        "models": len(workspace.models()),
        "pipelines": len(workspace.pipelines()),
    }


def members_of(client, workspace_id):
    """The types of a workspace's members by user id, through the client that the SDK generates from the API's schema."""
    body = WorkspacesListUsersBody(workspace_id)
    return {user.user_id: user.user_type for user in workspaces_list_users.sync(client=client.mlops(), body=body).users}


def by_id(client, workspace_id):
    """A workspace of which only the id is known; the SDK fetches the rest."""
    return Workspace(client, {"id": workspace_id})


def forget_sign_in(client):
    """As in a new process: its token and its workspace are no longer those of the instance."""
    client.auth.fetcher.Reset()
    client._current_workspace = None


def time_list_users(client):
    """What listing all users takes in this process, its HTTP included: wall and processor time in ms, and how many there are."""
    wall, cpu = time.perf_counter(), time.process_time()
    users = client.list_users()
    return {
        "wallMs": (time.perf_counter() - wall) * 1000,
        "cpuMs": (time.process_time() - cpu) * 1000,
        "users": len(users),
    }


COMMANDS = {
    "connect": lambda client: {"user_id": client.auth.user_id(), "email": client.auth.user_email()},
    "list_users": lambda client: [user_data(user) for user in client.list_users()],
    "time_list_users": time_list_users,
    "get_user_by_email": lambda client, email: user_data(client.get_user_by_email(email)),
    "get_email_by_id": lambda client, user_id: User.get_email_by_id(client, user_id),
    "activate_user": lambda client, email: client.activate_user(email),
    "deactivate_user": lambda client, email: client.deactivate_user(email),
    "invite_user": lambda client, email, password=None: client.invite_user(email, password),
    "list_workspaces": lambda client: [{"id": one.id(), "name": one.name()} for one in client.list_workspaces()],
    "create_workspace": lambda client, name: client.create_workspace(name).id(),
    "workspace": lambda client, workspace_id: workspace_data(by_id(client, workspace_id)),
    "members": members_of,
    "current_workspace": lambda client: workspace_data(client.get_current_workspace()),
    "add_user": lambda client, workspace_id, email: by_id(client, workspace_id).add_user(email) and None,
    "add_owner": lambda client, workspace_id, email: by_id(client, workspace_id).add_owner(email) and None,
    "remove_user": lambda client, workspace_id, email: by_id(client, workspace_id).remove_user(email),
    "forget_sign_in": forget_sign_in,
}


def main():
    """Answers until stdin ends. The SDK's own prints go to stderr."""
    client = None
    for line in sys.stdin:
        command = json.loads(line)
        with contextlib.redirect_stdout(sys.stderr):
            try:
                client = client or wallaroo.Client(auth_type="user_password")
                answer = {"value": COMMANDS[command["call"]](client, *command["args"])}
            except Exception as error:  # whatever the SDK raises is the result under test
                answer = {"error": {"type": type(error).__name__, "message": str(error)}}
        print(json.dumps(answer), flush=True)


main()
