"""The notes that still ask for something: what stands in the way of an approval, what a decision records."""

from signoff.accounts.visibility import CLIENT_VIEWER
from signoff.core.actor import Actor
from signoff.deliverables.models import Deliverable
from signoff.feedback.models import Audience, FeedbackItem, ItemQuerySet

MOST_TEXT, MOST_NOTES = 300, 500
DRAWING = "Drawing"


def must_fix_for(actor: Actor, row: Deliverable) -> list[dict[str, object]]:
    """The must-fix notes that stand in this actor's way: what one cannot see cannot hold one up. One query."""
    items = _open(row).filter(is_must_fix=True).visible_to(actor)
    return [
        {
            "number": item.number_for(actor),
            "round": item.comment.revision.round,
            "text": _short(item.comment.text_for(actor)),
        }
        for item in items[:MOST_NOTES]
    ]


def open_notes_of(row: Deliverable) -> list[dict[str, object]]:
    """All that are open, as a decision keeps them. What clients read is None where they do not read the note."""
    return [_kept(row, item) for item in _open(row)[:MOST_NOTES]]


def shown_notes(notes: list[dict[str, object]], actor: Actor) -> list[dict[str, object]]:
    """A decision's notes as this actor reads them: clients those of theirs, in their wording."""
    if actor.role != CLIENT_VIEWER:
        return notes
    theirs = [note for note in notes if note["client_text"] is not None]
    return [note | {"text": note["client_text"], "number": note["client_number"]} for note in theirs]


def _kept(row: Deliverable, item: FeedbackItem) -> dict[str, object]:
    comment = item.comment
    is_shown = comment.audience == Audience.CLIENT and comment.revision.round in row.released_rounds
    return {
        "number": item.number,
        "round": comment.revision.round,
        "text": _short(comment.text),
        "state": item.state,
        "must_fix": item.is_must_fix,
        "client_number": item.client_number,
        "client_text": _short(comment.client_text or comment.text) if is_shown else None,
    }


def _open(row: Deliverable) -> ItemQuerySet:
    items = FeedbackItem.objects.filter(deliverable=row).to_settle()
    return items.filter(comment__removed_at=None).select_related("comment__revision").order_by("created_at", "id")


def _short(text: str) -> str:
    line = " ".join(text.split()) or DRAWING
    return line if len(line) <= MOST_TEXT else f"{line[: MOST_TEXT - 1]}…"
