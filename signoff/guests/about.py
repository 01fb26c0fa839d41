"""What something was about, in words, from the ids in an address: “Key visual, round 3”."""

from collections.abc import Mapping
from typing import Any

from signoff.deliverables.models import Deliverable, Stage
from signoff.feedback.models import Comment, FeedbackItem
from signoff.revisions.models import MediaFile, Revision


def about_of(ids: Mapping[str, Any]) -> str:
    """One query at most; empty where the ids name nothing of this."""
    for name, (rows, field) in WHERE.items():
        if name in ids:
            said = rows.filter(pk=ids[name]).values_list(*field).first()
            return ", ".join(_words(said)) if said else ""
    return ""


WHERE = {
    "deliverable_id": (Deliverable.objects.all(), ("name",)),
    "round_id": (Revision.objects.all(), ("deliverable__name", "round")),
    "stage_id": (Stage.objects.all(), ("deliverable__name", "definition__name")),
    "file_id": (MediaFile.objects.all(), ("revision__deliverable__name", "revision__round", "name")),
    "comment_id": (Comment.objects.all(), ("revision__deliverable__name", "revision__round")),
    "item_id": (FeedbackItem.objects.all(), ("deliverable__name",)),
}


def _words(said: tuple[object, ...]) -> list[str]:
    return [f"round {one}" if isinstance(one, int) else str(one) for one in said]
