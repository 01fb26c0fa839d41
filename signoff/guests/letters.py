"""What the letters of this package say. Nothing that a guest typed is in them: whoever has a link could otherwise have
the house write to anybody in words of their own."""

from django.conf import settings
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from signoff.guests.models import GuestLink, Right
from signoff.mails import Brand, Letter


def code_letter(link: GuestLink, code: str) -> Letter:
    """The code stands in the subject, too, where a phone shows it."""
    house, words = link.organization, {"name": str(link.subject or link.organization), "code": code}
    return Letter(
        subject=_("%(code)s is your code for %(name)s") % words,
        heading=_("Your code"),
        paragraphs=(
            _("Somebody, hopefully you, wants to say something about %(name)s with this address. The code is:") % words,
            code,
            _("It is good for ten minutes, once, and in the browser in which it was asked for."),
        ),
        footer=_("It was not you? Then do nothing, and nobody can speak with your address."),
        brand=Brand(house.name, house.branding),
    )


def link_letter(link: GuestLink, address: str) -> Letter:
    """For somebody whom the house sends the link itself."""
    house = link.organization
    who = house.name if house.hides_names else link.made_by_label
    words = {"who": who, "house": house.name, "name": str(link.subject or house)}
    asks = {
        Right.VIEW: _("%(who)s of %(house)s shows you %(name)s."),
        Right.COMMENT: _("%(who)s of %(house)s asks what you think of %(name)s."),
        Right.DECIDE: _("%(who)s of %(house)s asks for your decision on %(name)s."),
    }
    paragraphs = [asks[Right(link.right)] % words]
    if link.password:
        paragraphs.append(_("The link asks for a password. You get it by another way."))
    if link.expires_at:
        paragraphs.append(_("It is good until %(day)s.") % {"day": date_format(link.expires_at, "j F Y")})
    return Letter(
        subject=_("%(name)s, from %(house)s") % words,
        heading=str(words["name"]),
        paragraphs=tuple(paragraphs),
        action=(_("Look at it"), address),
        footer=_("You need no account. Whoever has the link can look, so pass it on only to whom it is for."),
        brand=Brand(house.name, house.branding),
    )


def address_of(token: str) -> str:
    """The whole address of a link. Show it only to who made it and whom it is for."""
    return f"{settings.PUBLIC_URL}/g/{token}"
