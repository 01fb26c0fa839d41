"""What people do with organisations, their teams, people, keys and views; each verb is in the file of its noun.

Accounts lie below `activity`: these actions write their events themselves.
"""

from signoff.accounts.actions.keys import issue_api_key, revoke_api_key
from signoff.accounts.actions.looking import look_as_oneself, look_as_person, look_as_team
from signoff.accounts.actions.operators import create_admin, organization_called
from signoff.accounts.actions.organizations import (
    add_organization,
    change_access,
    change_branding,
    change_organization,
    change_vocabulary,
)
from signoff.accounts.actions.passwords import change_password, reset_password
from signoff.accounts.actions.people import Added, add_member, change_member, deactivate_member, reactivate_member
from signoff.accounts.actions.preferences import set_preferences
from signoff.accounts.actions.teams import (
    add_client_team,
    archive_client_team,
    change_client_team,
    restore_client_team,
)
from signoff.accounts.actions.views import remove_view, save_view

__all__ = [
    "Added",
    "add_client_team",
    "add_member",
    "add_organization",
    "archive_client_team",
    "change_access",
    "change_branding",
    "change_client_team",
    "change_member",
    "change_organization",
    "change_password",
    "change_vocabulary",
    "create_admin",
    "deactivate_member",
    "issue_api_key",
    "look_as_oneself",
    "look_as_person",
    "look_as_team",
    "organization_called",
    "reactivate_member",
    "remove_view",
    "reset_password",
    "restore_client_team",
    "revoke_api_key",
    "save_view",
    "set_preferences",
]
