"""What people do to get in, and to say how; each verb is in the file of its noun.

Access lies below `activity`: these actions write their events themselves.
"""

from signoff.access.actions.answers import accept_as, accept_as_new
from signoff.access.actions.factors import (
    add_app,
    add_passkey,
    remove_factor,
    remove_factors,
    rename_passkey,
    renew_recovery_codes,
)
from signoff.access.actions.identities import link_identity, unlink_identity
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
from signoff.access.actions.sessions import end_other_sessions, end_session, sign_out_everywhere
from signoff.access.actions.single_sign_on import admit

__all__ = [
    "Plan",
    "accept_as",
    "accept_as_new",
    "add_app",
    "add_passkey",
    "admit",
    "copy_link",
    "end_other_sessions",
    "end_session",
    "forget_password",
    "invite",
    "invite_many",
    "link_identity",
    "may_copy",
    "read_many",
    "remove_factor",
    "remove_factors",
    "rename_passkey",
    "renew_recovery_codes",
    "resend_invitation",
    "restore_invitation",
    "revoke_invitation",
    "set_forgotten_password",
    "sign_out_everywhere",
    "unlink_identity",
]
