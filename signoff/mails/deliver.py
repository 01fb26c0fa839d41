"""Handing a letter to the mail server that the environment names, and saying in words why it would not have it."""

from collections.abc import Callable
from contextlib import suppress
from smtplib import (
    SMTPAuthenticationError,
    SMTPException,
    SMTPNotSupportedError,
    SMTPRecipientsRefused,
    SMTPResponseException,
    SMTPServerDisconnected,
)
from ssl import SSLCertVerificationError, SSLError

from django.conf import settings
from django.core.mail import get_connection

from signoff.mails.errors import MailDelayed, MailFailed
from signoff.mails.letter import Letter
from signoff.mails.write import message_of, one_line

MOST_SAID = 200
FOR_GOOD = 500  # from this code on a server means it
NOT_SET = "No mail server is set. SIGNOFF_SMTP_HOST names one."


def is_configured() -> bool:
    """Is there a mail server? Without one, links are shown to whoever would have sent them."""
    return bool(settings.EMAIL_HOST)


def deliver(letter: Letter, to: str, reference: str = "") -> None:
    """Returns when the server has taken the letter. Raises MailDelayed where another try may help, else MailFailed.

    `reference` names the letter: sent again, it is the same one.
    """
    if not is_configured():
        raise MailFailed(NOT_SET)
    message = message_of(letter, to, reference)
    connection = get_connection()
    try:
        connection.open()
        connection.send_messages([message])
    except (SMTPException, OSError) as error:
        raise failure_of(error) from error
    finally:
        with suppress(SMTPException, OSError):  # it has the letter; how it says goodbye is all the same
            connection.close()


def knock() -> None:
    """Does the server answer, and take our name and password? Raises as `deliver` does."""
    connection = get_connection()
    try:
        connection.open()
    except (SMTPException, OSError) as error:
        raise failure_of(error) from error
    finally:
        with suppress(SMTPException, OSError):
            connection.close()


def failure_of(error: Exception) -> MailFailed:
    """What a failed try means, in words."""
    if isinstance(error, SMTPRecipientsRefused):
        code, said = next(iter(error.recipients.values()), (FOR_GOOD, b""))
        return _by_code(code, f"The mail server refuses this address: {code} {_words(said)}")
    if isinstance(error, SMTPAuthenticationError):
        return _by_code(error.smtp_code, "The mail server does not take the name and password it is given.")
    if isinstance(error, SMTPResponseException):
        return _by_code(error.smtp_code, f"The mail server refuses: {error.smtp_code} {_words(error.smtp_error)}")
    for kind, words in OTHERS:
        if isinstance(error, kind):
            return words(error)
    return MailDelayed(f"The mail server cannot be reached: {_words(getattr(error, 'strerror', None) or error)}")


OTHERS: tuple[tuple[type[Exception], Callable[[Exception], MailFailed]], ...] = (
    (SMTPServerDisconnected, lambda error: MailDelayed("The mail server did not answer, or ended the connection.")),
    (SMTPNotSupportedError, lambda error: MailFailed(f"The mail server cannot do that: {_words(error)}")),
    (SSLCertVerificationError, lambda error: MailFailed("The mail server's certificate cannot be trusted.")),
    (SSLError, lambda error: MailFailed("The mail server does not speak TLS like this: check SIGNOFF_SMTP_SECURITY.")),
    (SMTPException, lambda error: MailFailed(f"The mail server cannot do that: {_words(error)}")),
)


def _by_code(code: int, words: str) -> MailFailed:
    return MailFailed(words) if code >= FOR_GOOD else MailDelayed(words)


def _words(said: object) -> str:
    text = said.decode("utf-8", "replace") if isinstance(said, bytes) else str(said)
    return one_line(text, MOST_SAID)
