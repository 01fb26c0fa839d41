"""Who decides for one while one is away: a card of the account."""

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponseBase
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from signoff.accounts.models import Membership, Role
from signoff.accounts.names import is_named
from signoff.accounts.policy import Permission, can
from signoff.core.errors import Conflict, Invalid
from signoff.reviews import actions
from signoff.reviews.models import Delegation
from signoff.reviews.panels import MAY_DECIDE
from signoff.reviews.standing import today_of
from signoff.web.actor import actor_of, member_of, person_of, signed_in
from signoff.web.choices import BadChoice, day_named, person_named
from signoff.web.settings.page import done, refused


@require_POST
@signed_in
def delegations(request: HttpRequest) -> HttpResponseBase:
    """Names a deputy for oneself."""
    actor = actor_of(request)
    try:
        deputy = person_named(actor, request.POST.get("deputy", ""))
        begins_on, ends_on = (day_named(request.POST.get(name, "")) for name in ("begins_on", "ends_on"))
        if deputy is None or begins_on is None or ends_on is None:
            raise BadChoice(_("Say who, from when and until when."))
        actions.set_delegation(
            actor=actor, absent=person_of(request), deputy=deputy, begins_on=begins_on, ends_on=ends_on
        )
    except (Invalid, Conflict) as refusal:
        return refused(request, refusal, "account")
    return done(request, _("%(name)s decides for you on these days") % {"name": deputy.name}, "account")


@require_POST
@signed_in
def removal(request: HttpRequest, delegation_id: UUID) -> HttpResponseBase:
    actor = actor_of(request)
    rows = Delegation.objects.visible_to(actor).select_related("absent", "deputy")
    actions.remove_delegation(actor=actor, delegation=get_object_or_404(rows, pk=delegation_id))
    return done(request, _("Nobody decides for you any more"), "account")


def deputies_card(request: HttpRequest) -> Mapping[str, Any]:
    """What the card shows; nothing for those who are never named. Two queries."""
    actor = actor_of(request)
    if not can(actor, Permission.APPROVE_WHERE_NAMED):
        return {"deputies": None}
    today = today_of(member_of(request).organization)
    rows = Delegation.objects.visible_to(actor).filter(ends_on__gte=today).select_related("absent", "deputy")
    mine = [row for row in rows if actor.user_id in (row.absent_id, row.deputy_id)]
    return {"delegations": mine, "deputies": _could_be(request), "today": today}


def _could_be(request: HttpRequest) -> list[Membership]:
    """Those who decide themselves; clients choose among their own."""
    actor = actor_of(request)
    people = Membership.objects.visible_to(actor).people().filter(role__in=MAY_DECIDE).exclude(user=actor.user_id)
    if actor.role == Role.CLIENT_VIEWER:
        people = people.filter(role=Role.CLIENT_VIEWER)
    return [one for one in people.select_related("user").order_by("user__name") if is_named(actor, one.user_id)]
