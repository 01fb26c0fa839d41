"""The addresses in letters: sealed, so that nothing has to be kept. Dead ones all look the same."""

from uuid import UUID

from django.conf import settings
from django.contrib.auth.tokens import PasswordResetTokenGenerator
from django.db.models import QuerySet

from signoff.access.errors import DeadLink, DeadPasswordLink
from signoff.access.models import Invitation
from signoff.accounts.models import User
from signoff.core.ids import new_id
from signoff.core.seals import BrokenSeal, seal_for_good, unseal_for_good

INVITATION, PASSWORD = "invitation", "password"


class PasswordTokens(PasswordResetTokenGenerator):
    """Django's: dead after PASSWORD_RESET_TIMEOUT, with the next sign-in, or when password or address change."""

    key_salt = "signoff.access.password"


tokens = PasswordTokens()


def link_of(invitation: Invitation) -> str:
    """The whole address that accepts the invitation, until it is sent anew. Show it to nobody but its receiver."""
    token = seal_for_good(INVITATION, [invitation.pk.hex, invitation.serial])
    return f"{settings.PUBLIC_URL}/invitations/{token}"


def invitation_of(token: str, rows: "QuerySet[Invitation] | None" = None) -> Invitation:
    """The open invitation behind a link's token; of `rows`, when some are to be locked. Raises DeadLink.

    Every dead link costs one statement, so that time does not tell a made-up one from one that was real.
    """
    pk, serial = _read(token)
    rows = Invitation.objects.all() if rows is None else rows
    found = rows.filter(pk=pk, serial=serial).select_related("organization").first()
    if found is None or not found.is_open:
        raise DeadLink()
    return found


def password_link_of(user: User) -> str:
    token = seal_for_good(PASSWORD, [user.pk.hex, tokens.make_token(user)])
    return f"{settings.PUBLIC_URL}/password/new/{token}"


def user_of(token: str, rows: "QuerySet[User] | None" = None) -> User:
    """Whose password may be set with this token. Raises DeadPasswordLink; every dead one costs one statement."""
    pk, made = new_id(), ""
    try:
        who, made = map(str, unseal_for_good(PASSWORD, token))
        pk = UUID(who)
    except (BrokenSeal, ValueError):
        pass
    rows = User.objects.all() if rows is None else rows
    user = rows.filter(pk=pk, is_active=True, is_service=False).first()
    if user is None or not tokens.check_token(user, made):
        raise DeadPasswordLink()
    return user


def _read(token: str) -> tuple[UUID, int]:
    try:
        pk, serial = unseal_for_good(INVITATION, token)
        return UUID(str(pk)), int(str(serial))
    except (BrokenSeal, ValueError):
        return new_id(), 0
