"""Settings, on the page of a person: signing them out everywhere, and taking away second factors that they lost."""

from uuid import UUID

from django.http import HttpRequest, HttpResponseBase
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST

from signoff.access import actions
from signoff.accounts.models import Membership
from signoff.accounts.policy import Permission
from signoff.core.errors import Conflict
from signoff.web.actor import actor_of
from signoff.web.settings.page import done, open_to, refused


@require_POST
@open_to(Permission.MANAGE_PEOPLE)
def ending(request: HttpRequest, membership_id: UUID) -> HttpResponseBase:
    row = _find(request, membership_id)
    number = actions.sign_out_everywhere(actor=actor_of(request), membership=row)
    words = ngettext("%(name)s is signed out of %(n)s browser.", "%(name)s is signed out of %(n)s browsers.", number)
    said = words if number else _("%(name)s was not signed in.")
    return done(request, said % {"name": row.user.name, "n": number}, "settings-person", row.pk)


@require_POST
@open_to(Permission.MANAGE_PEOPLE)
def factors(request: HttpRequest, membership_id: UUID) -> HttpResponseBase:
    row = _find(request, membership_id)
    try:
        actions.remove_factors(actor=actor_of(request), membership=row)
    except Conflict as refusal:
        return refused(request, refusal, "settings-person", row.pk)
    said = _("%(name)s has no second factor any more, and is signed out.")
    return done(request, said % {"name": row.user.name}, "settings-person", row.pk)


def _find(request: HttpRequest, membership_id: UUID) -> Membership:
    people = Membership.objects.visible_to(actor_of(request)).filter(user__is_service=False)
    return get_object_or_404(people.select_related("user"), pk=membership_id)
