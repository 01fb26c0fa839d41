"""One's own notifications and whether they are read."""

from datetime import datetime
from typing import Annotated
from uuid import UUID

from ninja import Field, Query, Router

from signoff.activity.feed import line_for
from signoff.api.auth import Request
from signoff.api.v1.addresses import page_of
from signoff.api.v1.named import organization
from signoff.api.v1.schemas import Answer, Given, Page
from signoff.core.actor import Actor
from signoff.notifications.actions import mark_read, mark_unread
from signoff.notifications.models import Notification

router = Router(tags=["notifications"])


class NotificationOut(Answer):
    """`reason` says why one was told: assigned, waiting, decided, owned."""

    id: UUID
    reason: str
    read_at: datetime | None
    at: datetime
    who: str
    verb: str
    text: str
    note: str
    subject: str
    project_id: UUID | None
    deliverable_id: UUID | None
    url: str


class NotificationPage(Page):
    results: list[NotificationOut]
    unread: int


class NotificationQuery(Given):
    unread: bool = Field(False, description="Only unread ones")
    cursor: UUID | None = None
    limit: Annotated[int, Field(ge=1, le=200)] = 50


class ReadState(Given):
    """Without `ids` all are meant; only named ones can be made unread again."""

    is_read: bool = True
    ids: Annotated[list[UUID], Field(max_length=1000)] | None = None


class Unread(Answer):
    unread: int


@router.get("/notifications", response=NotificationPage)
def notifications(request: Request, query: Query[NotificationQuery]) -> dict[str, object]:
    """One's own notifications, newest first, and how many are unread."""
    actor = request.auth
    rows = Notification.objects.visible_to(actor).select_related("event").order_by("-id")
    rows = rows.unread() if query.unread else rows
    rows = rows.filter(id__lt=query.cursor) if query.cursor else rows
    page = list(rows[: query.limit + 1])
    vocabulary = organization(actor).vocabulary
    return {
        "results": [_notification(actor, row, vocabulary) for row in page[: query.limit]],
        "next": page[query.limit - 1].pk if len(page) > query.limit else None,
        "unread": _unread(actor),
    }


@router.post("/notifications", response=Unread)
def set_read(request: Request, payload: ReadState) -> dict[str, object]:
    """Mark notifications as read, or named ones as unread."""
    actor = request.auth
    if payload.is_read:
        mark_read(actor=actor, ids=payload.ids)
    else:
        for row in Notification.objects.visible_to(actor).filter(pk__in=payload.ids or []):
            mark_unread(actor=actor, notification=row)
    return {"unread": _unread(actor)}


def _unread(actor: Actor) -> int:
    return Notification.objects.visible_to(actor).unread().count()


def _notification(actor: Actor, row: Notification, vocabulary: dict[str, str]) -> dict[str, object]:
    line = line_for(actor, row.event, vocabulary)
    kind = "deliverable" if line.deliverable_id else "project"
    return {
        "id": row.pk,
        "reason": row.reason,
        "read_at": row.read_at,
        "at": line.at,
        "who": line.who,
        "verb": line.verb,
        "text": line.text,
        "note": line.note,
        "subject": line.subject,
        "project_id": line.project_id,
        "deliverable_id": line.deliverable_id,
        "url": page_of(kind, line.deliverable_id or line.project_id),
    }
