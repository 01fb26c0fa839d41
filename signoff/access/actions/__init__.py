"""What people do about getting in; each verb is in the file of its noun.

Access lies below `activity`: these actions write their events themselves.
"""

from signoff.access.actions.answers import accept_as, accept_as_new
from signoff.access.actions.invitations import (
    copy_link,
    invite,
    may_copy,
    resend_invitation,
    restore_invitation,
    revoke_invitation,
)
from signoff.access.actions.many import Plan, invite_many, read_many
from signoff.access.actions.passwords import forget_password, set_forgotten_password

__all__ = [
    "Plan",
    "accept_as",
    "accept_as_new",
    "copy_link",
    "forget_password",
    "invite",
    "invite_many",
    "may_copy",
    "read_many",
    "resend_invitation",
    "restore_invitation",
    "revoke_invitation",
    "set_forgotten_password",
]
