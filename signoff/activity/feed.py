"""What happened here, for those who may see it: the job diary and the activity lists.

The caller brings the projects that the actor sees; here is decided which of their events
clients read (progress, not planning), and how an event reads as a line.
"""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from uuid import UUID

from django.db import models
from django.db.models import Q

from signoff.accounts.names import shown_name
from signoff.activity.words import sentence_of
from signoff.audit.models import Event
from signoff.audit.verbs import Verb
from signoff.core.actor import Actor

CLIENTS_READ = (
    Verb.PROJECT_OPENED,
    Verb.DELIVERABLE_ADDED,
    Verb.STAGE_SUBMITTED,
    Verb.STAGE_CHANGES_REQUESTED,
    Verb.STAGE_APPROVED,
    Verb.STAGE_APPROVAL_WITHDRAWN,
    Verb.ROUND_RELEASED,
)
# The first is so that pages hear of it; as a line it would be noise. What was taken out is for the audit page, and the
# last is one person's.
UNSAID = (Verb.FILE_RENDERED, Verb.FILE_DOWNLOADED, Verb.EXPORT_MADE, Verb.REPORT_READY)
PEOPLE = ("assignee", "owner", "approved_by")  # fields whose labels are people's names
KINDS = {"dates": ["due_on", "starts_on", "archived_on"], "status": ["status", "held"]}


@dataclass(frozen=True, slots=True)
class Line:
    """One event as people read it. `kind` is dates, status or other, for the diary's filter."""

    id: UUID
    at: datetime
    who: str
    who_id: UUID | None
    verb: str
    text: str
    note: str
    status: str
    kind: str
    act: UUID
    project_id: UUID | None
    deliverable_id: UUID | None
    subject: str


def diary(
    actor: Actor,
    projects: "models.QuerySet[models.Model]",
    *,
    deliverable_id: UUID | None = None,
    before: UUID | None = None,
    kind: str = "",
    most: int = 50,
    vocabulary: Mapping[str, str] | None = None,
) -> list[Line]:
    """The newest lines of these projects (or of one deliverable), older than event `before`. One query.

    `kind` is empty for all, `dates` or `status` for the lines of that kind only.
    """
    events = Event.objects.filter(project_id__in=projects.values("pk")).exclude(verb__in=UNSAID)
    if deliverable_id:
        events = events.filter(deliverable_id=deliverable_id)
    if before:
        events = events.filter(pk__lt=before)
    if kind in KINDS:
        events = events.filter(changes__has_any_keys=KINDS[kind])
    if actor.role == "client_viewer":
        events = events.filter(Q(verb__in=CLIENTS_READ))
    newest = events.order_by("-pk")[:most]
    return [line_for(actor, event, vocabulary or {}) for event in newest]


def line_for(actor: Actor, event: Event, vocabulary: Mapping[str, str]) -> Line:
    """An event as a line for somebody who was told of it, or may read it.

    What the house says to itself stays inside: clients read notes on stages that are with them, and their own.
    """
    line = _line(actor, event, vocabulary)
    if actor.role != "client_viewer" or event.data.get("is_with_client") or event.actor_user_id == actor.user_id:
        return line
    return replace(line, note="")


def _line(actor: Actor, event: Event, vocabulary: Mapping[str, str]) -> Line:
    return Line(
        id=event.pk,
        at=event.created_at,
        who=shown_name(actor, event.actor_user_id, event.actor_label),
        who_id=event.actor_user_id,
        verb=event.verb,
        text=sentence_of(event, vocabulary, _labels(actor, event)),
        note=str(event.data.get("note", "")),
        status=str(event.changes.get("status", ["", ""])[1] or ""),
        kind=_kind(event),
        act=event.act,
        project_id=event.project_id,
        deliverable_id=event.deliverable_id,
        subject=event.subject_label,
    )


def _labels(actor: Actor, event: Event) -> Mapping[str, list[str]]:
    """The words for what an event's changes name by id, people by the names that the actor reads."""
    said: dict[str, list[str]] = event.data.get("labels", {})
    if not actor.house:
        return said
    ids = {field: event.changes.get(field, [None, None]) for field in PEOPLE if field in said}
    shown = {field: [_name(actor, *pair) for pair in zip(ids[field], said[field], strict=True)] for field in ids}
    return said | shown


def _name(actor: Actor, user_id: str | None, name: str) -> str:
    return shown_name(actor, UUID(user_id) if user_id else None, name)


def _kind(event: Event) -> str:
    if any(name.endswith("_on") for name in event.changes):
        return "dates"
    return "status" if "status" in event.changes or "held" in event.changes else "other"
