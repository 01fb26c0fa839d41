"""How a deliverable and its stages stand after a sheet has spoken of one, or of both. Pure."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from uuid import UUID

from signoff.deliverables.models import DeliverableStatus as D
from signoff.deliverables.progress import stages_for, status_of
from signoff.sheets.words import BadWord

HELD = (D.ON_HOLD, D.CANCELLED)


@dataclass(frozen=True, slots=True)
class Place:
    """One stage as it stands: its definition, status and approval type."""

    definition_id: UUID
    status: str
    approval_type: str


@dataclass(frozen=True, slots=True)
class Standing:
    status: str
    held: str
    is_delivered: bool
    stages: tuple[str, ...]


def stand(
    places: Sequence[Place],
    *,
    now: Standing | None,
    wanted: str | None,
    said: Mapping[UUID, str],
) -> Standing:
    """The new standing, from what the sheet says of the whole (`wanted`) and of single stages (`said`).

    `now` is None for a new deliverable. A status that the sheet merely repeats gives way to what it says
    of the stages. Raises BadWord when the two contradict each other.
    """
    moved = tuple(said.get(place.definition_id, place.status) for place in places)
    is_moved = moved != tuple(place.status for place in places)
    held, is_delivered = (now.held, now.is_delivered) if now else ("", False)
    if wanted is None or (now is not None and wanted == now.status):
        return Standing(status_of(moved, held, is_delivered), held, is_delivered, moved)
    if wanted in HELD:
        return Standing(wanted, wanted, is_delivered, moved)
    is_delivered = wanted == D.DELIVERED
    if status_of(moved, "", is_delivered) == wanted:
        return Standing(wanted, "", is_delivered, moved)
    return _moved_to(wanted, places, moved, said if is_moved or now is None else {}, is_delivered)


def _moved_to(
    wanted: str, places: Sequence[Place], moved: tuple[str, ...], said: Mapping[UUID, str], is_delivered: bool
) -> Standing:
    """Let the stages follow the status, as long as none leaves what the sheet says of it."""
    approvals = [place.approval_type for place in places]
    following = tuple(stages_for(wanted, list(zip(moved, approvals, strict=True))))
    kept = all(
        place.definition_id not in said or said[place.definition_id] == status
        for place, status in zip(places, following, strict=True)
    )
    if not places:
        raise BadWord("It has no stages, so its status cannot be set.")
    if not kept:
        stood = status_of(moved).replace("_", " ")
        raise BadWord(f"This contradicts the stages of the row, which make it “{stood}”.")
    if status_of(following, "", is_delivered) != wanted:
        raise BadWord("Its stages are all skipped, so it cannot have this status.")
    return Standing(wanted, "", is_delivered, following)
