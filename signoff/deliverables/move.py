"""Moving stages: the steps below every action that does. No permission is asked here."""

from collections.abc import Mapping
from dataclasses import dataclass
from uuid import UUID

from django.db.models import Prefetch
from django.utils.timezone import now

from signoff.accounts.models import User
from signoff.core.actor import Actor
from signoff.core.changes import Change, ChangedMeanwhile, set_fields
from signoff.core.errors import NotFound
from signoff.deliverables.models import Deliverable, Stage, StageStatus
from signoff.deliverables.progress import status_of


@dataclass(frozen=True, slots=True)
class Moving:
    """A deliverable locked for moving, with all its stages in order."""

    deliverable: Deliverable
    stages: list[Stage]

    def stage(self, stage_id: UUID) -> Stage:
        """Raises NotFound: a stage may have been taken away by a pipeline's edit in the meantime."""
        for stage in self.stages:
            if stage.pk == stage_id:
                return stage
        raise NotFound()

    def after(self, stage: Stage) -> Stage | None:
        """The next stage that is still to do."""
        later = (s for s in self.stages if s.position > stage.position and s.is_open)
        return next(later, None)


def lock(deliverable_id: UUID) -> Moving:
    """Lock one deliverable; whoever moves its stages does so first. Two queries. Raises NotFound."""
    found = lock_all([deliverable_id])
    if not found:
        raise NotFound()
    return found[0]


def lock_all(deliverable_ids: list[UUID]) -> list[Moving]:
    """The same for many, locked in the order of their ids so that two acts cannot wait for each other."""
    stages = Stage.objects.select_related("definition", "assignee").order_by("position")
    rows = (
        Deliverable.objects.select_for_update(of=("self",))
        .select_related("project", "assignee")
        .prefetch_related(Prefetch("stages", stages, to_attr="in_order"))
        .filter(pk__in=deliverable_ids)
        .order_by("pk")
    )
    return [Moving(row, list(row.in_order)) for row in rows]  # type: ignore[attr-defined]


def set_stage(moving: Moving, stage: Stage, wanted: Mapping[str, object]) -> Change:
    """Set fields of a stage and save it, then the deliverable's status if that follows.

    `approved_at` and `approved_by` go with the status APPROVED: give them, or they are now and nobody.
    """
    wanted = dict(wanted)
    if "status" in wanted:
        is_approved = wanted["status"] == StageStatus.APPROVED
        wanted["approved_at"] = (wanted.get("approved_at") or now()) if is_approved else None
        wanted["approved_by"] = wanted.get("approved_by") if is_approved else None
    change = set_fields(stage, wanted)
    if not change:
        return change
    stage.version += 1
    if "status" in change.values:
        stage.status_since = now()
    stage.save(update_fields=[*change.values, "version", "status_since", "updated_at"])
    if "status" in change.values:
        refresh_status(moving)
        _show_client(moving, stage)
    return change


def _show_client(moving: Moving, stage: Stage) -> None:
    """Handing a client's stage in shows the client the newest round; taking it back does not unsee it."""
    row = moving.deliverable
    is_shown = stage.definition.is_with_client and stage.status == StageStatus.IN_REVIEW
    if is_shown and row.round and row.round not in row.released_rounds:
        row.released_rounds = [*row.released_rounds, row.round]
        row.client_cover = row.cover if row.cover_round == row.round else row.client_cover
        row.save(update_fields=["released_rounds", "client_cover", "updated_at"])


def refresh_status(moving: Moving) -> bool:
    """Derive the deliverable's status anew; saves it if it changed, and says whether it did."""
    row = moving.deliverable
    status = status_of([s.status for s in moving.stages], row.held, row.delivered_at is not None)
    if status == row.status:
        return False
    row.status, row.version = status, row.version + 1
    row.save(update_fields=["status", "version", "updated_at"])
    return True


def check_version(row: Deliverable | Stage, version: int | None, current: Mapping[str, object]) -> None:
    """Raises ChangedMeanwhile when the caller saw another version than the row has now."""
    if version is not None and version != row.version:
        raise ChangedMeanwhile(current=dict(current))


def with_approver(actor: Actor, changes: Mapping[str, object]) -> dict[str, object]:
    """The changes, with the actor as the approver where they approve."""
    wanted = dict(changes)
    if wanted.get("status") == StageStatus.APPROVED:
        wanted["approved_by"] = User(pk=actor.user_id, name=actor.label) if actor.user_id else None
    return wanted
