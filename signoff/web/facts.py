"""The facts of a deliverable, each changed where it stands: what it is, what may be typed, what went wrong.

A form says the value that the person saw (`was`). If it is another one by now, nothing is overwritten:
who was second sees what it is, and keeps what was typed.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from uuid import UUID

from django.db.models import Q
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST

from signoff.accounts.models import Membership, Role
from signoff.accounts.policy import Permission, can
from signoff.audit.verbs import Verb
from signoff.core.actor import Actor
from signoff.core.changes import ChangedMeanwhile
from signoff.core.errors import Invalid, NotAllowed, SignoffError
from signoff.core.ids import new_id
from signoff.deliverables.actions import change_deliverable
from signoff.deliverables.models import Deliverable, Priority
from signoff.insight.recent import last_change
from signoff.projects.models import CustomField
from signoff.web.actor import actor_of, signed_in
from signoff.web.answers import back, is_htmx, saying, toast_of
from signoff.web.choices import BadChoice, day_named, person_named
from signoff.web.errors import status_of
from signoff.web.render import render

Choices = Sequence[tuple[str, str]]
MOST_ROUNDS = 999
# name: (label, kind of field)
FIELDS: dict[str, tuple[str | Promise, str]] = {
    "name": (gettext_lazy("Name"), "text"),
    "specification": (gettext_lazy("Specification"), "text"),
    "kind": (gettext_lazy("Type"), "text"),
    "language": (gettext_lazy("Language"), "text"),
    "market": (gettext_lazy("Market"), "text"),
    "priority": (gettext_lazy("Priority"), "choice"),
    "due_on": (gettext_lazy("Due"), "date"),
    "assignee": (gettext_lazy("Assignee"), "person"),
    "rounds_included": (gettext_lazy("Rounds included"), "number"),
    "notes": (gettext_lazy("Notes"), "area"),
}
CLIENTS_SEE = ("specification", "kind", "language", "market", "due_on")
KINDS = {"checkbox": "choice", "choice": "choice", "date": "date", "number": "text", "person": "person"}


class BadNumber(Invalid):
    code = "bad_number"
    message = "Write a whole number from 0 to 999, or nothing."


class ChangedHere(ChangedMeanwhile):
    """The value that the person saw is not there any more; the message says what is."""


@dataclass(frozen=True, slots=True)
class Fact:
    """One fact. `value` is what its form calls `was`; `said` and `problem` are of a refused change."""

    name: str
    label: str
    kind: str
    value: str
    shown: str
    choices: Choices = ()
    said: str | None = None
    problem: str = ""
    is_conflict: bool = False

    @property
    def typed(self) -> str:
        return self.value if self.said is None else self.said

    @property
    def html_id(self) -> str:
        return "fact-" + self.name.replace(".", "-")


@require_POST
@signed_in
def fact(request: HttpRequest, deliverable_id: UUID, name: str) -> HttpResponse:
    """Changes one fact and shows it anew; what is refused is shown with its reason and what was typed."""
    actor = actor_of(request)
    related = ("project__organization", "project__client_team", "assignee", "pipeline")
    row = get_object_or_404(Deliverable.objects.visible_to(actor).select_related(*related), pk=deliverable_id)
    people = people_of(actor, row)
    found = _fact_named(actor, row, people, name)
    said, act = request.POST.get("value", ""), new_id()
    try:
        changed = _change(actor, row, found, said, request.POST.get("was"), act)
    except NotAllowed:
        raise
    except SignoffError as error:
        fresh = Deliverable.objects.visible_to(actor).select_related(*related).get(pk=row.pk)
        found = replace(_fact_named(actor, fresh, people, name), said=said, problem=error.message)
        found = replace(found, is_conflict=isinstance(error, ChangedHere))
        return _shown(request, row, found, status_of(error))
    if not is_htmx(request):
        return back(request, reverse("deliverable", args=[row.pk]))
    answer = _shown(request, changed, _fact_named(actor, changed, people, name), 200)
    if changed.version == row.version:
        return answer
    toast = toast_of(_("%(label)s changed") % {"label": found.label}, undo=reverse("act-undo", args=[act]))
    return saying(answer, Verb.DELIVERABLE_CHANGED, toast)


def facts_of(actor: Actor, row: Deliverable, people: Sequence[Membership]) -> list[Fact]:
    """What this person sees of it: clients see what was ordered, not how it is planned."""
    if actor.role == Role.CLIENT_VIEWER:
        return [_own(row, people, name) for name in CLIENTS_SEE]
    fields = CustomField.objects.visible_to(actor).filter(subject=CustomField.Subject.DELIVERABLE)
    own = [_own(row, people, name) for name in FIELDS if name != "notes"]
    return [*own, *(_custom(row, people, field) for field in fields), _own(row, people, "notes")]


def people_of(actor: Actor, row: Deliverable) -> list[Membership]:
    """Who can be named on it: the house, and the people of its own client team."""
    members = Membership.objects.visible_to(actor).people().select_related("user")
    of_team = Q(role=Role.CLIENT_VIEWER, client_teams=row.project.client_team_id)
    return list(members.filter(~Q(role=Role.CLIENT_VIEWER) | of_team).order_by("user__name").distinct())


def _change(actor: Actor, row: Deliverable, found: Fact, said: str, was: str | None, act: UUID) -> Deliverable:
    if not can(actor, Permission.EDIT_DELIVERABLE):
        raise NotAllowed(permission=str(Permission.EDIT_DELIVERABLE))
    if was is not None and _lines(was) != _lines(found.value):
        raise _changed_here(actor, row, found)
    try:
        changes = _changes(actor, found, said)
        return change_deliverable(actor=actor, deliverable=row, changes=changes, version=row.version, act=act)
    except ChangedMeanwhile as error:
        raise _changed_here(actor, row, found) from error


def _changed_here(actor: Actor, row: Deliverable, found: Fact) -> ChangedHere:
    who = last_change(actor, row.pk, found.name.partition(".")[0])
    words = _("%(who)s changed this meanwhile. Save again to put yours in its place.")
    return ChangedHere(words % {"who": who or _("Somebody")})


def _changes(actor: Actor, found: Fact, said: str) -> Mapping[str, object]:
    if found.name.startswith("custom."):
        return {"custom": {found.name.removeprefix("custom."): said}}
    if found.kind == "date":
        return {found.name: day_named(said)}
    if found.kind == "person":
        return {found.name: person_named(actor, said)}
    if found.kind == "number":
        return {found.name: _whole(said)}
    if found.kind == "choice" and said not in dict(found.choices):
        raise BadChoice(field=found.name)
    return {found.name: said}


def _whole(said: str) -> int | None:
    text = said.strip()
    if not text:
        return None
    if not text.isascii() or not text.isdecimal() or len(text) > 9 or int(text) > MOST_ROUNDS:
        raise BadNumber(field="rounds_included")
    return int(text)


def _lines(text: str) -> str:
    """Browsers send text areas with other line ends than they got."""
    return text.replace("\r\n", "\n").strip()


def _fact_named(actor: Actor, row: Deliverable, people: Sequence[Membership], name: str) -> Fact:
    for found in facts_of(actor, row, people):
        if found.name == name:
            return found
    raise Http404


def _own(row: Deliverable, people: Sequence[Membership], name: str) -> Fact:
    label, kind = FIELDS[name]
    value = getattr(row, name)
    if name == "assignee":
        return Fact(name, str(label), kind, str(row.assignee_id or ""), str(row.assignee or ""), _named(people, row))
    text = "" if value is None else str(value)
    if name == "priority":
        return Fact(name, str(label), kind, text, str(row.get_priority_display()), Priority.choices)
    return Fact(name, str(label), kind, text, text)


def _custom(row: Deliverable, people: Sequence[Membership], field: CustomField) -> Fact:
    value = row.custom.get(field.key)
    text = {True: "yes", False: "no", None: ""}.get(value, str(value)) if not isinstance(value, str) else value
    choices: Choices = ()
    if field.kind == CustomField.Kind.CHOICE:
        choices = [("", "–"), *((choice, choice) for choice in field.choices)]
    if field.kind == CustomField.Kind.CHECKBOX:
        choices = [("", "–"), ("yes", _("Yes")), ("no", _("No"))]
    if field.kind == CustomField.Kind.PERSON:
        choices = [(str(member.user_id), member.user.name) for member in people]
    shown = dict(choices).get(text, text)
    return Fact(f"custom.{field.key}", field.name, KINDS.get(field.kind, "text"), text, shown, choices)


def _named(people: Sequence[Membership], row: Deliverable) -> Choices:
    """The people to choose from; who has it now stays among them, even if gone."""
    found = [(str(member.user_id), member.user.name) for member in people]
    if row.assignee and str(row.assignee_id) not in dict(found):
        found.append((str(row.assignee_id), row.assignee.name))
    return found


def _shown(request: HttpRequest, row: Deliverable, found: Fact, status: int) -> HttpResponse:
    """The fact by itself. The page may have been refreshed meanwhile, so the answer names its place."""
    context = {"row": row, "fact": found, "may_edit": True}
    if not is_htmx(request):
        return render(request, "deliverable/fact.html", context, status=status)
    response = render(request, "deliverable/_fact.html", context, status=status)
    response.headers["HX-Retarget"] = f"#{found.html_id}"
    response.headers["HX-Reswap"] = "outerHTML"
    return response
