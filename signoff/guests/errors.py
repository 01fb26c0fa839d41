from signoff.core.errors import Conflict, Invalid, NotAllowed, NotFound, Unavailable


class LinkShut(NotFound):
    """Unknown, revoked, over, or not with this password: nobody is told which."""

    code = "link_shut"
    message = "This link does not open anything like this. Ask whoever sent it to you for a new one."


class LinkFull(Conflict):
    code = "link_full"
    message = "As many people as this link lets in have come already. Ask whoever sent it to you."


class NotEntered(NotFound):
    """The browser has no way in, or none any more."""

    code = "not_entered"
    message = "Open the link that you were sent once more: this browser is not, or no longer, let in by it."


class WrongCode(Invalid):
    code = "wrong_code"
    message = "This is not the code, or not any more. Ask for a new one."


class AccountInstead(NotAllowed):
    """Told only to who has proved the address: a mailed code is less than what the account asks for."""

    code = "account_instead"
    message = "You have an account here. Sign in with it: what you say then is yours."


class AddressShut(NotAllowed):
    code = "address_shut"
    message = "Nobody can speak here with this address. Ask whoever sent you the link."


class NoMailServer(Unavailable):
    code = "no_mail_server"
    message = "No code can be sent, because no mail server is set. Ask whoever sent you the link."


class OneSubject(Invalid):
    code = "one_subject"
    message = "A link opens one deliverable or one project."


class BadExpiry(Invalid):
    code = "bad_expiry"
    message = "A link ends in the future."


class BadChoice(Invalid):
    code = "bad_choice"
    message = "There is no such choice."


class LinkRevoked(Conflict):
    code = "link_revoked"
    message = "This link is revoked. Make a new one."
