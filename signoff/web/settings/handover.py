"""Settings: what a person holds, and handing it over to others, with or without closing their access."""

from uuid import UUID

from django.http import HttpRequest, HttpResponseBase
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST

from signoff.accounts.models import Membership
from signoff.accounts.policy import Permission
from signoff.core.errors import Conflict, Invalid
from signoff.deliverables.actions import hand_over
from signoff.deliverables.errors import CannotTakeOver
from signoff.deliverables.holding import Kind
from signoff.web.actor import actor_of
from signoff.web.choices import id_named
from signoff.web.settings.page import done, open_to, refused

# As the page counts them: one, several.
WORDS: dict[Kind, tuple[str | Promise, str | Promise]] = {
    Kind.WORK: (gettext_lazy("open stage to work on"), gettext_lazy("open stages to work on")),
    Kind.APPROVALS: (gettext_lazy("open stage to approve"), gettext_lazy("open stages to approve")),
    Kind.DELIVERABLES: (gettext_lazy("open deliverable"), gettext_lazy("open deliverables")),
    Kind.PROJECTS: (gettext_lazy("project of their own"), gettext_lazy("projects of their own")),
}
NOTHING: str | Promise = gettext_lazy("Choose who takes it over first.")


@require_POST
@open_to(Permission.MANAGE_PEOPLE)
def work(request: HttpRequest, membership_id: UUID) -> HttpResponseBase:
    """Hands over what the form names somebody for; with `closing` the person's access ends, too."""
    actor, is_closing = actor_of(request), "closing" in request.POST
    rows = Membership.objects.visible_to(actor).filter(user__is_service=False)
    row = get_object_or_404(rows.select_related("user"), pk=membership_id)
    try:
        to = _named(request)
        if not to and not is_closing:
            raise CannotTakeOver(str(NOTHING))
        handed = hand_over(actor=actor, membership=row, to=to, is_closing=is_closing)
    except (Conflict, Invalid) as refusal:
        return refused(request, refusal, "settings-person", row.pk)
    words = {"n": handed.total, "name": row.user.name}
    if is_closing:
        undo = f"{reverse('settings-person-opening', args=[row.pk])}?act={handed.act}"
        title = _("%(name)s has no access any more; handed over: %(n)s.") % words
        return done(request, title, "settings-people", undo=undo)
    undo = reverse("act-undo", args=[handed.act]) if handed.total else ""
    return done(request, _("Handed over of %(name)s's work: %(n)s.") % words, "settings-person", row.pk, undo=undo)


def _named(request: HttpRequest) -> dict[Kind, Membership]:
    """Kind by kind the member whom the form names. Raises CannotTakeOver for who is not here."""
    asked = {kind: request.POST.get(f"to-{kind}", "") for kind in Kind}
    ids = {kind: id_named(said) for kind, said in asked.items() if said}
    members = Membership.objects.visible_to(actor_of(request)).in_bulk([one for one in ids.values() if one])
    if any(one not in members for one in ids.values()):
        raise CannotTakeOver()
    return {kind: members[one] for kind, one in ids.items() if one}
