"""What the next round of a deliverable would be, for who is about to make it. Reads only."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from signoff.audit.models import Event
from signoff.audit.verbs import Verb
from signoff.deliverables.models import Deliverable, Stage, StageStatus
from signoff.revisions.allowance import is_beyond
from signoff.revisions.hand_in import stage_to_hand_in
from signoff.revisions.models import Revision
from signoff.revisions.receive import next_round


@dataclass(frozen=True, slots=True)
class OpenRequest:
    """Changes that were asked for on a stage and that no round has answered yet."""

    stage: Stage
    who: str
    at: datetime
    note: str


@dataclass(frozen=True, slots=True)
class ComingRound:
    """`hands_in` is the stage it could send to review, `before` the newest round if that may still change."""

    number: int
    included: int | None
    is_beyond: bool
    hands_in: Stage | None
    answers: list[OpenRequest]
    before: Revision | None


def coming_round(deliverable: Deliverable) -> ComingRound:
    """Four queries at most."""
    stages = list(deliverable.stages.select_related("definition").order_by("position"))
    number, included = next_round(deliverable), deliverable.rounds_included
    newest = deliverable.revisions.filter(round=deliverable.round, settled_at=None).first()
    return ComingRound(
        number=number,
        included=included,
        is_beyond=is_beyond(number, included),
        hands_in=stage_to_hand_in(stages),
        answers=open_requests(deliverable.pk, stages),
        before=newest,
    )


def open_requests(deliverable_id: UUID, stages: list[Stage]) -> list[OpenRequest]:
    """The last request for changes on each of these stages that still stands there, in the stages' order."""
    waiting = [stage for stage in stages if stage.status == StageStatus.CHANGES_REQUESTED]
    if not waiting:
        return []
    asked = Event.objects.filter(deliverable_id=deliverable_id, verb=Verb.STAGE_CHANGES_REQUESTED)
    found = asked.filter(subject_id__in=[stage.pk for stage in waiting]).order_by("pk")
    last = {event.subject_id: event for event in found}
    return [_request(stage, last[stage.pk]) for stage in waiting if stage.pk in last]


def _request(stage: Stage, event: Event) -> OpenRequest:
    return OpenRequest(stage, event.actor_label, event.created_at, str(event.data.get("note", "")))
