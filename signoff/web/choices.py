"""From what a form says to a person or a day: the choices that several pages offer."""

from datetime import date
from uuid import UUID

from django import forms
from django.utils.translation import gettext as _

from signoff.accounts.models import Membership, User
from signoff.core.actor import Actor
from signoff.core.errors import Invalid


class BadChoice(Invalid):
    code = "bad_choice"
    message = "That is not one of the choices. Reload the page and choose again."


def person_named(actor: Actor, said: str) -> User | None:
    """The person with this id among those the actor sees; None for nobody. Raises BadChoice."""
    if not said:
        return None
    try:
        member = Membership.objects.visible_to(actor).people().select_related("user").get(user_id=UUID(said))
    except (ValueError, Membership.DoesNotExist) as error:
        raise BadChoice(field="assignee") from error
    return member.user


def day_named(said: str) -> date | None:
    """The day of a date field; None for an empty one. Raises BadChoice."""
    try:
        found = forms.DateField(required=False).clean(said)
    except forms.ValidationError as error:
        raise BadChoice(_("Write the date as year-month-day, like 2026-12-05."), field="due_on") from error
    return found if isinstance(found, date) else None


def id_named(said: str) -> UUID | None:
    """An id from an address; None for what is none, so that a bad filter filters nothing."""
    try:
        return UUID(said)
    except ValueError:
        return None
