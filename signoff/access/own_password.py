"""The password once more, of who is signed in and wants something that a borrowed session must not do. A step."""

from django.contrib.auth.hashers import check_password
from django.utils.translation import gettext as _

from signoff.access.limits import Limit, count_try
from signoff.accounts.models import User
from signoff.core.errors import Invalid

OWN_PASSWORD = Limit("own-password", 5, 20 * 60)


class WrongPassword(Invalid):
    code = "wrong_password"

    def __init__(self) -> None:
        super().__init__(_("This is not your password."), field="password")


def check_own_password(person: User, password: str) -> None:
    """Counts tries, so call it outside of what a refusal would undo. Raises WrongPassword, TooManyTries."""
    counted = count_try([(OWN_PASSWORD, str(person.pk))])
    if not check_password(password, person.password):  # the person's own would renew an old hash: a new session
        raise WrongPassword()
    counted.give_back()
