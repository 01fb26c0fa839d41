"""Letters to people: how they look, and handing them to the mail server. What they say, their senders know."""

from signoff.mails.deliver import deliver, is_configured, knock
from signoff.mails.errors import MailDelayed, MailFailed
from signoff.mails.letter import Brand, Letter

__all__ = ["Brand", "Letter", "MailDelayed", "MailFailed", "deliver", "is_configured", "knock"]
