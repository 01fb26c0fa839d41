"""What the letters of this package say. Pure but for the rows they are about."""

from django.conf import settings
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from signoff.access.models import Invitation
from signoff.accounts.models import Organization, Role, User
from signoff.mails import Brand, Letter

ROLES = {
    Role.ADMIN: gettext_lazy("You will be an admin there: nothing is closed to you."),
    Role.PRODUCER: gettext_lazy("You will be a producer there: you open projects, plan and approve."),
    Role.MAKER: gettext_lazy("You will be a maker there: you work on stages and hand them in."),
    Role.REVIEWER: gettext_lazy("You will be a reviewer there: you look at the work and approve it."),
    Role.CLIENT_VIEWER: gettext_lazy("You will follow your projects there, and approve what carries your name."),
}


def invitation_letter(invitation: Invitation, link: str) -> Letter:
    house, brand = invitation.organization, _brand(invitation.organization)
    who = invitation.inviter
    names = {"who": who, "house": house.name, "product": brand.product}
    invites = (
        _("%(who)s invites you to join %(house)s on %(product)s.")
        if who
        else _("%(house)s invites you to join it on %(product)s.")
    )
    teams = ", ".join(invitation.client_teams.order_by("name").values_list("name", flat=True))
    paragraphs = [invites % names, str(ROLES[Role(invitation.role)])]
    if teams:
        paragraphs.append(_("You will see what belongs to: %(teams)s.") % {"teams": teams})
    until = date_format(invitation.expires_at, "j F Y")
    paragraphs.append(_("The link is yours alone and good until %(day)s.") % {"day": until})
    return Letter(
        subject=(_("%(who)s invites you to %(house)s") if who else _("%(house)s invites you")) % names,
        heading=_("Hello %(name)s") % {"name": invitation.name} if invitation.name else _("You are invited"),
        paragraphs=tuple(paragraphs),
        action=(_("Accept the invitation"), link),
        footer=_("You did not expect this? Then do nothing, and nothing happens."),
        brand=brand,
    )


def password_letter(user: User, house: Organization, link: str) -> Letter:
    brand = _brand(house)
    return Letter(
        subject=_("Choose a new password for %(product)s") % {"product": brand.product},
        heading=_("Hello %(name)s") % {"name": user},
        paragraphs=(
            _("Somebody, hopefully you, said that you forgot your password."),
            _("The link below lets you choose a new one. It works once, within one hour."),
        ),
        action=(_("Choose a new password"), link),
        footer=_("It was not you? Then do nothing: your password stays as it is."),
        brand=brand,
    )


def sso_letter(user: User, house: Organization) -> Letter:
    """For people of a house without passwords: how they get in."""
    brand = _brand(house)
    return Letter(
        subject=_("How to sign in to %(product)s") % {"product": brand.product},
        heading=_("Hello %(name)s") % {"name": user},
        paragraphs=(
            _("Somebody, hopefully you, said that you forgot your password."),
            _("You need none here: people of %(house)s sign in with its single sign-on.") % {"house": house.name},
        ),
        action=(_("Sign in"), f"{settings.PUBLIC_URL}/sign-in"),
        footer=_("It was not you? Then do nothing: nothing has changed."),
        brand=brand,
    )


def _brand(house: Organization) -> Brand:
    return Brand(house.name, house.branding)
