"""What people do to get in, and to say how; each verb is in the file of its noun.

Access lies below `activity`: these actions write their events themselves.
"""

from signoff.access.actions.factors import (
    add_app,
    add_passkey,
    remove_factor,
    remove_factors,
    rename_passkey,
    renew_recovery_codes,
)
from signoff.access.actions.identities import link_identity, unlink_identity
from signoff.access.actions.sessions import end_other_sessions, end_session, sign_out, sign_out_everywhere
from signoff.access.actions.single_sign_on import admit

__all__ = [
    "add_app",
    "add_passkey",
    "admit",
    "end_other_sessions",
    "end_session",
    "link_identity",
    "remove_factor",
    "remove_factors",
    "rename_passkey",
    "renew_recovery_codes",
    "sign_out",
    "sign_out_everywhere",
    "unlink_identity",
]
