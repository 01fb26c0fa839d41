"""What the letters of this package say."""

from django.conf import settings
from django.utils.translation import gettext as _

from signoff.accounts.models import Organization, User
from signoff.deliverables.models import Stage
from signoff.mails import Brand, Letter


def code_letter(person: User, stage: Stage, code: str) -> Letter:
    """The code stands in the subject, too, where a phone shows it."""
    row = stage.deliverable
    house: Organization = row.project.organization
    words = {"stage": stage.definition.name, "name": row.name, "code": code}
    return Letter(
        subject=_("%(code)s is your code for %(name)s") % words,
        heading=_("Hello %(name)s") % {"name": person},
        paragraphs=(
            _("You are about to decide %(stage)s of %(name)s. Your code is:") % words,
            code,
            _("It is good for ten minutes, and for this decision only."),
        ),
        footer=_("It was not you? Then somebody is signed in with your account: tell %(house)s.") % {"house": house},
        brand=Brand(house.name, house.branding),
    )


def reminder_letter(person: User, stage: Stage) -> Letter:
    row = stage.deliverable
    house: Organization = row.project.organization
    words = {"stage": stage.definition.name, "name": row.name, "project": row.project.name}
    return Letter(
        subject=_("%(name)s waits for your decision") % words,
        heading=_("Hello %(name)s") % {"name": person},
        paragraphs=(_("%(stage)s of %(name)s (%(project)s) waits for what you say to it.") % words,),
        action=(_("Look and decide"), f"{settings.PUBLIC_URL}/deliverables/{row.pk}"),
        footer=_("You get this because you are named there to decide, or stand in for somebody who is."),
        brand=Brand(house.name, house.branding),
    )
