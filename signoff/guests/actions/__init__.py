"""What the house does with links, and what guests do at them; one module a noun."""

from signoff.guests.actions.entering import ask_code, leave, open_link, prove_address
from signoff.guests.actions.links import LinkDraft, make_link, renew_link, revoke_link, send_link

__all__ = [
    "LinkDraft",
    "ask_code",
    "leave",
    "make_link",
    "open_link",
    "prove_address",
    "renew_link",
    "revoke_link",
    "send_link",
]
