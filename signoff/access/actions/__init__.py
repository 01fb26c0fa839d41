"""What people do to get in, and to say how; each verb is in the file of its noun."""

from signoff.access.actions.identities import link_identity, unlink_identity
from signoff.access.actions.single_sign_on import admit

__all__ = ["admit", "link_identity", "unlink_identity"]
