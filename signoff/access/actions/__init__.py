"""What people do about how they get in. Access lies below `activity`: these actions write their events themselves."""

from signoff.access.actions.factors import (
    add_app,
    add_passkey,
    remove_factor,
    remove_factors,
    rename_passkey,
    renew_recovery_codes,
)
from signoff.access.actions.sessions import end_other_sessions, end_session, sign_out, sign_out_everywhere

__all__ = [
    "add_app",
    "add_passkey",
    "end_other_sessions",
    "end_session",
    "remove_factor",
    "remove_factors",
    "rename_passkey",
    "renew_recovery_codes",
    "sign_out",
    "sign_out_everywhere",
]
