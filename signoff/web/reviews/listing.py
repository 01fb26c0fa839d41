"""All review sessions, and the dialog that plans one."""

from typing import Any

from django import forms
from django.db.models import Count
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from signoff.accounts.policy import Permission, require_held
from signoff.audit.verbs import Verb
from signoff.core.actor import Actor
from signoff.core.errors import NotAllowed, SignoffError
from signoff.deliverables.models import Deliverable
from signoff.feedback.models import Audience
from signoff.rooms.actions import SessionDraft, add_session
from signoff.rooms.models import ReviewSession, SessionItem, SessionStatus
from signoff.web.actor import actor_of, member_of, signed_in
from signoff.web.answers import is_htmx
from signoff.web.choices import id_named
from signoff.web.errors import status_of
from signoff.web.render import render

MOST = 100
HEARD = ", ".join(
    f"session.{what} from:body delay:1s" for what in ("added", "changed", "opened", "concluded", "removed")
)
GROUPS = (SessionStatus.OPEN, SessionStatus.PLANNED, SessionStatus.CONCLUDED)


class SessionForm(forms.Form):
    """What may be said of a session. Meaning is checked by the action."""

    name = forms.CharField(max_length=200)
    description = forms.CharField(required=False, max_length=5_000)
    audience = forms.ChoiceField(choices=Audience.choices, initial=Audience.INTERNAL)
    starts_at = forms.DateTimeField(required=False)
    minutes_per_item = forms.IntegerField(initial=5)
    is_frozen = forms.BooleanField(required=False)

    def refuse(self, error: SignoffError) -> None:
        """A refusal of the action at the field that it names, or above the form."""
        field = str(error.detail.get("field", ""))
        self.add_error(field if field in self.fields else None, error.message)


@require_safe
@signed_in
def reviews(request: HttpRequest) -> HttpResponse:
    """The page; for htmx only its list. Open ones first, then what is planned, then the last hundred that are over."""
    actor = actor_of(request)
    context = {"groups": _groups(actor), "heard": HEARD}
    if request.headers.get("HX-Target") == "reviews":
        return render(request, "reviews/_list.html", context)
    return render(request, "reviews/list.html", context)


def _groups(actor: Actor) -> list[tuple[SessionStatus, list[ReviewSession]]]:
    """Each session with how many of its items who looks sees. Two queries."""
    rows = list(ReviewSession.objects.visible_to(actor).select_related("owner").order_by("-id")[:MOST])
    seen = SessionItem.objects.visible_to(actor).filter(session__in=rows).order_by().values_list("session")
    counts = dict(seen.annotate(items=Count("pk")))
    for row in rows:
        row.seen_items = counts.get(row.pk, 0)  # type: ignore[attr-defined]
    found = {group: [row for row in rows if row.status == group] for group in GROUPS}
    found[SessionStatus.PLANNED].sort(key=lambda row: (row.starts_at is None, row.starts_at or row.created_at))
    return [(group, some) for group, some in found.items() if some]


@require_http_methods(["GET", "POST"])
@signed_in
def new(request: HttpRequest) -> HttpResponse:
    """GET is the form, in a dialog or as a page; POST plans the session, with the deliverables that are named."""
    actor = actor_of(request)
    require_held(actor, Permission.HOLD_SESSION)
    if request.method == "GET":
        return _form(request, SessionForm())
    form = SessionForm(request.POST)
    if not form.is_valid():
        return _form(request, form, 422)
    chosen = _chosen(actor, request.POST.getlist("deliverable"))
    try:
        draft = SessionDraft(**form.cleaned_data, deliverables=chosen)
        session = add_session(actor=actor, organization=member_of(request).organization, draft=draft)
    except NotAllowed:
        raise
    except SignoffError as error:
        form.refuse(error)
        return _form(request, form, status_of(error))
    address = reverse("review-session", args=[session.pk])
    if is_htmx(request):
        return HttpResponse(status=204, headers={"HX-Redirect": address, "HX-Trigger": Verb.SESSION_ADDED})
    return redirect(address)


def _chosen(actor: Actor, said: list[str]) -> list[Deliverable]:
    """The deliverables of this form that who sends it sees, in its order."""
    ids = [one for one in map(id_named, said[:200]) if one]
    rows = Deliverable.objects.visible_to(actor).in_bulk(ids)
    return [rows[one] for one in ids if one in rows]


def _form(request: HttpRequest, form: SessionForm, status: int = 200) -> HttpResponse:
    chosen = (request.POST if request.method == "POST" else request.GET).getlist("deliverable")
    context: dict[str, Any] = {"form": form, "title": _("New review session"), "chosen": chosen[:200]}
    if not is_htmx(request):
        return render(request, "reviews/new.html", context, status=status)
    response = render(request, "reviews/_new.html", context, status=status)
    if status >= 400:
        response.headers["HX-Retarget"] = "#dialog"
    return response
