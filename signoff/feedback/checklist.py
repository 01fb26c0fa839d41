"""The notes of a round as a list, with how far they are. A fixed number of queries."""

from collections.abc import Iterable

from django.db.models import Prefetch

from signoff.accounts.visibility import CLIENT_VIEWER
from signoff.core.actor import Actor
from signoff.core.errors import NotFound
from signoff.deliverables.models import Deliverable
from signoff.feedback.models import CARRIED, FeedbackItem, ItemQuerySet, Sighting, State
from signoff.feedback.newest import newest_round
from signoff.feedback.places import is_approximate, place_in
from signoff.feedback.room import Shape, note_of, person_of
from signoff.revisions.models import Revision

DROPPED = (State.WONT_FIX, State.SUPERSEDED)  # nobody waits for these


def checklist_of(actor: Actor, revision: Revision) -> Shape:
    """Every note that stands in this round, as it stands there, in the order in which they were raised."""
    rows = _rows(actor).filter(sightings__revision=revision)
    items = list(rows.prefetch_related(_sightings(actor, revision.deliverable)).order_by("created_at", "id"))
    is_newest = revision == newest_round(actor, revision.deliverable)
    shapes = [_shape(actor, item, revision, is_newest) for item in items]
    return {"items": shapes, "progress": progress_of(shapes)}


def newest_checklist(actor: Actor, deliverable: Deliverable) -> Shape:
    """Of the newest round that the actor sees; empty when there is none."""
    revision = newest_round(actor, deliverable)
    return checklist_of(actor, revision) if revision else {"items": [], "progress": progress_of([])}


def note_as_seen(actor: Actor, item: FeedbackItem) -> Shape:
    """One note in the newest round it stands in that the actor sees. Raises NotFound."""
    deliverable = item.deliverable
    rows = _rows(actor).filter(pk=item.pk).prefetch_related(_sightings(actor, deliverable))
    found, newest = rows.first(), newest_round(actor, deliverable)
    if found is None or newest is None:
        raise NotFound()
    last = _seen(found)[-1].revision if _seen(found) else newest
    return _shape(actor, found, last, newest == last or found.is_settled)


def progress_of(shapes: Iterable[Shape]) -> dict[str, int]:
    """Verified ones of all actions and questions but those that nobody waits for any more."""
    states = [one["state"] for one in shapes if one["kind"] in CARRIED]
    return {"verified": states.count(State.VERIFIED), "of": sum(state not in DROPPED for state in states)}


def _rows(actor: Actor) -> ItemQuerySet:
    related = ("comment__revision", "comment__author", "comment__file", "comment__parent", "superseded_by")
    return FeedbackItem.objects.visible_to(actor).filter(comment__removed_at=None).select_related(*related)


def _sightings(actor: Actor, deliverable: Deliverable) -> "Prefetch[str]":
    """In the rounds that the actor sees, oldest first."""
    rounds = Revision.objects.visible_to(actor).filter(deliverable=deliverable).values("pk")
    found = Sighting.objects.filter(revision__in=rounds).select_related("revision", "file")
    return Prefetch("sightings", found.order_by("revision__round"), to_attr="seen")


def _seen(item: FeedbackItem) -> list[Sighting]:
    seen: list[Sighting] = item.seen  # type: ignore[attr-defined]
    return seen


def _shape(actor: Actor, item: FeedbackItem, revision: Revision, is_newest: bool) -> Shape:
    comment = item.comment
    comment.item = item
    here = next((one for one in _seen(item) if one.revision_id == revision.pk), None)
    by = item.superseded_by if actor.role != CLIENT_VIEWER else None
    return {
        **note_of(actor, comment, here, is_newest),
        "comment": comment.pk,
        "text": comment.text_for(actor),
        "author": person_of(actor, comment),
        "audience": comment.audience,
        "at": comment.created_at.isoformat(),
        "place": place_in(comment, here),
        "superseded_by": by.pk if by else None,
        "rounds": [
            {
                "id": one.revision_id,
                "round": one.revision.round,
                "state": one.state,
                "is_approximate": _guessed(item, one),
            }
            for one in _seen(item)
        ],
    }


def _guessed(item: FeedbackItem, sighting: Sighting) -> bool:
    return is_approximate(item.comment, sighting)
