"""Where each round stands: told from the stages as they are, and from what was asked of it. Two queries."""

from collections.abc import Sequence
from datetime import datetime
from enum import StrEnum
from uuid import UUID

from signoff.accounts.models import Role
from signoff.audit.models import Event
from signoff.audit.verbs import Verb
from signoff.core.actor import Actor
from signoff.deliverables.models import Deliverable, DeliverableStatus, Stage, StageStatus
from signoff.revisions.models import Revision

DONE = (DeliverableStatus.APPROVED, DeliverableStatus.DELIVERED)


class Standing(StrEnum):
    """What is true of a round, the last word first."""

    APPROVED = "approved"
    WITH_CLIENT = "with_client"
    CHANGES = "changes"  # somebody asked for them while it was the newest
    RELEASED = "released"
    INTERNAL = "internal"


def standings(actor: Actor, row: Deliverable, revisions: Sequence[Revision]) -> dict[UUID, Standing]:
    """Of the rounds of `row` that the actor sees, newest first."""
    asked, is_with_client = _asked(actor, row), _is_with_client(actor, row)
    shown = row.client_round if is_with_client else 0
    ends = [None, *(one.added_at for one in revisions)]
    return {one.pk: _standing(row, one, end, asked, shown) for one, end in zip(revisions, ends, strict=False)}


def _standing(
    row: Deliverable, revision: Revision, end: datetime | None, asked: Sequence[datetime], shown: int
) -> Standing:
    if revision.round == row.round and row.status in DONE:
        return Standing.APPROVED
    if revision.round == shown:
        return Standing.WITH_CLIENT
    if any(revision.added_at <= at and (end is None or at < end) for at in asked):
        return Standing.CHANGES
    return Standing.RELEASED if revision.round in row.released_rounds else Standing.INTERNAL


def _asked(actor: Actor, row: Deliverable) -> list[datetime]:
    """When changes were requested; clients hear of what they asked for themselves."""
    events = Event.objects.filter(deliverable_id=row.pk, verb=Verb.STAGE_CHANGES_REQUESTED)
    if actor.role == Role.CLIENT_VIEWER:
        events = events.filter(data__is_with_client=True)
    return list(events.order_by().values_list("created_at", flat=True))


def _is_with_client(actor: Actor, row: Deliverable) -> bool:
    stages = Stage.objects.visible_to(actor).filter(deliverable=row, definition__is_with_client=True)
    return stages.filter(status=StageStatus.IN_REVIEW).exists()
