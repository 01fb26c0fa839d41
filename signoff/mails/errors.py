from signoff.core.errors import Unavailable


class MailFailed(Unavailable):
    """A letter was not taken. The message says why, for whoever wanted it sent."""

    code = "mail_failed"


class MailDelayed(MailFailed):
    """It may be taken later: the server is away, busy, or asks to come again."""

    code = "mail_delayed"
